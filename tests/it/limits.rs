//! The limits of connections and requests, over real sockets.

mod peers;
mod sockets;

use std::{
    pin::pin,
    time::{Duration, Instant},
};

use futures_util::{StreamExt, future::join_all, stream::FuturesUnordered};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use verigraph::{
    auth::Permissions,
    config::{Config, Limits},
    db::Transaction,
};

use crate::harness::{Answer, Db, Served, TestApp, Wire, graphql_head};

const USERS: &str = "{\"query\":\"{ users { totalCount edges { node { id } } } }\"}";
const VIEWER: &str = "{\"query\":\"{ viewer { project { mode } } }\"}";

fn config(change: impl FnOnce(&mut Limits)) -> Config {
    let mut config = Config::default();
    change(&mut config.limits);
    config
}

async fn start(db: Db, change: impl FnOnce(&mut Limits)) -> (TestApp, Served) {
    let config = config(change);
    let app = TestApp::start_with(db, config.clone()).await;
    let served = app.serve(&config).await;
    (app, served)
}

/// Blocks every query of users until it is released.
async fn lock_users(app: &TestApp) -> Transaction {
    let lock = app.store.begin().await.unwrap();
    lock.execute_unprepared("LOCK TABLE users IN ACCESS EXCLUSIVE MODE").await.unwrap();
    lock
}

