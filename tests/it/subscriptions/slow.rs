//! Clients that do not read.

use std::time::Duration;

use rstest::rstest;
use uuid::Uuid;
use verigraph::event::{
    Kind,
    store::{NewEvent, record},
};

use super::{Client, EVENTS, limited, record_event, serve};
use crate::harness::{Db, TestApp};

/// Many events in one transaction.
async fn many(app: &TestApp, count: u128) {
    let transaction = app.store.begin().await.unwrap();
    for id in 1..=count {
        let (kind, resource) = (Kind::UserCreated, Uuid::from_u128(id));
        let happened =
            NewEvent { project: app.project, kind, resource, user: None, detail: None, version: None };
        record(&transaction, &app.clock, happened).await.unwrap();
    }
    transaction.commit().await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_client_that_does_not_read_is_disconnected_and_delays_no_other(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let mut app = TestApp::start(db).await;
    app.restart_with(limited(|limits| limits.subscription_queue = 4));
    let served = serve(&app).await;
    let mut reader = Client::open(served.address, &app.token).await;
    let mut slow = Client::open(served.address, &app.token).await;
    // Each event is large, so that the socket buffers of both sides fill up soon.
    let fields: String = (0..20).map(|n| format!("{}{n}: eventDate ", "a".repeat(700))).collect();
    slow.listen("a", &format!("subscription {{ event {{ {fields} }} }}")).await;
    reader.listen("a", EVENTS).await;
    let mut sent = 0;
    while app.app.hub.count() > 1 {
        for _ in 0..20 {
            record_event(&app, Kind::UserCreated, app.project, None).await;
            reader.next_data("a").await;
        }
        sent += 20;
        assert!(sent < 5_000, "nobody is too slow");
    }
    slow.is_disconnected((1013, "`limits.subscription_queue`")).await;
    record_event(&app, Kind::UserCreated, app.project, None).await;
    reader.next_data("a").await;
}

#[rstest]
#[tokio::test]
async fn a_client_that_reads_receives_every_event_of_an_import(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let mut client = Client::open(served.address, &app.token).await;
    client.listen("a", EVENTS).await;
    many(&app, 1_000).await;
    for id in 1..=1_000 {
        assert_eq!(client.next_data("a").await["event"]["resourceId"], Uuid::from_u128(id).to_string());
    }
}

#[rstest]
#[tokio::test]
async fn a_client_without_pongs_is_disconnected(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let mut app = TestApp::start(db).await;
    app.restart_with(limited(|limits| limits.socket_ping_seconds = 1));
    let served = serve(&app).await;
    // The library answers pings only while the client reads.
    let mut dead = Client::open(served.address, &app.token).await;
    let mut alive = Client::open(served.address, &app.token).await;
    alive.receives_nothing_for(Duration::from_secs(4)).await;
    dead.is_disconnected((1008, "`limits.socket_ping_seconds`")).await;
}
