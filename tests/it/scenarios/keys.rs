//! `runScenario` under an idempotency key: once, also when it is asked twice at the same moment.

use rstest::rstest;
use std::time::Duration;

use axum::{
    Router,
    body::Body,
    http::{Request, header},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::idempotency_key::{Column, Entity};
use http_body_util::BodyExt;
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

/// It waits for longer than a key is remembered, by the clock that it moves.
const LONG: &str = "name: long\nsteps:\n  - user: {}\n  - identification: { process: QES }\n  - wait: { after: P3D }\n  \
                    - identification: { process: QES }\n  - wait: { after: PT1H }\n";

/// Has a scenario run under the key `a` by one of several servers.
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

/// How many users and identifications the project of a token has.
async fn made(app: &TestApp, token: &str) -> (Value, Value) {
    let query = "{ users { totalCount } identifications { totalCount } }";
    let mut seen = app.query_as(token, query, json!({})).await;
    (seen["users"]["totalCount"].take(), seen["identifications"]["totalCount"].take())
}

/// Settings under which a request may take so many seconds, and receivers are on this machine.
pub fn hasty(seconds: u64) -> Config {
    let webhooks = Webhooks { allow_private: true, ..Webhooks::default() };
    let mut config = Config { webhooks, ..Config::default() };
    config.limits.query_seconds = seconds;
    config
}

/// Leaves a key that a scenario was run under with a token as if the process that had claimed it had died.
pub async fn forsake(app: &TestApp, token: &str, key: &str, seconds: i64) {
    let credential = app.caller(token).await.credential.id;
    let key = BASE64_URL_SAFE_NO_PAD.encode(app.root.idempotency_key(credential, key));
    let until = app.clock.now().plus_seconds(seconds);
    let left = Entity::update_many()
        .col_expr(Column::ClaimedUntil, Expr::value(until))
        .col_expr(Column::Refusal, Expr::val(None::<Value>))
        .col_expr(Column::Result, Expr::value(Uuid::from_u128(1)))
        .filter(Column::CredentialId.eq(credential).and(Column::Key.eq(key)))
        .exec(app.store.write())
        .await
        .unwrap();
    assert_eq!(left.rows_affected, 1);
}

#[rstest]
#[tokio::test]
async fn asked_at_once_of_two_servers_it_is_run_once(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let mut app = TestApp::start(db).await;
    let (_, token) = sandbox(&app).await;
    let one = app.router.clone();
    app.restart();
    let other = app.router.clone();
    let asked = [&one, &other, &one, &other].map(|server| run_on(server, &token, LONG));
    let answers = futures_util::future::join_all(asked).await;
    assert_eq!(answers[0]["__typename"], "RunScenarioSuccessPayload", "{}", answers[0]);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(made(&app, &token).await, (json!(1), json!(2)));
    // And later; but not for something else.
    assert_eq!(run(&app, &token, LONG, Some("a")).await, answers[0]);
    assert_eq!(run(&app, &token, "forced", Some("a")).await["__typename"], "IdempotencyKeyReusedRejection");
    assert_eq!(made(&app, &token).await, (json!(1), json!(2)));
}

#[rstest]
#[tokio::test]
async fn who_waits_for_too_long_is_refused_and_a_key_of_the_dead_is_free_in_time(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let mut app = TestApp::start(db).await;
    app.restart_with(hasty(3));
    let (_, token) = sandbox(&app).await;
    let first = run(&app, &token, "forced", Some("a")).await;
    forsake(&app, &token, "a", 10).await;
    let busy = run(&app, &token, "forced", Some("a")).await;
    assert_eq!(busy["__typename"], "IdempotencyKeyBusyRejection");
    assert!(busy["message"].as_str().unwrap().contains("still running"), "{busy}");
    // Somebody else's input is refused at once, as ever.
    assert_eq!(run(&app, &token, "expires", Some("a")).await["__typename"], "IdempotencyKeyReusedRejection");
    assert_eq!(made(&app, &token).await.0, 1);
    app.clock.set(app.clock.now().plus_seconds(10));
    let again = run(&app, &token, "forced", Some("a")).await;
    assert_eq!(again["__typename"], "RunScenarioSuccessPayload", "{again}");
    assert_ne!(again["userId"], first["userId"]);
    assert_eq!(run(&app, &token, "forced", Some("a")).await, again);
    assert_eq!(made(&app, &token).await.0, 2);
}

#[rstest]
#[tokio::test]
async fn a_run_that_took_too_long_gives_its_key_back(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let mut app = TestApp::start(db).await;
    app.restart_with(hasty(2));
    let (_, token) = sandbox(&app).await;
    // Connections are taken, and nothing is answered.
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
    app.restart_with(hasty(5));
    assert_eq!(run(&app, &token, LONG, Some("a")).await["__typename"], "RunScenarioSuccessPayload");
}

/// What is forgotten in a project goes by its own clock.
#[rstest]
#[tokio::test]
async fn a_clock_that_is_ahead_forgets_no_key_of_another_project(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let create = "mutation { createUser(input: { idempotencyKey: \"k\" }) {
            ... on CreateUserSuccessPayload { user { id } } } }";
    let first = app.query(create).await;
    let (_, token) = sandbox(&app).await;
    let ran = run(&app, &token, LONG, Some("a")).await;
    assert_eq!(ran["__typename"], "RunScenarioSuccessPayload", "{ran}");
    assert_eq!(app.query(create).await, first);
}