/// A server with one in-flight permit stays full while a request waits for the lock, even if its client is
/// gone.
async fn is_full_until_released(app: &TestApp, served: &Served, lock: Transaction) {
    let refused = ask(served, &app.token, VIEWER).await;
    let message = "too many requests are in flight: the limit is 1 (`limits.in_flight`)";
    assert_eq!(refused.json(), error("OVERLOADED", message));
    lock.rollback().await.unwrap();
    let started = Instant::now();
    while ask(served, &app.token, VIEWER).await.status != 200 {
        assert!(started.elapsed() < Duration::from_secs(5), "the work whose client is gone does not end");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn ask(served: &Served, token: &str, body: &str) -> Answer {
    let mut wire = Wire::open(served.address).await;
    wire.ask(token, body).await;
    wire.answer().await.unwrap()
}

fn error(code: &str, message: &str) -> Value {
    json!({ "errors": [{ "message": message, "extensions": { "code": code } }] })
}

#[tokio::test]
async fn a_slow_request_head_closes_the_connection() {
    let (app, served) = start(Db::Sqlite, |limits| limits.head_seconds = 1).await;
    for begun in ["", "POST /graphql HTTP/1.1\r\n", "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: "] {
        let mut slow = Wire::open(served.address).await;
        slow.send(begun).await;
        assert!(slow.answer().await.is_none(), "{begun}");
    }
    assert_eq!(ask(&served, &app.token, VIEWER).await.status, 200);
}

#[tokio::test]
async fn a_slow_body_is_rejected() {
    let (app, served) = start(Db::Sqlite, |limits| limits.body_seconds = 1).await;
    let mut slow = Wire::open(served.address).await;
    slow.send(format!("{}Content-Length: 60\r\n\r\n{{\"query\":", graphql_head(&app.token))).await;
    let answer = slow.answer().await.unwrap();
    let message = "the body took longer than 1 seconds (`limits.body_seconds`)";
    assert_eq!((answer.status.as_u16(), answer.json()), (408, error("TIMEOUT", message)));
}

#[tokio::test]
async fn a_body_that_is_too_large_is_rejected_with_and_without_a_content_length() {
    let (app, served) = start(Db::Sqlite, |limits| limits.body = 1_000).await;
    let head = graphql_head(&app.token);
    let padded = |size: usize| format!("{VIEWER}{}", " ".repeat(size - VIEWER.len()));
    assert_eq!(ask(&served, &app.token, &padded(1_000)).await.status, 200);
    let message = "the body is too large: the limit is 1000 bytes (`limits.body`)";
    let chunk = padded(501);
    for (how, request) in [
        ("announced and sent", format!("{head}Content-Length: 1001\r\n\r\n{}", padded(1_001))),
        ("announced only", format!("{head}Content-Length: 99999999999\r\n\r\n")),
        (
            "in chunks",
            format!("{head}Transfer-Encoding: chunked\r\n\r\n1F5\r\n{chunk}\r\n1F5\r\n{chunk}\r\n0\r\n\r\n"),
        ),
        (
            "in chunks without an end",
            format!("{head}Transfer-Encoding: chunked\r\n\r\n7D0\r\n{}\r\n", padded(2_000)),
        ),
    ] {
        let mut wire = Wire::open(served.address).await;
        wire.send(request).await;
        let answer = wire.answer().await.unwrap();
        assert_eq!((answer.status.as_u16(), answer.json()), (413, error("BAD_REQUEST", message)), "{how}");
    }
}

#[tokio::test]
async fn a_body_limit_of_megabytes_accepts_megabytes() {
    let (app, served) = start(Db::Sqlite, |limits| limits.body = 4_000_000).await;
    let body = format!("{VIEWER}{}", " ".repeat(3_000_000));
    assert_eq!(ask(&served, &app.token, &body).await.status, 200);
}

#[tokio::test]
async fn a_head_that_is_too_large_is_rejected() {
    let (_app, served) = start(Db::Sqlite, |limits| limits.head = 8 * 1024).await;
    let long = "x".repeat(20 * 1024);
    let many: String = (0..200).map(|n| format!("X-{n}: y\r\n")).collect();
    for head in [format!("X-Long: {long}\r\n"), many] {
        let mut wire = Wire::open(served.address).await;
        wire.send(format!("GET /healthz HTTP/1.1\r\nHost: x\r\n{head}\r\n")).await;
        assert_eq!(wire.answer().await.unwrap().status, 431);
    }
}

#[tokio::test]
async fn requests_over_the_in_flight_limit_are_rejected_until_others_complete() {
    let (app, served) = start(Db::Postgres, |limits| limits.in_flight = 2).await;
    let lock = lock_users(&app).await;
    let mut requests: FuturesUnordered<_> = (0..3).map(|_| ask(&served, &app.token, USERS)).collect();
    // The two running requests wait for the table, so the first response is the rejected one.
    let refused = requests.next().await.unwrap();
    assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (503, "1"));
    let message = "too many requests are in flight: the limit is 2 (`limits.in_flight`)";
    assert_eq!(refused.json(), error("OVERLOADED", message));
    // A full server still answers health checks.
    assert_eq!(app.get("/healthz", &[]).await.status, 200);
    lock.rollback().await.unwrap();
    let statuses: Vec<_> = requests.map(|answer| answer.status.as_u16()).collect().await;
    assert_eq!(statuses, [200, 200]);
    assert_eq!(ask(&served, &app.token, USERS).await.status, 200);
}

#[tokio::test]
async fn one_credential_cannot_take_all_in_flight_permits() {
    let (app, served) = start(Db::Postgres, |limits| limits.in_flight_per_credential = 2).await;
    let other = app.token_for(app.project, Permissions::all(), None).await;
    let lock = lock_users(&app).await;
    let mut requests: FuturesUnordered<_> = (0..3).map(|_| ask(&served, &app.token, USERS)).collect();
    let refused = requests.next().await.unwrap();
    assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (503, "1"));
    let message =
        "this credential has too many requests in flight: the limit is 2 (`limits.in_flight_per_credential`)";
    assert_eq!(refused.json(), error("OVERLOADED", message));
    assert_eq!(ask(&served, &other, VIEWER).await.status, 200);
    lock.rollback().await.unwrap();
    let statuses: Vec<_> = requests.map(|answer| answer.status.as_u16()).collect().await;
    assert_eq!(statuses, [200, 200]);
}

