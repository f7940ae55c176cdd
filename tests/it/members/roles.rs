use entity::{credential, role::BuiltIn};
use rstest::rstest;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use super::Person;
use crate::harness::{Db, TestApp};

/// Creates a user and returns its id.
async fn user(app: &TestApp, tags: &[&str]) -> Value {
    let input = json!({
        "firstName": "John", "lastName": "Doe", "birthDate": "1990-05-17", "nationalityCCA3": "FRA",
        "mobilePhoneNumber": "+33612345678", "verifiedEmails": ["john.doe@example.org"], "tags": tags,
    });
    let mutation = "mutation($input: CreateUserInput!) { createUser(input: $input) { \
                    ... on CreateUserSuccessPayload { user { id } } } }";
    let mut data = app.query_as(&app.token, mutation, json!({ "input": input })).await;
    data["createUser"]["user"]["id"].take()
}

#[rstest]
#[tokio::test]
async fn support_reads_persons_masked_and_never_plain(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let id = user(&app, &[]).await;
    let (_, mut browser) = Person::invited(&app, "sam@example.org", BuiltIn::Support, None).await;
    let token = browser.token(&app, app.project).await;
    let masked = "query($id: String!) { user(id: $id) { masked { fullName birthYear nationalityCCA3 \
                  mobilePhoneNumber verifiedEmails } } }";
    let data = app.query_as(&token, masked, json!({ "id": id })).await;
    let expected = json!({
        "fullName": "J••• D•••", "birthYear": 1990, "nationalityCCA3": "FRA",
        "mobilePhoneNumber": "•••• 5678", "verifiedEmails": ["j•••@e•••.org"],
    });
    assert_eq!(data["user"]["masked"], expected);
    for field in ["firstName", "lastName", "fullName", "birthDate", "mobilePhoneNumber", "verifiedEmails"] {
        let query = format!("query($id: String!) {{ user(id: $id) {{ {field} }} }}");
        let body = app.run_as(&token, &query, json!({ "id": id })).await;
        assert_eq!(body["errors"][0]["extensions"]["code"], "FORBIDDEN", "{field}: {body}");
        assert!(!body.to_string().contains("John"), "{body}");
    }
}

#[rstest]
#[tokio::test]
async fn a_member_limited_to_a_tag_sees_its_users_only(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (vip, other) = (user(&app, &["vip"]).await, user(&app, &["retail"]).await);
    let (_, mut browser) = Person::invited(&app, "vito@example.org", BuiltIn::Owner, Some(&["vip"])).await;
    let token = browser.token(&app, app.project).await;
    let query = "query($vip: String!, $other: String!) { users { totalCount edges { node { id } } } \
                 vip: user(id: $vip) { id } other: user(id: $other) { id } \
                 viewer { tagLimits permissions } }";
    let data = app.query_as(&token, query, json!({ "vip": vip, "other": other })).await;
    assert_eq!(data["users"], json!({ "totalCount": 1, "edges": [{ "node": { "id": vip } }] }));
    assert_eq!((&data["vip"]["id"], &data["other"]), (&vip, &Value::Null));
    assert_eq!(data["viewer"]["tagLimits"], json!(["vip"]));
    // What concerns all users does not go with a limit.
    let held = data["viewer"]["permissions"].as_array().unwrap();
    for gone in ["AUDIT:VIEW", "MEMBERS:MANAGE", "DATA:EXPORT", "CREDENTIALS:MANAGE", "PROJECT:MANAGE"] {
        assert!(!held.contains(&json!(gone)), "{gone}");
    }
}

#[rstest]
#[tokio::test]
async fn a_grant_of_a_member_has_its_number_and_its_name(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let id = user(&app, &[]).await;
    let level = "mutation { createVerificationLevel(input: {name: \"Level 0\"}) { \
                 ... on CreateVerificationLevelSuccessPayload { verificationLevel { id } } } }";
    let level = app.query(level).await["createVerificationLevel"]["verificationLevel"]["id"].take();
    let (_, mut browser) = Person::invited(&app, "rosa@example.org", BuiltIn::Reviewer, None).await;
    let number = browser.state(&app).await["memberships"][0]["number"].as_i64().unwrap();
    let token = browser.token(&app, app.project).await;
    let grant = "mutation($input: GrantVerificationLevelInput!) { grantVerificationLevel(input: $input) { \
                 ... on GrantVerificationLevelSuccessPayload { verification { grantedBy { id } \
                 actor { __typename number label } } } } }";
    let input = json!({ "userId": id, "levelId": level, "reason": "seen in person" });
    let data = app.query_as(&token, grant, json!({ "input": input })).await;
    let expected = json!({
        "grantedBy": null,
        "actor": { "__typename": "Membership", "number": number, "label": "Ada Lovelace" },
    });
    assert_eq!(data["grantVerificationLevel"]["verification"], expected);

    let bearer = format!("Bearer {}", app.token);
    let history = app.get("/api/v2/verifications", &[("authorization", &bearer)]).await.json();
    assert_eq!(history["data"][0]["userId"], number, "{history}");
    let same = credential::Entity::find()
        .filter(credential::Column::ProjectId.eq(app.project))
        .filter(credential::Column::Number.eq(number))
        .one(app.store.write())
        .await
        .unwrap();
    assert_eq!(same, None);
    let audited = app
        .query("{ auditEvents(filters: {actions: [\"Verification.Granted\"]}) { edges { node { credentialId actor { label } } } } }")
        .await;
    let expected = json!({ "credentialId": null, "actor": { "label": "Ada Lovelace" } });
    assert_eq!(audited["auditEvents"]["edges"][0]["node"], expected);
}
