//! A secret is rotated without a delivery that its receiver cannot verify.

use rstest::rstest;
use serde_json::json;
use verigraph::{event::Kind, webhook::Secret};

use super::{
    Received, Receiver, advance_clock, deliver_all, is_signed, record_event, row, subscribe, update,
    with_receivers, worker,
};
use crate::harness::{Db, TestApp};

async fn next(app: &TestApp, receiver: &Receiver) -> Received {
    record_event(app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    deliver_all(&worker(app)).await;
    receiver.take().pop().unwrap()
}

fn signatures(received: &Received) -> usize {
    received.headers["webhook-signature"].to_str().unwrap().split(' ').count()
}

#[rstest]
#[tokio::test]
async fn both_secrets_sign_for_a_day_and_then_only_the_new_one(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receiver = Receiver::start().await;
    let old = subscribe(&app, &app.token, &receiver.url, "").await;
    let before = next(&app, &receiver).await;
    assert_eq!((signatures(&before), is_signed(&before, &old.secret)), (1, true));

    let rotated = update(&app, old.id, "rotateSecret: true").await;
    let new = Secret::parse(rotated["secret"].as_str().unwrap()).unwrap();
    assert_ne!(new, old.secret);
    assert_eq!(rotated["webhookSubscription"]["previousSecretUntil"], "2026-01-16T12:00:00.000Z");
    advance_clock(&app, 24 * 3600 - 1);
    let during = next(&app, &receiver).await;
    assert_eq!(
        (signatures(&during), is_signed(&during, &old.secret), is_signed(&during, &new)),
        (2, true, true)
    );
    advance_clock(&app, 1);
    let after = next(&app, &receiver).await;
    assert_eq!(
        (signatures(&after), is_signed(&after, &old.secret), is_signed(&after, &new)),
        (1, false, true)
    );
}

#[rstest]
#[tokio::test]
async fn a_secret_from_the_caller_is_accepted_and_not_returned(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receiver = Receiver::start().await;
    let old = subscribe(&app, &app.token, &receiver.url, "").await;
    let chosen = Secret::random().unwrap();
    let rotated = update(&app, old.id, &format!("secret: \"{}\"", chosen.expose())).await;
    assert_eq!(rotated["secret"], json!(null));
    let received = next(&app, &receiver).await;
    assert!(is_signed(&received, &chosen) && is_signed(&received, &old.secret));
    // A repeated update with the same secret replaces nothing: the previous one is still valid.
    update(&app, old.id, &format!("secret: \"{}\"", chosen.expose())).await;
    assert!(is_signed(&next(&app, &receiver).await, &old.secret));
}

#[rstest]
#[tokio::test]
async fn no_secret_is_stored_in_plain_text(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receiver = Receiver::start().await;
    let subscribed = subscribe(&app, &app.token, &receiver.url, "").await;
    update(&app, subscribed.id, "rotateSecret: true").await;
    let row = row(&app, subscribed.id).await;
    let plain = subscribed.secret.expose();
    let bytes = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, &plain["whsec_".len()..]).unwrap();
    for sealed in [row.secret, row.previous_secret.unwrap()] {
        assert!(!sealed.windows(bytes.len()).any(|window| window == bytes));
    }
}
