//! `runScenario` with an idempotency key: it runs once, also for concurrent requests.

use std::time::Duration;

use axum::{
    Router,
    body::Body,
    http::{Request, header},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::idempotency_key::{Column, Entity};
use http_body_util::BodyExt;
use rstest::rstest;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tower::ServiceExt;
use uuid::Uuid;
use verigraph::config::{Config, Webhooks};

use super::{RUN, run, sandbox};
use crate::{
    harness::{Db, TestApp},
    webhooks::subscribe,
};

/// A scenario that waits for longer than a key is kept, by the clock that it moves.
const LONG: &str = "name: long\nsteps:\n  - user: {}\n  - identification: { process: QES }\n  - wait: { after: P3D }\n  \
                    - identification: { process: QES }\n  - wait: { after: PT1H }\n";

/// Runs a scenario with the key `a` on one of several servers.
async fn run_on(router: &Router, token: &str, scenario: &str) -> Value {
    let body =
        json!({ "query": RUN, "variables": { "input": { "scenario": scenario, "idempotencyKey": "a" } } });
    let request = Request::post("/graphql")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .body(Body::from(body.to_string()))
        .unwrap();
    let answer =
        router.clone().oneshot(request).await.unwrap().into_body().collect().await.unwrap().to_bytes();
    let mut answer: Value = serde_json::from_slice(&answer).unwrap();
    assert!(answer.get("errors").is_none(), "{answer}");
    answer["data"]["runScenario"].take()
}

/// The number of users and identifications in the project of a token.
async fn object_counts(app: &TestApp, token: &str) -> (Value, Value) {
    let query = "{ users { totalCount } identifications { totalCount } }";
    let mut seen = app.query_as(token, query, json!({})).await;
    (seen["users"]["totalCount"].take(), seen["identifications"]["totalCount"].take())
}

/// Settings with this time limit of a request, and with receivers on this machine.
pub fn with_time_limit(seconds: u64) -> Config {
    let webhooks = Webhooks { allow_private: true, ..Webhooks::default() };
    let mut config = Config { webhooks, ..Config::default() };
    config.limits.query_seconds = seconds;
    config
}

/// Leaves the key of a scenario as if the process that claimed it had died.
pub async fn abandon_key(app: &TestApp, token: &str, key: &str, seconds: i64) {
    let credential = app.caller(token).await.actor_id();
    let key = BASE64_URL_SAFE_NO_PAD.encode(app.root.idempotency_key(credential, key));
    let until = app.clock.now().plus_seconds(seconds);
    let left = Entity::update_many()
        .col_expr(Column::ClaimedUntil, Expr::value(until))
        .col_expr(Column::Refusal, Expr::val(None::<Value>))
        .col_expr(Column::Result, Expr::value(Uuid::from_u128(1)))
        .filter(Column::ActorId.eq(credential).and(Column::Key.eq(key)))
        .exec(app.store.write())
        .await
        .unwrap();
    assert_eq!(left.rows_affected, 1);
}

#[rstest]
#[tokio::test]
async fn concurrent_requests_to_two_servers_run_a_scenario_once(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let mut app = TestApp::start(db).await;
    let (_, token) = sandbox(&app).await;
    let one = app.router.clone();
    app.restart();
    let other = app.router.clone();
    let runs = [&one, &other, &one, &other].map(|server| run_on(server, &token, LONG));
    let answers = futures_util::future::join_all(runs).await;
    assert_eq!(answers[0]["__typename"], "RunScenarioSuccessPayload", "{}", answers[0]);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(object_counts(&app, &token).await, (json!(1), json!(2)));
    // A later request is replayed too, but not with another input.
    assert_eq!(run(&app, &token, LONG, Some("a")).await, answers[0]);
    assert_eq!(run(&app, &token, "forced", Some("a")).await["__typename"], "IdempotencyKeyReusedRejection");
    assert_eq!(object_counts(&app, &token).await, (json!(1), json!(2)));
}

#[rstest]
#[tokio::test]
async fn a_busy_key_is_rejected_after_a_wait_and_released_after_its_lease(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let mut app = TestApp::start(db).await;
    app.restart_with(with_time_limit(3));
    let (_, token) = sandbox(&app).await;
    let first = run(&app, &token, "forced", Some("a")).await;
    abandon_key(&app, &token, "a", 10).await;
    let busy = run(&app, &token, "forced", Some("a")).await;
    assert_eq!(busy["__typename"], "IdempotencyKeyBusyRejection");
    assert!(busy["message"].as_str().unwrap().contains("still running"), "{busy}");
    // Another input is rejected at once.
    assert_eq!(run(&app, &token, "expires", Some("a")).await["__typename"], "IdempotencyKeyReusedRejection");
    assert_eq!(object_counts(&app, &token).await.0, 1);
    app.clock.set(app.clock.now().plus_seconds(10));
    let again = run(&app, &token, "forced", Some("a")).await;
    assert_eq!(again["__typename"], "RunScenarioSuccessPayload", "{again}");
    assert_ne!(again["userId"], first["userId"]);
    assert_eq!(run(&app, &token, "forced", Some("a")).await, again);
    assert_eq!(object_counts(&app, &token).await.0, 2);
}

#[rstest]
#[tokio::test]
async fn a_run_that_times_out_releases_its_key(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let mut app = TestApp::start(db).await;
    app.restart_with(with_time_limit(2));
    let (_, token) = sandbox(&app).await;
    // Connections are accepted, and no request is answered.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}/", silent.local_addr().unwrap());
    let subscribed = subscribe(&app, &token, &endpoint, "").await;
    let input = json!({ "input": { "scenario": LONG, "idempotencyKey": "a" } });
    let late = app.run_as(&token, RUN, input).await;
    assert_eq!(late["errors"][0]["extensions"]["code"], "TIMEOUT", "{late}");
    let remove = format!(
        "mutation {{ removeWebhookSubscription(input: {{ id: \"{}\" }}) {{ __typename }} }}",
        subscribed.id
    );
    app.query_as(&token, &remove, json!({})).await;
    tokio::time::timeout(Duration::from_secs(5), async {
        while !Entity::find().all(app.store.read()).await.unwrap().is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await
    .unwrap();
    app.restart_with(with_time_limit(5));
    assert_eq!(run(&app, &token, LONG, Some("a")).await["__typename"], "RunScenarioSuccessPayload");
}

/// Keys of a project expire by the clock of that project.
#[rstest]
#[tokio::test]
async fn a_clock_that_is_ahead_expires_no_key_of_another_project(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let create = "mutation { createUser(input: { idempotencyKey: \"k\" }) {
            ... on CreateUserSuccessPayload { user { id } } } }";
    let first = app.query(create).await;
    let (_, token) = sandbox(&app).await;
    let ran = run(&app, &token, LONG, Some("a")).await;
    assert_eq!(ran["__typename"], "RunScenarioSuccessPayload", "{ran}");
    assert_eq!(app.query(create).await, first);
}
