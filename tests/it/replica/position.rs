//! The header `x-verigraph-position`.

use std::time::{Duration, Instant};

use rstest::rstest;

use super::Replicated;
use crate::harness::{Db, TestApp};

#[tokio::test]
async fn a_read_with_a_position_sees_the_change_or_goes_to_the_primary() {
    let on = Replicated::start(Duration::from_millis(300), None).await;
    on.pause().await;
    let position = on.create("one").await.header("x-verigraph-position").to_owned();
    assert!(position.parse::<verigraph::db::Position>().is_ok(), "`{position}` is no position");
    assert_eq!(on.count(None).await, 0);
    let started = Instant::now();
    assert_eq!(on.count(Some(&position)).await, 1);
    assert!(started.elapsed() >= Duration::from_millis(250), "it did not wait for the replica");
    on.resume().await;
    // From the replica this time: it has replayed the position.
    while on.app.store.for_reading(position.parse().ok()).await.is_none() {}
    assert_eq!(on.count(Some(&position)).await, 1);
}

#[tokio::test]
async fn a_read_waits_for_the_replica_to_have_its_position() {
    let on = Replicated::start(Duration::from_secs(20), None).await;
    on.pause().await;
    let position = on.create("one").await.header("x-verigraph-position").to_owned();
    let started = Instant::now();
    let resumed = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        on.resume().await;
    };
    let (store, ()) = tokio::join!(on.app.store.for_reading(position.parse().ok()), resumed);
    assert!(store.is_some(), "the read went to the primary");
    assert!((200..15_000).contains(&started.elapsed().as_millis()));
    assert_eq!(on.count(Some(&position)).await, 1);
}

#[tokio::test]
async fn every_position_of_an_answer_makes_the_next_read_see_the_change() {
    let on = Replicated::start(Duration::from_millis(100), None).await;
    for number in 1..=100 {
        let position = on.create(&format!("user {number}")).await.header("x-verigraph-position").to_owned();
        assert_eq!(on.count(Some(&position)).await, number);
    }
}

#[rstest]
#[tokio::test]
async fn an_invalid_position_is_rejected_on_every_surface(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let token = format!("Bearer {}", app.token);
    for path in ["/graphql?query={viewer{permissions}}", "/v2/users/x", "/api/v2/verifications"] {
        let get = async |position: &str| {
            app.get(path, &[("authorization", &token), ("x-verigraph-position", position)]).await
        };
        for position in ["undefined", "", "16", "0/1/2"] {
            let answer = get(position).await;
            assert_eq!(answer.status, 400, "{path} {position}: {}", answer.text);
            assert!(answer.text.contains("the header x-verigraph-position is invalid"), "{}", answer.text);
        }
        assert_ne!(get("0/16B3748").await.status, 400, "{path}");
    }
}

#[rstest]
#[tokio::test]
async fn answers_without_a_replica_have_no_position_and_cost_no_statement(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let body = serde_json::json!({ "query": "mutation { createVerificationLevel(input: { name: \"One\", index: 1 }) { __typename } }" });
    let answer = app.post(&app.token, &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.header("x-verigraph-position"), "");
    let statements = app.take_statements();
    assert!(!statements.is_empty() && statements.iter().all(|sql| !sql.contains("lsn")), "{statements:?}");
}
