//! Creating a request twice with one idempotency key.

use std::collections::BTreeSet;

use entity::{idempotency_key, proofing_request};
use futures_util::future::join_all;
use rstest::rstest;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use verigraph::{auth::Permissions, timer::Timer};

use crate::harness::{Db, NewUser, TestApp};

const REUSED: &str = "IdempotencyKeyReusedRejection";

/// The result of creating a request with this input.
async fn start_request(app: &TestApp, token: &str, input: &str) -> Value {
    let query = format!(
        "mutation {{ begun: createProofingRequest(input: {{ {input} }}) {{ __typename
         ... on CreateProofingRequestSuccessPayload {{ requestId }} }} }}"
    );
    app.query_as(token, &query, json!({})).await["begun"].take()
}

async fn requests(app: &TestApp) -> u64 {
    proofing_request::Entity::find().count(app.store.write()).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn the_same_key_and_input_return_the_same_request_for_a_day(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let input = format!("userId: \"{user}\", deviceCheckResult: ALLOW, idempotencyKey: \"the-key_1\"");
    let first = start_request(&app, &app.token, &input).await;
    assert_eq!(first["__typename"], "CreateProofingRequestSuccessPayload");
    app.clock.set(app.clock.now().plus_seconds(24 * 3600 - 1));
    let token = app.token_of(app.credential, Permissions::all(), 3600).await;
    assert_eq!(start_request(&app, &token, &input).await, first);
    for other in [
        input.replace("ALLOW", "REVIEW"),
        input.replace("deviceCheckResult: ALLOW, ", ""),
        "idempotencyKey: \"the-key_1\"".to_owned(),
    ] {
        assert_eq!(start_request(&app, &token, &other).await["__typename"], REUSED, "{other}");
    }
    assert_eq!(requests(&app).await, 1);
    app.clock.set(app.clock.now().plus_seconds(1));
    let fresh = start_request(&app, &token, &input).await;
    assert_ne!(fresh, first);
    assert_eq!(start_request(&app, &token, &input).await, fresh);
    assert_eq!(requests(&app).await, 2);
}

#[rstest]
#[tokio::test]
async fn concurrent_requests_with_one_key_create_and_count_one_request(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    for round in 1..=4 {
        // With the same input, and with another.
        let inputs = ["", "deviceCheckResult: DENY,"];
        let inputs = (0..12).map(|place| format!("{} idempotencyKey: \"key-{round}\"", inputs[place % 2]));
        let ended = join_all(inputs.map(|input| {
            let app = &app;
            async move { start_request(app, &app.token, &input).await }
        }))
        .await;
        let begun: BTreeSet<&str> = ended.iter().filter_map(|ended| ended["requestId"].as_str()).collect();
        let reused = ended.iter().filter(|ended| ended["__typename"] == REUSED).count();
        assert_eq!((begun.len(), reused), (1, 6), "{}", Value::from(ended.clone()));
        assert_eq!(requests(&app).await, round);
    }
    let total = app.query("{ proofingRequests(first: 0) { totalCount } }").await;
    assert_eq!(total, json!({ "proofingRequests": { "totalCount": 4 } }));
}

#[rstest]
#[tokio::test]
async fn an_invalid_key_is_rejected(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for key in ["", "a b", "ä", &"x".repeat(256)] {
        let query = format!(
            "mutation {{ createProofingRequest(input: {{ idempotencyKey: \"{key}\" }}) {{ __typename }} }}"
        );
        let answer = app.run_as(&app.token, &query, json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{key}: {answer}");
    }
    assert_eq!(requests(&app).await, 0);
}

/// Each use of a key deletes some expired ones, so their number is bounded by the use of one day.
#[rstest]
#[tokio::test]
async fn expired_keys_are_deleted_as_others_are_used(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for place in 0..40 {
        start_request(&app, &app.token, &format!("idempotencyKey: \"old-{place}\"")).await;
    }
    let keys = async || idempotency_key::Entity::find().count(app.store.write()).await.unwrap();
    assert_eq!(keys().await, 40);
    app.clock.set(app.clock.now().plus_seconds(24 * 3600));
    let token = app.token_for(app.project, Permissions::all(), None).await;
    // Two concurrent requests delete different keys.
    let new = (0..3).map(|place| format!("idempotencyKey: \"new-{place}\""));
    join_all(new.map(|input| {
        let (app, token) = (&app, &token);
        async move { start_request(app, token, &input).await }
    }))
    .await;
    start_request(&app, &token, "idempotencyKey: \"new-3\"").await;
    assert_eq!(keys().await, 4);
}

#[rstest]
#[tokio::test]
async fn the_timer_deletes_expired_keys_of_every_project(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let other = app.new_project().await;
    let token = app.token_for(other, Permissions::all(), None).await;
    start_request(&app, &token, "idempotencyKey: \"a\"").await;
    start_request(&app, &app.token, "idempotencyKey: \"b\"").await;
    let timer = Timer::new(&app.app.services);
    app.clock.set(app.clock.now().plus_seconds(24 * 3600 - 1));
    assert_eq!(timer.delete_expired_keys().await.unwrap(), 0);
    app.clock.set(app.clock.now().plus_seconds(1));
    assert_eq!(timer.delete_expired_keys().await.unwrap(), 2);
    assert_eq!(idempotency_key::Entity::find().count(app.store.write()).await.unwrap(), 0);
}
