//! Projects that members enter by passkey only.

use axum::http::Method;
use entity::role::BuiltIn;
use passkeys::authenticator::Authenticator;
use rstest::rstest;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Browser, Person,
    passkeys::{add, device},
};
use crate::harness::{Answer, Db, TestApp};

async fn set(app: &TestApp, token: &str, passkeys_only: bool) -> Value {
    let query = "mutation($only: Boolean!) { setProjectSettings(input: { passkeysOnly: $only }) { __typename
        ... on SetProjectSettingsSuccessPayload { settings { passkeysOnly } } ... on Rejection { message } } }";
    app.run_as(token, query, json!({ "only": passkeys_only })).await["data"]["setProjectSettings"].take()
}

/// Proves the identity anew, by a device.
async fn prove(app: &TestApp, browser: &mut Browser, device: &mut Authenticator) -> Value {
    let started = browser.post(app, "/auth/step-up/begin", json!({})).await.json();
    let response = device.get(&started["options"]).unwrap();
    let proof = json!({ "attempt": started["attempt"], "response": response });
    let proved = browser.post(app, "/auth/step-up/finish", proof).await;
    assert_eq!(proved.status, 200, "{proved:?}");
    proved.json()
}

/// A request for an access token: whether the session has access to the project.
async fn access(app: &TestApp, browser: &mut Browser, project: Uuid) -> Answer {
    app.app.callers.forget_sessions();
    browser.post(app, "/auth/explorer-token", json!({ "projectId": project, "readOnly": false })).await
}

async fn needs_passkey(app: &TestApp, browser: &mut Browser) -> Value {
    app.app.callers.forget_sessions();
    browser.state(app).await["memberships"][0]["needsPasskey"].take()
}

/// An owner that has proved its identity by passkey.
async fn owner(app: &TestApp) -> (Person, Browser, Authenticator) {
    let (ada, mut browser) = Person::invited(app, "ada@example.org", BuiltIn::Owner, None).await;
    let mut device = device();
    add(app, &mut browser, &mut device, "Laptop").await;
    prove(app, &mut browser, &mut device).await;
    (ada, browser, device)
}

#[rstest]
#[tokio::test]
async fn a_project_entered_by_passkey_only_admits_sessions_whose_last_proof_was_one(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (ada, mut owner, mut hers) = owner(&app).await;
    let (_, mut clerk) = Person::invited(&app, "otto@example.org", BuiltIn::Reviewer, None).await;
    let token = owner.token(&app, app.project).await;
    let by_clerk = clerk.token(&app, app.project).await;
    let done = set(&app, &token, true).await;
    assert_eq!(done["settings"], json!({ "passkeysOnly": true }), "{done}");

    // The clerk has signed in by password: its session lives, and has no access, also by an earlier token.
    let refused = access(&app, &mut clerk, app.project).await;
    let unknown = access(&app, &mut clerk, Uuid::nil()).await;
    assert_eq!((refused.status.as_u16(), refused.text), (403, unknown.text));
    assert_eq!(needs_passkey(&app, &mut clerk).await, true);
    assert_eq!(app.post(&by_clerk, &json!({ "query": "{ viewer { permissions } }" })).await.status, 401);
    assert_eq!(needs_passkey(&app, &mut owner).await, false);
    assert_eq!(access(&app, &mut owner, app.project).await.status, 200);

    // It adds a passkey and proves its identity with it: without another sign-in.
    let mut his = device();
    add(&app, &mut clerk, &mut his, "Telephone").await;
    assert_eq!(needs_passkey(&app, &mut clerk).await, true, "a passkey that was not used yet");
    prove(&app, &mut clerk, &mut his).await;
    assert_eq!(needs_passkey(&app, &mut clerk).await, false);
    assert_eq!(access(&app, &mut clerk, app.project).await.status, 200);

    // A fresh sign-in by password would end the access, so it is not offered; a new session by password has none.
    let methods = owner.post(&app, "/auth/step-up/begin", json!({})).await.json()["methods"].take();
    assert_eq!(methods, json!(["PASSKEY"]));
    app.clock.set(app.clock.now().plus_seconds(60));
    let mut by_password = Browser::default();
    assert_eq!(by_password.sign_in(&app, &ada).await.status, 200);
    assert_eq!(access(&app, &mut by_password, app.project).await.status, 403);
    // Other projects are not concerned.
    prove(&app, &mut owner, &mut hers).await;
    let done = set(&app, &token, false).await;
    assert_eq!(done["settings"], json!({ "passkeysOnly": false }), "{done}");
    assert_eq!(access(&app, &mut by_password, app.project).await.status, 200);
    let audited = "{ auditEvents(filters: { actions: [\"ProjectSettings.Set\"] }) { totalCount } }";
    assert_eq!(app.query(audited).await["auditEvents"]["totalCount"], 2);
}

#[rstest]
#[tokio::test]
async fn nobody_locks_itself_out_of_a_project_entered_by_passkey_only(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (_, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let token = browser.token(&app, app.project).await;
    let refused = set(&app, &token, true).await;
    assert_eq!(
        refused,
        json!({
            "__typename": "PasskeyNeededRejection",
            "message": "prove your identity by passkey first: the change would end your own access",
        })
    );
    let mut device = device();
    let id = add(&app, &mut browser, &mut device, "Laptop").await;
    prove(&app, &mut browser, &mut device).await;
    assert_eq!(set(&app, &token, true).await["settings"], json!({ "passkeysOnly": true }));

    let path = format!("/auth/passkeys/{id}");
    let refused = browser.send(&app, Method::DELETE, &path, &Value::Null).await;
    assert_eq!((refused.status.as_u16(), refused.json()["code"].take()), (409, json!("LAST_METHOD")));
    add(&app, &mut browser, &mut super::passkeys::device(), "Telephone").await;
    assert_eq!(browser.send(&app, Method::DELETE, &path, &Value::Null).await.status, 200);
}