/// Any client can open a connection and send a byte at a time, which must not block other clients.
#[tokio::test]
async fn slow_bodies_take_no_in_flight_permit() {
    let (app, served) = start(Db::Sqlite, |limits| limits.in_flight = 2).await;
    let mut slow = Vec::new();
    for _ in 0..4 {
        let mut wire = Wire::open(served.address).await;
        wire.send(format!("{}Content-Length: {}\r\n\r\n{{", graphql_head(&app.token), VIEWER.len())).await;
        slow.push(wire);
    }
    // Connections are served in turn, so the heads of the slow ones have been read by the second response.
    for _ in 0..2 {
        assert_eq!(ask(&served, &app.token, VIEWER).await.status, 200);
    }
    for wire in &mut slow {
        wire.send(&VIEWER[1..]).await;
    }
    let answers = join_all(slow.iter_mut().map(Wire::answer)).await;
    assert!(answers.iter().all(|answer| matches!(answer.as_ref().unwrap().status.as_u16(), 200 | 503)));
}

#[tokio::test]
async fn a_stopping_server_completes_started_requests_and_accepts_no_new_ones() {
    let (app, mut served) = start(Db::Postgres, |_| {}).await;
    let address = served.address;
    let mut idle = Wire::open(address).await;
    idle.ask(&app.token, VIEWER).await;
    assert_eq!(idle.answer().await.unwrap().status, 200);

    let lock = lock_users(&app).await;
    let mut begun = Wire::open(address).await;
    begun.ask(&app.token, USERS).await;
    waiting_for_a_lock(&app).await;
    served.stop();
    // The idle connection is closed, and the port then refuses connections.
    assert!(idle.answer().await.is_none());
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    lock.rollback().await.unwrap();
    assert_eq!(begun.answer().await.unwrap().status, 200);
    served.stopped().await;
}

/// Waits until a statement in this database waits for a lock.
async fn waiting_for_a_lock(app: &TestApp) {
    let sql =
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let statement = sea_orm::Statement::from_string(sea_orm::DbBackend::Postgres, sql);
    while app.store.read().query_one_raw(statement.clone()).await.unwrap().is_none() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_slow_query_times_out() {
    let (app, served) = start(Db::Postgres, |limits| limits.query_seconds = 1).await;
    let lock = lock_users(&app).await;
    let answer = ask(&served, &app.token, USERS).await;
    let message = "the request took too long: the limit is 1 seconds (`limits.query_seconds`)";
    assert_eq!((answer.status.as_u16(), answer.json()), (503, error("TIMEOUT", message)));
    lock.rollback().await.unwrap();
    // Its resources are released: connections and in-flight permits.
    let again = join_all((0..6).map(|_| ask(&served, &app.token, USERS))).await;
    assert!(again.iter().all(|answer| answer.status == 200));
}

#[tokio::test]
async fn a_disconnected_client_leaves_no_running_query() {
    let (app, served) = start(Db::Postgres, |limits| limits.in_flight = 2).await;
    let lock = lock_users(&app).await;
    for _ in 0..2 {
        let mut gone = Wire::open(served.address).await;
        gone.ask(&app.token, USERS).await;
        waiting_for_a_lock(&app).await;
    }
    lock.rollback().await.unwrap();
    let mut answered = pin!(async {
        while ask(&served, &app.token, USERS).await.status != 200 {
            tokio::task::yield_now().await;
        }
    });
    tokio::time::timeout(Duration::from_secs(10), &mut answered).await.unwrap();
}

#[tokio::test]
async fn a_panicking_handler_returns_an_error_and_the_server_continues() {
    let mut app = TestApp::start(Db::Sqlite).await;
    app.restart_broken();
    for _ in 0..2 {
        let answer = app.post(&app.token, &json!({ "query": "{ viewer { permissions } }" })).await;
        let id = answer.header("x-request-id");
        let extensions = json!({ "code": "INTERNAL", "requestId": id });
        let expected = json!({ "errors": [{ "message": "internal error", "extensions": extensions }] });
        assert_eq!((answer.status.as_u16(), answer.json()), (500, expected));
    }
    assert_eq!(app.get("/healthz", &[]).await.status, 200);
}
