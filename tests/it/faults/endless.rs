//! SQLite statements that never finish: their thread is free again after a cancellation.

use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, DbErr, Statement};
use verigraph::db::{
    Pools, Store,
    failure::{Cause, cause},
};

use crate::harness::{Db, NewUser, TestApp};

const NUMBERS: &str = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers)";
/// Maximum delay of another statement by a cancelled one.
const SOON: Duration = Duration::from_secs(2);

fn pools(statement: Duration) -> Pools {
    Pools { connections: 1, wait: Duration::from_secs(5), statement }
}

async fn file() -> (TestApp, String) {
    let app = TestApp::start(Db::Sqlite).await;
    app.user(NewUser::default()).await;
    let url = format!("sqlite://{}", app.directory().join("test.db").display());
    app.store.close().await;
    (app, url)
}

async fn number(on: &impl ConnectionTrait, sql: &str) -> Result<i64, DbErr> {
    let row = on.query_one_raw(Statement::from_string(sea_orm::DbBackend::Sqlite, sql)).await?;
    row.unwrap().try_get_by_index(0)
}

/// Whether no reader holds an older snapshot of the file.
async fn is_free(store: &Store) -> bool {
    store.write().execute_unprepared("UPDATE projects SET name = name").await.unwrap();
    number(store.write(), "PRAGMA wal_checkpoint(TRUNCATE)").await.unwrap() == 0
}

#[tokio::test]
async fn a_slow_read_is_interrupted() {
    let (_app, url) = file().await;
    let store = Store::open(&url, pools(Duration::from_secs(1))).await.unwrap();
    let started = Instant::now();
    let endless = format!("{NUMBERS} SELECT count(*) FROM numbers, users");
    let error = number(store.read(), &endless).await.unwrap_err();
    assert_eq!(cause(&error), Cause::Slow, "{error}");
    assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
    let started = Instant::now();
    assert_eq!(number(store.read(), "SELECT count(*) FROM users").await.unwrap(), 1);
    while !is_free(&store).await {
        assert!(started.elapsed() < SOON, "the statement still reads");
    }
}

#[tokio::test]
async fn a_slow_write_is_interrupted_and_releases_its_lock() {
    let (_app, url) = file().await;
    let store = Store::open(&url, pools(Duration::from_secs(1))).await.unwrap();
    let other = Store::open(&url, pools(Duration::from_secs(5))).await.unwrap();
    let endless = format!("{NUMBERS} UPDATE projects SET name = (SELECT count(*) FROM numbers)");
    let transaction = store.begin().await.unwrap();
    transaction.execute_unprepared("UPDATE projects SET name = 'half'").await.unwrap();
    let error = transaction.execute_unprepared(&endless).await.unwrap_err();
    assert_eq!(cause(&error), Cause::Slow, "{error}");
    assert!(transaction.commit().await.is_err());
    for store in [&other, &store] {
        let started = Instant::now();
        store
            .write()
            .execute_unprepared("UPDATE projects SET name = 'after' WHERE name <> 'half'")
            .await
            .unwrap();
        assert!(started.elapsed() < SOON, "{:?}", started.elapsed());
    }
    assert_eq!(number(other.read(), "SELECT count(*) FROM projects WHERE name = 'after'").await.unwrap(), 1);
}

/// The caller disconnects long before the limit.
#[tokio::test]
async fn an_abandoned_statement_is_interrupted() {
    let (_app, url) = file().await;
    let store = Store::open(&url, pools(Duration::from_mins(5))).await.unwrap();
    let endless = format!("{NUMBERS} SELECT count(*) FROM numbers, users");
    for _ in 0..5 {
        let waited = tokio::time::timeout(Duration::from_millis(50), number(store.read(), &endless)).await;
        assert!(waited.is_err());
        let started = Instant::now();
        // The store has one connection for reads.
        assert_eq!(number(store.read(), "SELECT count(*) FROM users").await.unwrap(), 1);
        while !is_free(&store).await {
            assert!(started.elapsed() < SOON, "the statement still reads");
        }
    }
}

#[tokio::test]
async fn a_deadline_applies_to_its_own_statement_only() {
    let (_app, url) = file().await;
    let store = Store::open(&url, pools(Duration::from_millis(300))).await.unwrap();
    let long = format!("{NUMBERS} SELECT count(*) FROM (SELECT n FROM numbers LIMIT 200000)");
    assert_eq!(number(store.write(), "SELECT 1").await.unwrap(), 1);
    tokio::time::sleep(Duration::from_millis(400)).await;
    // Migrations run on the same connection and have no limit.
    assert_eq!(number(&store.for_migrations(), &long).await.unwrap(), 200_000);
    // A command has no limit either.
    let commands = Store::open(&url, pools(Duration::ZERO)).await.unwrap();
    let longer = format!("{NUMBERS} SELECT count(*) FROM (SELECT n FROM numbers LIMIT 3000000)");
    assert_eq!(number(commands.read(), &longer).await.unwrap(), 3_000_000);
}
