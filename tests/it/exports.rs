//! `POST /export/…`: whole lists as files.

mod limits;

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Request, header},
};
use entity::role::BuiltIn;
use rstest::rstest;
use serde_json::{Value, json};
use verigraph::auth::{Permission, Permissions};

use crate::{
    harness::{Answer, Db, NewGrant, NewIdentification, NewUser, TestApp},
    members::Person,
    names::many,
};

pub async fn export(app: &TestApp, token: &str, list: &str, body: &Value) -> Answer {
    let request = Request::post(format!("/export/{list}"))
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "application/json");
    app.send(request.body(Body::from(body.to_string())).unwrap()).await
}

fn lines(answer: &Answer) -> Vec<Value> {
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

async fn exported(app: &TestApp) -> Value {
    let query = "{ auditEvents(filters: { actions: [\"Project.Exported\"] }) { totalCount } }";
    app.query(query).await["auditEvents"]["totalCount"].take()
}

#[rstest]
#[tokio::test]
async fn a_file_has_the_rows_of_the_list_in_its_order(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let names: Vec<_> = (0..250).map(|index| ("Ada".to_owned(), format!("Muster{index}"))).collect();
    many(&app, &names).await;
    let user =
        app.user(NewUser { ref_id: Some("last"), tags: &["vip", "retail"], ..NewUser::default() }).await;
    let order = json!({ "field": "number", "direction": "Asc" });
    let file = export(&app, &app.token, "users", &json!({ "orderBy": order })).await;
    assert_eq!(file.header("content-type"), "application/x-ndjson");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"users.ndjson\"");
    assert_eq!(file.header("cache-control"), "no-store");
    let rows = lines(&file);
    let numbers: Vec<i64> = rows.iter().map(|row| row["number"].as_i64().unwrap()).collect();
    assert_eq!(numbers, (1..=251).collect::<Vec<_>>());
    assert_eq!(rows[250]["id"], json!(user));
    assert_eq!((&rows[250]["tags"], &rows[250]["lastName"]), (&json!(["retail", "vip"]), &json!("Muster")));
    // Its filters are those of the list.
    let filters = json!({ "tags": ["vip"] });
    let filtered = export(&app, &app.token, "users", &json!({ "filters": filters, "format": "csv" })).await;
    assert_eq!(filtered.header("content-type"), "text/csv; charset=utf-8");
    let table: Vec<&str> = filtered.text.lines().collect();
    let columns = "id,number,refId,status,tags,firstName,allFirstNames,lastName,birthLastName,preferredLastName,\
                   birthDate,birthCity,birthCountry,nationalityCCA3,mobilePhoneNumber,verifiedEmails,levels.expert,\
                   levels.QES,levels.PVID,verificationLevel,createdAt,updatedAt,joinedAt";
    let row = format!(
        "{user},251,last,Active,\"retail; vip\",Ada,Ada Augusta,Muster,Birth,Preferred,1990-05-17,Zürich,CHE,CHE,\
         +41791234567,ada@example.com,false,false,false,,"
    );
    assert_eq!((table.len(), table[0]), (2, columns));
    assert!(table[1].starts_with(&row), "{}", table[1]);
    assert_eq!(exported(&app).await, 2);
}

