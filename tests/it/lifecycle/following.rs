//! Servers that follow a clock which another server moves.

use std::time::Duration;

use axum::{
    Router,
    body::Body,
    http::{Request, header},
};
use entity::project::{self, Mode};
use http_body_util::BodyExt;
use rstest::rstest;
use sea_orm::{ConnectionTrait, DatabaseBackend, EntityTrait, Statement};
use serde_json::{Value, json};
use tower::ServiceExt;
use verigraph::{auth::Permissions, http::App};

use super::mutate_as;
use crate::harness::{Db, TestApp};

const HOUR: i64 = 60 * 60 * 1000;

async fn advance(app: &TestApp, token: &str) {
    let moved = mutate_as(app, token, "advanceSandboxClock", "by: \"PT1H\"", "").await;
    assert_eq!(moved["__typename"], "AdvanceSandboxClockSuccessPayload", "{moved}");
}

/// Waits until a condition is true.
async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    let waited = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(15), waited).await.unwrap_or_else(|_| panic!("{what}"));
}

/// Waits until a server knows the time of a project's clock, though it does not read the project again.
async fn follows(server: &App, row: &project::Model, ahead: i64) {
    until("it does not follow", async || server.clocks.of(row).ahead() == ahead).await;
}

/// The connection on which a server receives notifications of clocks.
async fn listener(app: &TestApp) -> Option<i32> {
    let sql = "SELECT pid FROM pg_stat_activity \
                 WHERE datname = current_database() AND query LIKE 'LISTEN%verigraph_clocks%'";
    let sql = Statement::from_string(DatabaseBackend::Postgres, sql);
    let row = app.store.write().query_one_raw(sql).await.unwrap();
    row.map(|row| row.try_get_by_index(0).unwrap())
}

/// The clock offset on one of several servers.
async fn now(server: &Router, token: &str) -> Value {
    let request = Request::post("/graphql")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .body(Body::from(json!({ "query": "{ sandboxClock { ahead } }" }).to_string()))
        .unwrap();
    let answer =
        server.clone().oneshot(request).await.unwrap().into_body().collect().await.unwrap().to_bytes();
    serde_json::from_slice::<Value>(&answer).unwrap()["data"]["sandboxClock"]["ahead"].take()
}

#[tokio::test]
async fn a_listening_server_follows_a_moved_clock_at_once_and_after_a_broken_connection() {
    let mut app = TestApp::start(Db::Postgres).await;
    let project = app.project_of(Mode::Sandbox).await;
    let token = app.token_for(project, Permissions::all(), None).await;
    let other = app.app.clone();
    // Another server on the same database: it shares nothing with the first.
    app.restart();
    // Read before the clock was moved, and never again.
    let row = project::Entity::find_by_id(project).one(app.store.read()).await.unwrap().unwrap();
    advance(&app, &token).await;
    assert_eq!(other.clocks.of(&row).ahead(), 0);
    let following = other.clocks.follow(&other.store).unwrap();
    // A move before the server listened.
    follows(&other, &row, HOUR).await;
    until("nobody listens", async || listener(&app).await.is_some()).await;
    advance(&app, &token).await;
    follows(&other, &row, 2 * HOUR).await;

    let pid = listener(&app).await.unwrap();
    app.store.write().execute_unprepared(&format!("SELECT pg_terminate_backend({pid})")).await.unwrap();
    advance(&app, &token).await;
    follows(&other, &row, 3 * HOUR).await;

    drop(following);
    until("it listens still", async || listener(&app).await.is_none()).await;
    advance(&app, &token).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(other.clocks.of(&row).ahead(), 3 * HOUR);
}

#[rstest]
#[tokio::test]
async fn a_server_without_notifications_follows_a_moved_clock_at_its_next_read(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let mut app = TestApp::start(db).await;
    let project = app.project_of(Mode::Sandbox).await;
    let token = app.token_for(project, Permissions::all(), None).await;
    let other = app.router.clone();
    app.restart();
    assert_eq!(now(&other, &token).await, "PT0S");
    advance(&app, &token).await;
    assert_eq!(now(&app.router, &token).await, "PT1H");
    until("it does not follow", async || now(&other, &token).await == "PT1H").await;
}
