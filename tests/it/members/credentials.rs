//! What a credential says about its creation and its use.

use axum::{body::Body, http::Request};
use chrono::DateTime;
use entity::{Timestamp, role::BuiltIn};
use rstest::rstest;
use serde_json::{Value, json};
use verigraph::auth::Permissions;

use super::Person;
use crate::harness::{Db, TestApp};

/// Where the clock of a test starts: at noon.
const NOW: Timestamp = Timestamp(1_768_478_400_000);

/// The hour of the server's clock, as a credential has it.
fn hour(app: &TestApp) -> String {
    let now = app.clock.now().seconds();
    DateTime::from_timestamp(now - now.rem_euclid(3600), 0).unwrap().format("%FT%T.000Z").to_string()
}

/// What a credential says, once its use is recorded: apart from the request.
async fn read(app: &TestApp, label: &str, last_used_at: &Value) -> Value {
    let query = "{ credentials { edges { node { label lastUsedAt
        createdBy { __typename number label } } } } }";
    let mut read = Value::Null;
    for _ in 0..100 {
        // The tests move the clock further than a token is valid.
        let token = app.token_of(app.credential, Permissions::all(), 3600).await;
        let rows = app.query_as(&token, query, json!({})).await["credentials"]["edges"].take();
        let rows = rows.as_array().unwrap();
        read = rows.iter().find(|row| row["node"]["label"] == label).unwrap()["node"].clone();
        if read["lastUsedAt"] == *last_used_at {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    read
}

#[rstest]
#[tokio::test]
async fn a_credential_says_who_created_it_and_in_which_hour_it_was_last_used(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (_, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let number = browser.state(&app).await["memberships"][0]["number"].take();
    let token = browser.token(&app, app.project).await;
    let create = "mutation { createCredential(input: { label: \"CRM\", permissions: [\"USERS:VIEW\"] }) {
        ... on CreateCredentialSuccessPayload { clientId clientSecret apiKey } } }";
    let created = app.query_as(&token, create, json!({})).await["createCredential"].take();
    let text = |name: &str| created[name].as_str().unwrap().to_owned();
    let by_ada = json!({ "__typename": "Membership", "number": number, "label": "Ada Lovelace" });
    let row = |used: Value| json!({ "label": "CRM", "lastUsedAt": used, "createdBy": by_ada });
    assert_eq!(read(&app, "CRM", &Value::Null).await, row(Value::Null));
    // The command line created the credential of the test.
    assert_eq!(read(&app, "test", &Value::Null).await["createdBy"], Value::Null);
    let by_program = create.replace("CRM", "Other");
    app.query_as(&app.token, &by_program, json!({})).await;
    let other = read(&app, "Other", &Value::Null).await;
    assert_eq!(
        (&other["createdBy"]["__typename"], &other["createdBy"]["label"]),
        (&json!("Credential"), &json!("test"))
    );

    let form = format!(
        "grant_type=client_credentials&client_id={}&client_secret={}",
        text("clientId"),
        text("clientSecret")
    );
    let request = Request::post("/oauth2/token").header("content-type", "application/x-www-form-urlencoded");
    assert_eq!(app.send(request.body(Body::from(form)).unwrap()).await.status, 200);
    let used = json!(hour(&app));
    assert_eq!(read(&app, "CRM", &used).await, row(used));
}

/// Sends a request with an API key.
async fn by_key(app: &TestApp, key: &str) {
    let answer = app.get("/sessions/unknown", &[("x-api-key", key)]).await;
    assert_eq!(answer.status, 404, "{}", answer.text);
}

#[rstest]
#[tokio::test]
async fn the_use_of_an_api_key_is_recorded_to_the_hour(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let create = "mutation { createCredential(input: { label: \"CRM\", permissions: [\"SESSIONS:VIEW\"] }) {
        ... on CreateCredentialSuccessPayload { apiKey } } }";
    let key = app.query(create).await["createCredential"]["apiKey"].as_str().unwrap().to_owned();
    assert_eq!(read(&app, "CRM", &Value::Null).await["lastUsedAt"], Value::Null);
    for (seconds, expected) in [
        (90, "2026-01-15T12:00:00.000Z"),
        // In the same hour nothing is written.
        (59 * 60, "2026-01-15T12:00:00.000Z"),
        (60 * 60, "2026-01-15T13:00:00.000Z"),
        (150 * 60, "2026-01-15T14:00:00.000Z"),
    ] {
        app.clock.set(NOW.plus_seconds(seconds));
        app.take_statements();
        by_key(&app, &key).await;
        assert_eq!(read(&app, "CRM", &json!(expected)).await["lastUsedAt"], expected, "after {seconds} s");
        let writes = app.take_statements().iter().filter(|sql| sql.starts_with("UPDATE")).count();
        assert_eq!(writes, usize::from(seconds != 59 * 60), "after {seconds} s");
    }
    // A key that is not valid leaves no trace.
    app.clock.set(NOW.plus_seconds(200 * 60));
    assert_eq!(app.get("/sessions/unknown", &[("x-api-key", "unknown")]).await.status, 401);
    assert_eq!(
        read(&app, "CRM", &json!("2026-01-15T14:00:00.000Z")).await["lastUsedAt"],
        "2026-01-15T14:00:00.000Z"
    );
}
