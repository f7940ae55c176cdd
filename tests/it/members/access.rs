use entity::role::BuiltIn;
use rstest::rstest;
use serde_json::{Value, json};

use super::Person;
use crate::harness::{Db, TestApp};

const OUTCOME: &str =
    "{ __typename ... on MembershipSuccessPayload { membership { status role { name } tagLimits } } }";

async fn run(app: &TestApp, token: &str, name: &str, input_type: &str, input: Value) -> Value {
    let query = format!("mutation($input: {input_type}!) {{ {name}(input: $input) {OUTCOME} }}");
    app.query_as(token, &query, json!({ "input": input })).await[name].take()
}

/// The id of the membership of the only project of a browser.
async fn membership(app: &TestApp, browser: &mut super::Browser) -> Value {
    browser.state(app).await["memberships"][0]["id"].take()
}

#[rstest]
#[tokio::test]
async fn the_last_owner_stays_whoever_changes_it(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (_, mut owner) = Person::invited(&app, "owner@example.org", BuiltIn::Owner, None).await;
    let (_, mut second) = Person::invited(&app, "second@example.org", BuiltIn::Owner, None).await;
    let (first_id, second_id) = (membership(&app, &mut owner).await, membership(&app, &mut second).await);
    let token = owner.token(&app, app.project).await;
    let roles = app.query("{ roles { id name } }").await;
    let auditor = roles["roles"].as_array().unwrap().iter().find(|role| role["name"] == "Auditor").unwrap();

    let input = json!({ "membershipId": second_id, "roleId": auditor["id"] });
    let done = run(&app, &token, "changeMembership", "ChangeMembershipInput", input).await;
    assert_eq!(done["membership"]["role"]["name"], "Auditor", "{done}");
    for (name, input_type, input) in [
        ("endMembership", "EndMembershipInput", json!({ "membershipId": first_id })),
        (
            "changeMembership",
            "ChangeMembershipInput",
            json!({ "membershipId": first_id, "roleId": auditor["id"] }),
        ),
        (
            "changeMembership",
            "ChangeMembershipInput",
            json!({ "membershipId": first_id, "tagLimits": ["vip"] }),
        ),
    ] {
        for caller in [&token, &app.token] {
            let refused = run(&app, caller, name, input_type, input.clone()).await;
            assert_eq!(refused["__typename"], "LastOwnerRejection", "{name} {input}");
        }
    }
    let state = owner.state(&app).await;
    assert_eq!(state["memberships"][0]["role"]["builtIn"], "OWNER");
}

#[rstest]
#[tokio::test]
async fn a_membership_that_ends_gives_no_access_and_keeps_its_number(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (_, mut owner) = Person::invited(&app, "owner@example.org", BuiltIn::Owner, None).await;
    let (_, mut browser) = Person::invited(&app, "rosa@example.org", BuiltIn::Reviewer, None).await;
    let before = browser.state(&app).await["memberships"][0].take();
    let token = browser.token(&app, app.project).await;
    let input = json!({ "membershipId": before["id"] });
    let done =
        run(&app, &owner.token(&app, app.project).await, "endMembership", "EndMembershipInput", input).await;
    assert_eq!(done["membership"]["status"], "ENDED", "{done}");
    assert_eq!(browser.state(&app).await["memberships"], json!([]));
    // Servers remember a caller for two seconds.
    app.app.callers.forget_sessions();
    assert_eq!(app.post(&token, &json!({ "query": "{ viewer { permissions } }" })).await.status, 401);

    let invited = super::browser::invitation(&app, "rosa@example.org", BuiltIn::Support, None).await;
    let answer = browser.post(&app, "/auth/link/join", json!({ "token": invited })).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let after = browser.state(&app).await["memberships"][0].take();
    assert_eq!((&after["number"], &after["role"]["name"]), (&before["number"], &json!("Support")));
}

#[rstest]
#[tokio::test]
async fn nobody_gives_a_role_with_more_than_it_holds(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (_, mut owner) = Person::invited(&app, "owner@example.org", BuiltIn::Owner, None).await;
    let (_, mut admin) = Person::invited(&app, "admin@example.org", BuiltIn::Admin, None).await;
    let owner_id = membership(&app, &mut owner).await;
    let token = admin.token(&app, app.project).await;
    let roles = app.query_as(&token, "{ roles { id name memberCount permissions } }", json!({})).await;
    let roles = roles["roles"].as_array().unwrap().clone();
    let role = |name: &str| roles.iter().find(|role| role["name"] == name).unwrap()["id"].clone();
    assert_eq!(roles.len(), 6, "{roles:?}");

    let invite = async |name: &str| {
        let query = "mutation($input: InviteMemberInput!) { inviteMember(input: $input) { __typename \
                     ... on InviteMemberSuccessPayload { link } } }";
        let input = json!({ "email": format!("{name}@example.net"), "roleId": role(name) });
        app.query_as(&token, query, json!({ "input": input })).await["inviteMember"].take()
    };
    assert_eq!(invite("Owner").await["__typename"], "RoleExceedsRejection");
    let invited = invite("Support").await;
    let link = invited["link"].as_str().unwrap();
    let token_of_link = link.split_once("/dashboard/link#").unwrap().1;
    let mut browser = super::Browser::default();
    let opened = browser.post(&app, "/auth/link/open", json!({ "token": token_of_link })).await.json();
    assert_eq!((&opened["email"], &opened["role"]), (&json!("Support@example.net"), &json!("Support")));

    // An admin cannot demote an owner.
    let input = json!({ "membershipId": owner_id, "roleId": role("Auditor") });
    let refused = run(&app, &token, "changeMembership", "ChangeMembershipInput", input).await;
    assert_eq!(refused["__typename"], "RoleExceedsRejection");
    let create =
        "mutation { createRole(input: {name: \"Exporter\", permissions: [\"DATA:EXPORT\"]}) { __typename } }";
    let refused = app.query_as(&token, create, json!({})).await;
    assert_eq!(refused["createRole"]["__typename"], "RoleExceedsRejection");
}

#[rstest]
#[tokio::test]
async fn what_matters_most_asks_for_a_new_sign_in_and_then_runs_once(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (ada, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let token = browser.token(&app, app.project).await;
    app.clock.set(app.clock.now().plus_seconds(6 * 60));
    let query = "mutation { createCredential(input: {label: \"x\", permissions: [], idempotencyKey: \"one\"}) { \
                 __typename ... on CreateCredentialSuccessPayload { clientId } } }";
    let refused = app.query_as(&token, query, json!({})).await;
    assert_eq!(refused["createCredential"]["__typename"], "FreshSignInNeededRejection");
    let begun = browser.post(&app, "/auth/step-up/begin", json!({})).await.json();
    let proof = json!({ "attempt": begun["attempt"], "password": ada.password, "code": ada.code(&app) });
    assert_eq!(browser.post(&app, "/auth/step-up/finish", proof).await.status, 200);
    let first = app.query_as(&token, query, json!({})).await;
    assert!(first["createCredential"]["clientId"].is_string(), "{first}");
    assert_eq!(app.query_as(&token, query, json!({})).await, first);
    // A credential has no sign-in.
    let by_credential = app.query(&query.replace("one", "two")).await;
    assert!(by_credential["createCredential"]["clientId"].is_string(), "{by_credential}");
}
