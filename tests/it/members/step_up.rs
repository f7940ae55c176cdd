use axum::http::Method;
use entity::role::BuiltIn;
use rstest::rstest;
use serde_json::{Value, json};

use super::{Browser, PASSWORD, Person};
use crate::harness::{Db, TestApp};

const OTHER_PASSWORD: &str = "quiet lemon paints 7 bridges";

#[rstest]
#[tokio::test]
async fn a_new_password_needs_a_recent_sign_in_and_ends_other_sessions(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (ada, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let mut other = Browser::default();
    assert_eq!(other.sign_in(&app, &ada).await.status, 200);
    app.clock.set(app.clock.now().plus_seconds(5 * 60));
    app.app.callers.forget_sessions();
    let wanted = json!({ "password": OTHER_PASSWORD });
    let answer = browser.send(&app, Method::PUT, "/auth/password", &wanted).await;
    assert_eq!((answer.status.as_u16(), answer.json()["code"].take()), (403, json!("FRESH_SIGN_IN_NEEDED")));

    let begun = browser.post(&app, "/auth/step-up/begin", json!({})).await.json();
    assert_eq!((&begun["methods"], &begun["isDemo"]), (&json!(["PASSWORD"]), &json!(false)));
    let before = browser.cookies.clone();
    let wrong = json!({ "attempt": begun["attempt"], "password": PASSWORD, "code": "12" });
    assert_eq!(browser.post(&app, "/auth/step-up/finish", wrong).await.status, 401);
    let right = json!({ "attempt": begun["attempt"], "password": PASSWORD, "code": ada.code(&app) });
    let proved = browser.post(&app, "/auth/step-up/finish", right).await;
    assert_eq!(proved.status, 200, "{proved:?}");
    // The proof replaces the cookie: a copy of the old one is worthless.
    assert_ne!(browser.cookies, before);
    let mut stolen = Browser { cookies: before, ..Browser::default() };
    assert!(!stolen.is_signed_in(&app).await);

    let answer = browser.send(&app, Method::PUT, "/auth/password", &wanted).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(browser.is_signed_in(&app).await && !other.is_signed_in(&app).await);
    assert_eq!(Browser::default().password(&app, &ada.email, PASSWORD).await.status, 401);
    assert_eq!(Browser::default().password(&app, &ada.email, OTHER_PASSWORD).await.status, 200);
}

#[rstest]
#[tokio::test]
async fn new_recovery_codes_replace_the_old_ones(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (ada, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let answer = browser.send(&app, Method::PUT, "/auth/recovery-codes", &Value::Null).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let codes: Vec<String> = serde_json::from_value(answer.json()["recoveryCodes"].take()).unwrap();
    assert_eq!(codes.len(), 10);
    for (code, expected) in [(&ada.recovery_codes[0], 401), (&codes[0], 200)] {
        let mut browser = Browser::default();
        let first = browser.password(&app, &ada.email, PASSWORD).await.json();
        let body = json!({ "attempt": first["attempt"], "code": code });
        assert_eq!(browser.post(&app, "/auth/recovery-code", body).await.status, expected);
    }
}

#[rstest]
#[tokio::test]
async fn an_attempt_of_another_session_proves_nothing(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (_, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let (bob, mut other) = Person::invited(&app, "bob@example.org", BuiltIn::Owner, None).await;
    let begun = browser.post(&app, "/auth/step-up/begin", json!({})).await.json();
    let body = json!({ "attempt": begun["attempt"], "password": PASSWORD, "code": bob.code(&app) });
    assert_eq!(other.post(&app, "/auth/step-up/finish", body).await.status, 410);
}

#[rstest]
#[tokio::test]
async fn a_copy_of_the_cookie_is_not_enough_to_guess_the_password(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (ada, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let mut statuses = Vec::new();
    for _ in 0..6 {
        let begun = browser.post(&app, "/auth/step-up/begin", json!({})).await.json();
        let guess = json!({ "attempt": begun["attempt"], "password": "a guess", "code": ada.code(&app) });
        statuses.push(browser.post(&app, "/auth/step-up/finish", guess).await.status.as_u16());
    }
    assert_eq!(statuses, [401, 401, 401, 401, 401, 429]);
}
