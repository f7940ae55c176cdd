//! Sign-ins that anybody can start: how many of one network are open, and which network a request comes from.

use entity::{role::BuiltIn, sign_in_attempt::Kind};
use rstest::rstest;
use serde_json::{Value, json};
use verigraph::{
    config::Config,
    member::attempt::{self, OF_NETWORK},
};

use super::{Browser, Person};
use crate::harness::{Answer, Db, TestApp};

async fn begin(app: &TestApp, address: &str) -> Answer {
    Browser::from_address(address).post(app, "/auth/passkey/begin", json!({})).await
}

#[rstest]
#[tokio::test]
async fn one_network_cannot_fill_the_table_of_open_sign_ins(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (db, root, clock) = (app.store.write(), &app.root, &app.clock);
    for _ in 0..OF_NETWORK - 1 {
        let of = (Kind::Passkey, Some("192.0.2.0/24"));
        assert!(attempt::create_for_network(db, root, clock, of, &()).await.unwrap().is_some());
    }
    assert_eq!(begin(&app, "192.0.2.7").await.status, 200, "the last one");
    let refused = begin(&app, "192.0.2.8").await;
    let body = refused.json();
    assert_eq!(
        (refused.status.as_u16(), &body["code"], &body["retryAfter"]),
        (429, &json!("PAUSED"), &json!(60)),
        "{body}"
    );
    assert_eq!(begin(&app, "198.51.100.7").await.status, 200, "another network");
    // Nobody is kept from a password, nor from a proof of a session.
    let (ada, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    assert_eq!(browser.post(&app, "/auth/step-up/begin", json!({})).await.status, 200);
    let mut browser = Browser::from_address("192.0.2.9");
    assert_eq!(browser.sign_in(&app, &ada).await.status, 200);

    app.clock.set(app.clock.now().plus_seconds(5 * 60));
    assert_eq!(begin(&app, "192.0.2.8").await.status, 200, "after they have expired");
    assert!(attempt::delete_expired(db, app.clock.now()).await.unwrap() >= OF_NETWORK);
}

#[rstest]
#[tokio::test]
async fn behind_a_trusted_proxy_the_network_of_a_device_is_that_of_its_client(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let mut app = TestApp::start(db).await;
    let (ada, _) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let sources = async |app: &TestApp| {
        app.clock.set(app.clock.now().plus_seconds(60));
        let forwarded = Some("198.51.100.7, 192.0.2.77");
        let mut browser = Browser::from_address("10.0.0.1").with("x-forwarded-for", forwarded);
        assert_eq!(browser.sign_in(app, &ada).await.status, 200);
        let sessions =
            browser.send(app, axum::http::Method::GET, "/auth/sessions", &Value::Null).await.json();
        let sessions = sessions["sessions"].as_array().unwrap().clone();
        sessions.into_iter().find(|session| session["isCurrent"] == true).unwrap()["source"].take()
    };
    assert_eq!(sources(&app).await, "10.0.0.0/24", "of a proxy that is not trusted, the header is not read");
    let trusted_proxies = vec!["10.0.0.0/8".parse().unwrap()];
    app.restart_with(Config { trusted_proxies, ..Config::default() });
    assert_eq!(sources(&app).await, "192.0.2.0/24");
}
