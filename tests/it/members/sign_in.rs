use axum::http::Method;
use entity::{member::Status, role::BuiltIn};
use rstest::rstest;
use serde_json::{Value, json};
use verigraph::member::store;

use super::{Browser, PASSWORD, Person};
use crate::harness::{Db, TestApp};

#[rstest]
#[tokio::test]
async fn a_password_alone_signs_nobody_in(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (ada, _) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let mut browser = Browser::default();
    let first = browser.password(&app, &ada.email, PASSWORD).await;
    assert_eq!(first.status, 200, "{first:?}");
    assert_eq!(first.json()["secondFactors"], json!(["TOTP", "RECOVERY_CODE"]));
    assert!(browser.cookies.is_empty(), "{browser:?}");
    assert!(!browser.is_signed_in(&app).await);

    let signed_in = browser.sign_in(&app, &ada).await;
    assert_eq!(signed_in.status, 200, "{signed_in:?}");
    let state = browser.state(&app).await;
    assert_eq!(state["member"]["name"], "Ada Lovelace");
    assert_eq!(state["memberships"][0]["role"]["builtIn"], "OWNER");
    assert_eq!(state["memberships"][0]["project"]["id"], app.project.to_string());
}

#[rstest]
#[tokio::test]
async fn a_code_is_accepted_once_even_twice_within_its_half_minute(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (ada, _) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let mut browsers = [Browser::default(), Browser::default()];
    let mut attempts = Vec::new();
    for browser in &mut browsers {
        let mut first = browser.password(&app, &ada.email, PASSWORD).await.json();
        attempts.push(first["attempt"].take());
    }
    let code = ada.code(&app);
    let [one, other] = &mut browsers;
    let first = json!({ "attempt": attempts[0], "code": code });
    let second = json!({ "attempt": attempts[1], "code": code });
    let (first, second) =
        tokio::join!(one.post(&app, "/auth/totp", first), other.post(&app, "/auth/totp", second));
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401], "{first:?} {second:?}");
    let refused = if first.status == 401 { first } else { second };
    assert_eq!(refused.json()["code"], "BAD_SIGN_IN");
}

#[rstest]
#[tokio::test]
async fn a_recovery_code_is_accepted_once_and_audited(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (ada, _) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    // People copy codes without their hyphens and in small letters.
    let code = ada.recovery_codes[3].to_lowercase().replace('-', " ");
    for expected in [200, 401] {
        let mut browser = Browser::default();
        let first = browser.password(&app, &ada.email, PASSWORD).await.json();
        let body = json!({ "attempt": first["attempt"], "code": code });
        let answer = browser.post(&app, "/auth/recovery-code", body).await;
        assert_eq!(answer.status, expected, "{answer:?}");
    }
    let used = app
        .query("{ auditEvents(filters: {actions: [\"Member.RecoveryCodeUsed\"]}) { totalCount edges { node { actor { label } } } } }")
        .await;
    let expected =
        json!({ "totalCount": 1, "edges": [{ "node": { "actor": { "label": "Ada Lovelace" } } }] });
    assert_eq!(used["auditEvents"], expected);
}

#[rstest]
#[tokio::test]
async fn five_wrong_codes_end_an_attempt(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (ada, _) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let mut browser = Browser::default();
    let first = browser.password(&app, &ada.email, PASSWORD).await.json();
    let right = ada.code(&app);
    let wrong = if right == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        let body = json!({ "attempt": first["attempt"], "code": wrong });
        assert_eq!(browser.post(&app, "/auth/totp", body).await.status, 401);
    }
    let answer =
        browser.post(&app, "/auth/totp", json!({ "attempt": first["attempt"], "code": right })).await;
    assert_eq!((answer.status.as_u16(), answer.json()["code"].take()), (410, json!("LINK_SPENT")));
    assert!(!browser.is_signed_in(&app).await);
}

#[rstest]
#[tokio::test]
async fn known_and_unknown_addresses_are_refused_alike(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (ada, _) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let mut answers = Vec::new();
    for email in [ada.email.as_str(), "nobody@example.org"] {
        let mut statuses = Vec::new();
        for _ in 0..6 {
            let answer = Browser::default().password(&app, email, "not the password at all").await;
            statuses.push((answer.status, answer.text.clone()));
        }
        answers.push(statuses);
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0][0].0, 401);
    assert_eq!(answers[0][5].0, 429);
}

#[rstest]
#[tokio::test]
async fn a_suspended_member_cannot_sign_in_and_its_sessions_end(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (ada, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let member = store::find_by_email(app.store.write(), &app.root, &ada.email).await.unwrap().unwrap();
    store::set_status(&app.store, &app.clock, member.id, Status::Suspended).await.unwrap();
    app.app.callers.forget_sessions();
    assert!(!browser.is_signed_in(&app).await);
    let answer = Browser::default().password(&app, &ada.email, PASSWORD).await;
    assert_eq!((answer.status.as_u16(), answer.json()["code"].take()), (401, json!("BAD_SIGN_IN")));
}

#[rstest]
#[tokio::test]
async fn one_click_signs_in_to_a_demo_only(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let mut app = TestApp::start(db).await;
    let (ada, _) = Person::invited(&app, "ada@example.org", BuiltIn::Support, None).await;
    let mut browser = Browser::default();
    let answer = browser.send(&app, Method::POST, "/auth/demo/support", &Value::Null).await;
    assert_eq!(answer.status, 404, "{answer:?}");
    assert_eq!(browser.state(&app).await["methods"]["demo"], Value::Null);

    let member = store::find_by_email(app.store.write(), &app.root, &ada.email).await.unwrap().unwrap();
    app.restart_as_demo_of("token", vec![("support".to_owned(), member.id)]);
    let mut browser = Browser::default();
    assert_eq!(browser.state(&app).await["methods"]["demo"], json!(["support"]));
    let answer = browser.post(&app, "/auth/demo/support", json!({})).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(browser.is_signed_in(&app).await);
    assert_eq!(browser.post(&app, "/auth/demo/root", json!({})).await.status, 404);
}

#[rstest]
#[tokio::test]
async fn codes_that_are_tried_at_the_same_time_each_count(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (ada, _) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let first = Browser::default().password(&app, &ada.email, PASSWORD).await.json();
    let wrong = if ada.code(&app) == "000000" { "000001" } else { "000000" };
    let body = json!({ "attempt": first["attempt"], "code": wrong });
    let tries = (0..16)
        .map(async |_| Browser::default().post(&app, "/auth/totp", body.clone()).await.status.as_u16());
    let statuses = futures_util::future::join_all(tries).await;
    let count = |wanted| statuses.iter().filter(|status| **status == wanted).count();
    assert_eq!((count(401), count(410)), (5, 11), "{statuses:?}");
}

#[rstest]
#[tokio::test]
async fn passwords_that_are_tried_at_the_same_time_each_count(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let tries = (0..5).map(async |_| {
        Browser::default()
            .password(&app, "nobody@example.org", "not the password at all")
            .await
            .status
            .as_u16()
    });
    assert_eq!(futures_util::future::join_all(tries).await, [401; 5]);
    let next = Browser::default().password(&app, "nobody@example.org", "not the password at all").await;
    assert_eq!(next.status, 429, "{next:?}");
}
