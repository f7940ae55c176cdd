//! Several servers on one database, and databases that are unavailable for a while.

use std::time::{Duration, Instant};

use rstest::rstest;
use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};
use serde_json::json;
use uuid::Uuid;
use verigraph::{
    db::Transaction,
    event::{
        Kind,
        store::{NewEvent, record},
    },
};

use super::{Client, EVENTS, record_event, serve};
use crate::harness::{Db, TestApp};

async fn uncommitted_event(app: &TestApp, resource: u128) -> Transaction {
    let transaction = app.store.begin().await.unwrap();
    let (kind, resource) = (Kind::UserCreated, Uuid::from_u128(resource));
    let happened = NewEvent { project: app.project, kind, resource, user: None, detail: None, version: None };
    record(&transaction, &app.clock, happened).await.unwrap();
    transaction
}

#[rstest]
#[tokio::test]
async fn a_change_on_one_server_is_sent_by_another(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let mut app = TestApp::start(db).await;
    let one = serve(&app).await;
    let first = app.app.clone();
    // Another server on the same database: it shares nothing with the first.
    app.restart();
    let other = serve(&app).await;
    let mut client = Client::open(one.address, &app.token).await;
    let mut with_other = Client::open(other.address, &app.token).await;
    client.listen("a", "subscription { proofingRequestUpdated { state } }").await;
    with_other.subscribe("m", "mutation { createProofingRequest(input: {}) { __typename } }").await;
    with_other.next_data("m").await;
    assert_eq!(client.next_data("a").await, json!({ "proofingRequestUpdated": { "state": "INIT" } }));
    assert_eq!((first.hub.count(), app.app.hub.count()), (1, 0));
}

#[rstest]
#[tokio::test]
async fn events_are_read_only_while_there_are_subscribers(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let mut client = Client::open(served.address, &app.token).await;
    client.listen("a", EVENTS).await;
    client.send(json!({ "type": "complete", "id": "a" })).await;
    client.settle().await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    app.take_statements();
    tokio::time::sleep(Duration::from_millis(500)).await;
    let statements = app.take_statements();
    assert!(statements.iter().all(|sql| !sql.contains("events")), "{statements:?}");
    // Earlier events are skipped; events from here on are sent.
    record_event(&app, Kind::UserCreated, Uuid::from_u128(1), None).await;
    client.listen("a", EVENTS).await;
    record_event(&app, Kind::UserCreated, Uuid::from_u128(2), None).await;
    assert_eq!(client.next_data("a").await["event"]["resourceId"], Uuid::from_u128(2).to_string());
}

/// PostgreSQL numbers events when they are written, and shows them when they are committed.
#[tokio::test]
async fn an_event_that_is_committed_late_is_sent() {
    let app = TestApp::start(Db::Postgres).await;
    let served = serve(&app).await;
    // One was written before the first subscription, and one after it.
    let before = uncommitted_event(&app, 1).await;
    record_event(&app, Kind::UserCreated, Uuid::from_u128(2), None).await;
    let mut client = Client::open(served.address, &app.token).await;
    client.listen("a", EVENTS).await;
    let after = uncommitted_event(&app, 3).await;
    let never = uncommitted_event(&app, 4).await;
    record_event(&app, Kind::UserCreated, Uuid::from_u128(5), None).await;
    assert_eq!(client.next_data("a").await["event"]["resourceId"], Uuid::from_u128(5).to_string());
    never.rollback().await.unwrap();
    for (transaction, id) in [(after, 3), (before, 1)] {
        transaction.commit().await.unwrap();
        assert_eq!(client.next_data("a").await["event"]["resourceId"], Uuid::from_u128(id).to_string());
    }
    client.receives_nothing().await;
}

/// As when a database restarts: every connection breaks.
#[tokio::test]
async fn events_after_broken_connections_are_sent() {
    let app = TestApp::start(Db::Postgres).await;
    let served = serve(&app).await;
    let mut client = Client::open(served.address, &app.token).await;
    client.listen("a", EVENTS).await;
    for id in 1..=3 {
        let all = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                   WHERE datname = current_database() AND pid <> pg_backend_pid()";
        drop(app.store.write().execute_unprepared(all).await);
        // The first attempt may use the broken connection.
        while app.store.write().execute_unprepared("SELECT 1").await.is_err() {}
        let transaction = loop {
            if let Ok(transaction) = app.store.begin().await
                && transaction.execute_unprepared("SELECT 1").await.is_ok()
            {
                break transaction;
            }
        };
        let (kind, resource) = (Kind::UserCreated, Uuid::from_u128(id));
        let happened =
            NewEvent { project: app.project, kind, resource, user: None, detail: None, version: None };
        record(&transaction, &app.clock, happened).await.unwrap();
        transaction.commit().await.unwrap();
        assert_eq!(client.next_data("a").await["event"]["resourceId"], Uuid::from_u128(id).to_string());
    }
}

async fn listening_connection(app: &TestApp) -> Option<i32> {
    let sql = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%verigraph_events%'";
    let sql = Statement::from_string(DatabaseBackend::Postgres, sql);
    let row = app.store.write().query_one_raw(sql).await.unwrap();
    row.map(|row| row.try_get_by_index(0).unwrap())
}

/// Waits until a server listens on another connection than that one.
pub async fn wait_for_listener(app: &TestApp, other_than: Option<i32>) -> i32 {
    loop {
        if let Some(pid) = listening_connection(app).await.filter(|pid| Some(*pid) != other_than) {
            // A listener reads events once more when it starts.
            tokio::time::sleep(Duration::from_millis(200)).await;
            return pid;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The shortest time, of several tries, until one server sent an event that the other recorded.
async fn notification_delay(client: &mut Client, other: &TestApp) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..4 {
        other.query("mutation { createProofingRequest(input: {}) { __typename } }").await;
        let done = Instant::now();
        client.next_data("a").await;
        best = best.min(done.elapsed());
    }
    best
}

/// Processes notify each other, so that no event waits for the next poll.
#[tokio::test]
async fn a_server_is_notified_by_another_also_after_a_broken_connection() {
    let mut app = TestApp::start(Db::Postgres).await;
    let one = serve(&app).await;
    app.restart();
    let mut client = Client::open(one.address, &app.token).await;
    client.listen("a", "subscription { proofingRequestUpdated { state } }").await;
    let pid = wait_for_listener(&app, None).await;
    let took = notification_delay(&mut client, &app).await;
    assert!(took < Duration::from_millis(400), "{took:?}");

    let end = format!("SELECT pg_terminate_backend({pid})");
    app.store.write().execute_unprepared(&end).await.unwrap();
    wait_for_listener(&app, Some(pid)).await;
    let took = notification_delay(&mut client, &app).await;
    assert!(took < Duration::from_millis(400), "{took:?}");
}
