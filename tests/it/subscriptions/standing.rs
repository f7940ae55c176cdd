//! Revoked access ends subscriptions within a second, even without any event.

use std::time::{Duration, Instant};

use rstest::rstest;
use verigraph::{
    auth::{Permission, Permissions, credential},
    event::Kind,
};

use super::{Client, EVENTS, record_event, serve};
use crate::harness::{Db, TestApp};

const WITHIN: Duration = Duration::from_secs(1);

#[rstest]
#[tokio::test]
async fn a_revoked_credential_closes_the_socket(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let pair = app.credential(app.project, Permissions::all(), None).await;
    let token = app.token_of(pair.credential, Permissions::all(), 3600).await;
    let mut client = Client::open(served.address, &token).await;
    let mut other = Client::open(served.address, &app.token).await;
    for client in [&mut client, &mut other] {
        client.listen("a", EVENTS).await;
    }
    credential::revoke(&app.store, &app.clock, &pair.client_id).await.unwrap();
    let revoked = Instant::now();
    let reason = "the credential of this access token has been revoked";
    assert_eq!(client.closed().await, (4403, reason.to_owned()));
    assert!(revoked.elapsed() < WITHIN, "{:?}", revoked.elapsed());
    record_event(&app, Kind::UserCreated, app.project, None).await;
    assert_eq!(other.next_data("a").await["event"]["eventType"], "User.Created");
}

#[rstest]
#[tokio::test]
async fn an_expired_token_closes_the_socket(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let pair = app.credential(app.project, Permissions::all(), None).await;
    let token = app.token_of(pair.credential, Permissions::all(), 60).await;
    let mut client = Client::open(served.address, &token).await;
    client.listen("a", EVENTS).await;
    app.clock.set(app.clock.now().plus_seconds(64));
    client.receives_nothing().await;
    app.clock.set(app.clock.now().plus_seconds(1));
    let over = Instant::now();
    let (code, reason) = client.closed().await;
    assert!(code == 4403 && reason.contains("has expired"), "{code} {reason}");
    assert!(over.elapsed() < WITHIN, "{:?}", over.elapsed());
}

/// An event is checked when it is sent, not only at the regular check of tokens.
#[rstest]
#[tokio::test]
async fn nothing_is_sent_for_an_expired_token(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let pair = app.credential(app.project, Permissions::all(), None).await;
    let token = app.token_of(pair.credential, Permissions::all(), 60).await;
    let mut client = Client::open(served.address, &token).await;
    client.listen("a", EVENTS).await;
    app.clock.set(app.clock.now().plus_seconds(65));
    record_event(&app, Kind::UserCreated, app.project, None).await;
    // An earlier message would have to be a close.
    client.subscribe("b", "{ viewer { permissions } }").await;
    let (code, _) = client.closed().await;
    assert_eq!(code, 4403);
}

#[rstest]
#[tokio::test]
async fn a_lost_permission_ends_the_subscriptions_that_need_it(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let both: Permissions = [Permission::IdentificationsView, Permission::UsersView].into_iter().collect();
    let pair = app.credential(app.project, both, None).await;
    let token = app.token_of(pair.credential, both, 3600).await;
    let mut client = Client::open(served.address, &token).await;
    client.listen("a", "subscription { identificationUpdated { id } }").await;
    client.listen("b", "subscription { event(types: [\"Identification.Updated\"]) { eventId } }").await;
    client.listen("c", EVENTS).await;
    credential::permit(
        &app.store,
        &app.clock,
        pair.credential,
        [Permission::UsersView].into_iter().collect(),
    )
    .await
    .unwrap();
    let taken = Instant::now();
    let mut ended = [client.next().await, client.next().await];
    assert!(taken.elapsed() < WITHIN, "{:?}", taken.elapsed());
    ended.sort_by_key(|next| next["id"].to_string());
    for (next, id) in ended.iter().zip(["a", "b"]) {
        assert_eq!((next["type"].as_str(), next["id"].as_str()), (Some("error"), Some(id)), "{next}");
        assert_eq!(next["payload"][0]["extensions"]["code"], "FORBIDDEN");
    }
    // The remaining subscriptions continue with the remaining permissions.
    record_event(&app, Kind::IdentificationUpdated, app.project, None).await;
    record_event(&app, Kind::UserCreated, app.project, None).await;
    assert_eq!(client.next_data("c").await["event"]["eventType"], "User.Created");
    client.listen("d", "subscription { event(types: [\"User.Created\"]) { eventId } }").await;
    client.subscribe("a", "subscription { identificationUpdated { id } }").await;
    assert_eq!(client.refused("a").await.0, "FORBIDDEN");
}
