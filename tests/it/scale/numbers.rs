//! Numbers of users and of grants come in blocks for each process: unique, in order within a process, with gaps.

use std::collections::BTreeSet;

use entity::project::Mode;
use futures_util::future::join_all;
use rstest::rstest;
use serde_json::json;
use verigraph::{
    clock::Clock,
    db::{Store, counter},
    project,
    user::store::NUMBERS,
};

use crate::harness::{Db, NewUser, POOLS, TestApp, database};

/// Creates a user and returns its number.
async fn number(app: &TestApp) -> i64 {
    let mutation = "mutation { createUser(input: { firstName: \"Ada\" }) { ... on CreateUserSuccessPayload { user { number } } } }";
    app.query_as(&app.token, mutation, json!({})).await["createUser"]["user"]["number"].as_i64().unwrap()
}

#[rstest]
#[tokio::test]
async fn one_process_counts_from_one_without_gaps(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for expected in 1..=5 {
        assert_eq!(number(&app).await, expected);
    }
}

#[rstest]
#[tokio::test]
async fn concurrent_creations_get_different_numbers(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let numbers: BTreeSet<i64> = join_all((0..30).map(|_| number(&app))).await.into_iter().collect();
    assert_eq!(numbers.len(), 30);
}

#[rstest]
#[tokio::test]
async fn a_number_of_a_transaction_that_is_rolled_back_is_used_by_the_next(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    assert_eq!([number(&app).await, number(&app).await], [1, 2]);
    let transaction = app.store.begin().await.unwrap();
    assert_eq!(counter::next(&transaction, app.project, NUMBERS).await.unwrap(), 3);
    transaction.rollback().await.unwrap();
    assert_eq!(number(&app).await, 3);
}

#[rstest]
#[tokio::test]
async fn a_number_that_an_import_has_used_is_skipped(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    assert_eq!([number(&app).await, number(&app).await], [1, 2]);
    // The block of this process has the numbers up to 101.
    for taken in [3, 4, 250] {
        app.user(NewUser { number: Some(taken), ..NewUser::default() }).await;
    }
    assert_eq!([number(&app).await, number(&app).await], [251, 252]);
}

/// Two stores, as two processes have them.
#[tokio::test]
async fn processes_take_different_blocks() {
    let url = database().await;
    let [one, other] = [Store::open(&url, POOLS).await.unwrap(), Store::open(&url, POOLS).await.unwrap()];
    let created = project::store::create(&one, &Clock::machine(), "one", Mode::Live).await;
    let project = created.unwrap().unwrap().id;
    let mut numbers = Vec::new();
    for store in [&one, &other, &one, &other, &one] {
        let transaction = store.begin().await.unwrap();
        numbers.push(counter::next(&transaction, project, NUMBERS).await.unwrap());
        transaction.commit().await.unwrap();
    }
    assert_eq!(numbers, [1, 102, 2, 103, 3]);
}
