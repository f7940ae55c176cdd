use axum::http::Method;
use entity::role::BuiltIn;
use passwords::TotpSecret;
use rstest::rstest;
use serde_json::{Value, json};

use super::{
    Browser, PASSWORD, Person,
    browser::{base32, code_of},
    passkeys,
};
use crate::harness::{Answer, Db, TestApp};

/// Sets an authenticator app. Returns its secret and the answer.
async fn set(app: &TestApp, browser: &mut Browser) -> (TotpSecret, Answer) {
    let started = browser.post(app, "/auth/totp/begin", json!({})).await;
    assert_eq!(started.status, 200, "{started:?}");
    let started = started.json();
    let secret = TotpSecret::from_bytes(&base32(started["totp"]["secret"].as_str().unwrap())).unwrap();
    let wanted = json!({ "attempt": started["attempt"], "code": code_of(app, &started) });
    let answer = browser.send(app, Method::PUT, "/auth/totp", &wanted).await;
    app.clock.set(app.clock.now().plus_seconds(60));
    (secret, answer)
}

#[rstest]
#[tokio::test]
async fn a_new_authenticator_app_replaces_the_old_one_and_keeps_the_recovery_codes(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (ada, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let started = browser.post(&app, "/auth/totp/begin", json!({})).await.json();
    let wrong = json!({ "attempt": started["attempt"], "code": "12" });
    assert_eq!(browser.send(&app, Method::PUT, "/auth/totp", &wrong).await.status, 401);
    let (secret, answer) = set(&app, &mut browser).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.json()["recoveryCodes"], Value::Null);
    assert_eq!(Browser::default().sign_in(&app, &ada).await.status, 401);
    let ada = Person { secret, ..ada };
    assert_eq!(Browser::default().sign_in(&app, &ada).await.status, 200);
    let first = Browser::default().password(&app, &ada.email, PASSWORD).await.json();
    let code = json!({ "attempt": first["attempt"], "code": ada.recovery_codes[0] });
    assert_eq!(Browser::default().post(&app, "/auth/recovery-code", code).await.status, 200);
}

#[rstest]
#[tokio::test]
async fn a_member_without_a_password_adds_one_with_an_authenticator_app(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (ada, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    passkeys::add(&app, &mut browser, &mut passkeys::device(), "Laptop").await;
    let removed = browser.send(&app, Method::DELETE, "/auth/password", &Value::Null).await;
    assert_eq!(removed.status, 200, "{removed:?}");
    assert_eq!(Browser::default().password(&app, &ada.email, PASSWORD).await.status, 401);

    let wanted = json!({ "password": PASSWORD });
    assert_eq!(browser.send(&app, Method::PUT, "/auth/password", &wanted).await.status, 200);
    let (secret, answer) = set(&app, &mut browser).await;
    let codes: Vec<String> = serde_json::from_value(answer.json()["recoveryCodes"].take()).unwrap();
    assert_eq!(codes.len(), 10);
    let ada = Person { secret, ..ada };
    assert_eq!(Browser::default().sign_in(&app, &ada).await.status, 200);
}

#[rstest]
#[tokio::test]
async fn a_new_authenticator_app_needs_a_recent_sign_in_and_its_own_attempt(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (_, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let (_, mut other) = Person::invited(&app, "bob@example.org", BuiltIn::Owner, None).await;
    let started = browser.post(&app, "/auth/totp/begin", json!({})).await.json();
    let wanted = json!({ "attempt": started["attempt"], "code": code_of(&app, &started) });
    assert_eq!(other.send(&app, Method::PUT, "/auth/totp", &wanted).await.status, 410);
    app.clock.set(app.clock.now().plus_seconds(5 * 60));
    app.app.callers.forget_sessions();
    let late = browser.post(&app, "/auth/totp/begin", json!({})).await;
    assert_eq!((late.status.as_u16(), late.json()["code"].take()), (403, json!("FRESH_SIGN_IN_NEEDED")));
}