#[rstest]
#[tokio::test]
async fn every_list_can_be_exported_in_both_forms(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    app.identification(user, NewIdentification::default()).await;
    let level = app.level(None, "Level 0", 0).await;
    app.granted(user, level, NewGrant { reason: "=a formula", ..NewGrant::default() }).await;
    for (list, rows) in [
        ("users", 1),
        ("identifications", 1),
        ("proofingRequests", 0),
        ("verifications", 1),
        ("verificationSessions", 0),
        ("verificationResults", 0),
        // Each export before.
        ("auditEvents", 12),
        ("webhookEventLogs", 0),
    ] {
        let filters = match list {
            "auditEvents" => json!({ "actions": ["Project.Exported"] }),
            _ => json!({}),
        };
        let body = |format: &str| json!({ "format": format, "filters": filters });
        let file = export(&app, &app.token, list, &body("csv")).await;
        assert_eq!(file.status, 200, "{list}: {}", file.text);
        assert_eq!(file.text.lines().count(), rows + 1, "{list}: {}", file.text);
        let also = usize::from(list == "auditEvents");
        assert_eq!(
            lines(&export(&app, &app.token, list, &body("ndjson")).await).len(),
            rows + also,
            "{list}"
        );
    }
    let file = export(&app, &app.token, "verifications", &json!({ "format": "csv" })).await;
    assert!(file.text.contains(",'=a formula,"), "{}", file.text);
}

#[rstest]
#[tokio::test]
async fn a_file_has_only_what_the_caller_may_see_and_read(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    app.user(NewUser::default()).await;
    let other = app.new_project().await;
    app.user(NewUser { project: Some(other), ..NewUser::default() }).await;
    let plain = app.token_with(&[Permission::DataExport, Permission::UsersView]).await;
    let rows = lines(&export(&app, &plain, "users", &json!({})).await);
    assert_eq!(rows.len(), 1);
    let fields: BTreeSet<&str> = rows[0].as_object().unwrap().keys().map(String::as_str).collect();
    let plain = ["id", "number", "refId", "status", "tags", "createdAt", "updatedAt", "joinedAt"];
    assert_eq!(fields, BTreeSet::from(plain));
    for (permissions, missing) in
        [(vec![Permission::UsersView], "DATA:EXPORT"), (vec![Permission::DataExport], "USERS:VIEW")]
    {
        let refused = export(&app, &app.token_with(&permissions).await, "users", &json!({})).await;
        assert_eq!(refused.status, 403);
        let message = &refused.json()["errors"][0]["message"];
        assert_eq!(*message, format!("this requires the permission {missing}"));
    }
    // The permission does not go with tag limits.
    let limited = app.token_for(app.project, Permissions::all(), Some(&["vip"])).await;
    assert_eq!(export(&app, &limited, "users", &json!({})).await.status, 403);
    assert_eq!(exported(&app).await, 1);
}

#[rstest]
#[tokio::test]
async fn an_export_asks_a_member_to_sign_in_anew(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    app.user(NewUser::default()).await;
    let (_, mut owner) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let token = owner.token(&app, app.project).await;
    assert_eq!(lines(&export(&app, &token, "users", &json!({})).await).len(), 1);
    app.clock.set(app.clock.now().plus_seconds(6 * 60));
    let refused = export(&app, &token, "users", &json!({})).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (403, "FRESH_SIGN_IN_NEEDED".to_owned()));
    assert_eq!(exported(&app).await, 1);
    let (_, mut admin) = Person::invited(&app, "adam@example.org", BuiltIn::Admin, None).await;
    let refused = export(&app, &admin.token(&app, app.project).await, "users", &json!({})).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (403, "FORBIDDEN".to_owned()));
}

#[rstest]
#[tokio::test]
async fn what_is_wrong_with_a_request_is_said_before_anything_is_exported(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    for (list, body) in [
        ("users", json!({ "format": "xml" })),
        ("users", json!({ "filter": {} })),
        ("users", json!({ "filters": { "nonsense": 1 } })),
        ("users", json!({ "filters": { "statuses": ["Dead"] } })),
        ("users", json!({ "orderBy": { "field": "lastName" } })),
        ("auditEvents", json!({ "orderBy": { "field": "createdAt" } })),
        ("users", json!([])),
    ] {
        let refused = export(&app, &app.token, list, &body).await;
        assert_eq!(refused.status, 400, "{body}: {}", refused.text);
        assert!(refused.json()["errors"][0]["message"].is_string(), "{body}");
    }
    assert_eq!(exported(&app).await, 0);
}
