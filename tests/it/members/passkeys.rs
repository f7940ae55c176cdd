use axum::http::Method;
use entity::{audit_event, member::Status, role::BuiltIn};
use passkeys::authenticator::Authenticator;
use rstest::rstest;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use verigraph::member::store;

use super::{Browser, Person};
use crate::harness::{Answer, Db, TestApp};

/// A browser's device without passkeys.
pub fn device() -> Authenticator {
    Authenticator::new("http://localhost:8080")
}

/// Adds a passkey to the account that is signed in. Returns its id.
pub async fn add(app: &TestApp, browser: &mut Browser, device: &mut Authenticator, label: &str) -> String {
    let started = browser.post(app, "/auth/passkeys/begin", json!({})).await;
    assert_eq!(started.status, 200, "{started:?}");
    let started = started.json();
    let response = device.create(&started["options"]).unwrap();
    let wanted = json!({ "attempt": started["attempt"], "response": response, "label": label });
    let added = browser.post(app, "/auth/passkeys", wanted).await;
    assert_eq!(added.status, 200, "{added:?}");
    let added = added.json();
    let own = added["ownMethods"]["passkeys"].as_array().unwrap();
    let added = own.iter().find(|passkey| passkey["label"] == label.trim()).unwrap();
    added["id"].as_str().unwrap().to_owned()
}

/// What a device answers to a new attempt to sign in.
async fn assertion(app: &TestApp, browser: &mut Browser, device: &mut Authenticator) -> Value {
    let started = browser.post(app, "/auth/passkey/begin", json!({})).await.json();
    json!({ "attempt": started["attempt"], "response": device.get(&started["options"]).unwrap() })
}

async fn sign_in(app: &TestApp, browser: &mut Browser, device: &mut Authenticator) -> Answer {
    let body = assertion(app, browser, device).await;
    browser.post(app, "/auth/passkey/finish", body).await
}

async fn delete(app: &TestApp, browser: &mut Browser, path: &str) -> (u16, Value) {
    let answer = browser.send(app, Method::DELETE, path, &Value::Null).await;
    (answer.status.as_u16(), answer.json()["code"].take())
}

#[rstest]
#[tokio::test]
async fn a_passkey_signs_in_and_what_a_device_answers_is_accepted_once(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (_, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let mut device = device();
    add(&app, &mut browser, &mut device, "Laptop").await;
    let mut browser = Browser::default();
    let body = assertion(&app, &mut browser, &mut device).await;
    let signed_in = browser.post(&app, "/auth/passkey/finish", body.clone()).await;
    assert_eq!(signed_in.status, 200, "{signed_in:?}");
    let state = browser.state(&app).await;
    assert_eq!(
        (&state["member"]["email"], &state["session"]["method"]),
        (&json!("ada@example.org"), &json!("PASSKEY"))
    );
    assert!(state["ownMethods"]["passkeys"][0]["lastUsedAt"].is_string(), "{state}");
    let added = app
        .query("{ auditEvents(filters: {actions: [\"Member.PasskeyAdded\"]}) { edges { node { actor { label } } } } }")
        .await;
    assert_eq!(added["auditEvents"]["edges"], json!([{ "node": { "actor": { "label": "Ada Lovelace" } } }]));

    // Again, as it is; and in a new attempt.
    let mut other = Browser::default();
    let again = other.post(&app, "/auth/passkey/finish", body.clone()).await;
    assert_eq!((again.status.as_u16(), again.json()["code"].take()), (410, json!("LINK_SPENT")));
    let started = other.post(&app, "/auth/passkey/begin", json!({})).await.json();
    let replayed = json!({ "attempt": started["attempt"], "response": body["response"] });
    let again = other.post(&app, "/auth/passkey/finish", replayed).await;
    assert_eq!((again.status.as_u16(), again.json()["code"].take()), (401, json!("BAD_SIGN_IN")));
    assert!(!other.is_signed_in(&app).await);
}

#[rstest]
#[tokio::test]
async fn of_two_requests_with_one_answer_of_a_device_one_signs_in(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (_, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let mut device = device();
    add(&app, &mut browser, &mut device, "Laptop").await;
    let (mut one, mut other) = (Browser::default(), Browser::default());
    let body = assertion(&app, &mut one, &mut device).await;
    let (first, second) = tokio::join!(
        one.post(&app, "/auth/passkey/finish", body.clone()),
        other.post(&app, "/auth/passkey/finish", body.clone())
    );
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 410], "{first:?} {second:?}");
}

#[rstest]
#[tokio::test]
async fn a_passkey_proves_the_identity_of_its_own_account_only(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (_, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let (_, mut other) = Person::invited(&app, "bob@example.org", BuiltIn::Owner, None).await;
    let (mut hers, mut his) = (device(), device());
    add(&app, &mut browser, &mut hers, "Laptop").await;
    add(&app, &mut other, &mut his, "Laptop").await;
    app.clock.set(app.clock.now().plus_seconds(5 * 60));
    app.app.callers.forget_sessions();
    let needed = browser.post(&app, "/auth/passkeys/begin", json!({})).await;
    assert_eq!((needed.status.as_u16(), needed.json()["code"].take()), (403, json!("FRESH_SIGN_IN_NEEDED")));
    for (device, expected) in [(&mut his, 401), (&mut hers, 200)] {
        let started = browser.post(&app, "/auth/step-up/begin", json!({})).await.json();
        assert_eq!(started["methods"], json!(["PASSKEY", "PASSWORD"]));
        let response = device.get(&started["options"]).unwrap();
        let proof = json!({ "attempt": started["attempt"], "response": response });
        let proved = browser.post(&app, "/auth/step-up/finish", proof.clone()).await;
        assert_eq!(proved.status, expected, "{proved:?}");
        assert_eq!(browser.post(&app, "/auth/step-up/finish", proof).await.status, 410);
    }
    assert_eq!(browser.post(&app, "/auth/passkeys/begin", json!({})).await.status, 200);
}

#[rstest]
#[tokio::test]
async fn the_last_way_to_sign_in_cannot_be_removed(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (_, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    assert_eq!(delete(&app, &mut browser, "/auth/password").await, (409, json!("LAST_METHOD")));
    let id = add(&app, &mut browser, &mut device(), "Laptop").await;
    let path = format!("/auth/passkeys/{id}");
    // Both at once: one of them is left.
    let mut other = browser.clone();
    let (one, two) =
        tokio::join!(delete(&app, &mut browser, &path), delete(&app, &mut other, "/auth/password"));
    let mut statuses = [one.0, two.0];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{one:?} {two:?}");
    if one.0 == 200 {
        add(&app, &mut browser, &mut device(), "Telephone").await;
        assert_eq!(delete(&app, &mut browser, "/auth/password").await, (200, Value::Null));
    }
    let own = browser.state(&app).await["ownMethods"].take();
    assert_eq!((&own["hasPassword"], &own["recoveryCodes"]), (&json!(false), &json!(0)), "{own}");
    let id = own["passkeys"][0]["id"].as_str().unwrap().to_owned();
    let last = delete(&app, &mut browser, &format!("/auth/passkeys/{id}")).await;
    assert_eq!(last, (409, json!("LAST_METHOD")));
    assert_eq!(browser.state(&app).await["ownMethods"], own);
}

#[rstest]
#[tokio::test]
async fn passkeys_are_renamed_and_removed_by_their_member_only(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (_, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let (_, mut other) = Person::invited(&app, "bob@example.org", BuiltIn::Owner, None).await;
    let mut device = device();
    let id = add(&app, &mut browser, &mut device, "  Laptop ").await;
    let path = format!("/auth/passkeys/{id}");
    let name = |label: &str| json!({ "label": label });
    assert_eq!(other.send(&app, Method::PUT, &path, &name("mine")).await.status, 404);
    assert_eq!(delete(&app, &mut other, &path).await.0, 404);
    assert_eq!(browser.send(&app, Method::PUT, &path, &name(" ")).await.status, 400);
    let renamed = browser.send(&app, Method::PUT, &path, &name("Telephone")).await;
    assert_eq!(renamed.json()["ownMethods"]["passkeys"][0]["label"], "Telephone");
    let own = browser.state(&app).await["memberships"][0]["id"].take();
    let changed = audit_event::Entity::find().filter(audit_event::Column::Action.eq("Member.MethodsChanged"));
    let [entry] = &changed.all(app.store.write()).await.unwrap()[..] else { panic!("one entry") };
    assert_eq!(json!(entry.membership_id), own);
    assert_eq!(entry.request_id.as_deref(), renamed.headers["x-request-id"].to_str().ok());
    // The device has a passkey of the account: it makes no second one.
    let started = browser.post(&app, "/auth/passkeys/begin", json!({})).await.json();
    assert_eq!(device.create(&started["options"]), None);
    assert_eq!(delete(&app, &mut browser, &path).await.0, 200);
    assert_eq!(sign_in(&app, &mut Browser::default(), &mut device).await.status, 401);
}

#[rstest]
#[tokio::test]
async fn wrong_passwords_keep_nobody_from_signing_in_by_passkey_or_on_a_known_device(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (ada, mut known) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let mut device = device();
    add(&app, &mut known, &mut device, "Laptop").await;
    for _ in 0..100 {
        let answer = Browser::default().password(&app, &ada.email, "not the password at all").await;
        assert!(matches!(answer.status.as_u16(), 401 | 429), "{answer:?}");
        app.clock.set(app.clock.now().plus_seconds(3));
    }
    assert_eq!(Browser::default().password(&app, &ada.email, &ada.password).await.status, 429);
    assert_eq!(sign_in(&app, &mut Browser::default(), &mut device).await.status, 200);
    assert_eq!(known.sign_in(&app, &ada).await.status, 200);
}

#[rstest]
#[tokio::test]
async fn a_suspended_members_passkey_signs_nobody_in(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (ada, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let mut device = device();
    add(&app, &mut browser, &mut device, "Laptop").await;
    let member = store::find_by_email(app.store.write(), &app.root, &ada.email).await.unwrap().unwrap();
    store::set_status(&app.store, &app.clock, member.id, Status::Suspended).await.unwrap();
    assert_eq!(sign_in(&app, &mut Browser::default(), &mut device).await.status, 401);
}

#[rstest]
#[tokio::test]
async fn an_ip_address_has_no_passkeys_and_the_state_says_so(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let methods = Browser::default().state(&app).await["methods"].take();
    assert_eq!((&methods["passkey"], &methods["passkeyObstacle"]), (&json!(true), &Value::Null));
    let mut browser =
        Browser::default().with("host", Some("127.0.0.1:8080")).with("origin", Some("http://127.0.0.1:8080"));
    let methods = browser.state(&app).await["methods"].take();
    assert_eq!((&methods["passkey"], &methods["passkeyObstacle"]), (&json!(false), &json!("IP_ADDRESS")));
    let answer = browser.post(&app, "/auth/passkey/begin", json!({})).await;
    assert_eq!((answer.status.as_u16(), answer.json()["code"].take()), (409, json!("METHOD_OFF")));
}
