//! A full disk at every point of a write: confirmed writes are stored, and writes succeed again afterwards.

use std::time::{Duration, Instant};

use rstest::rstest;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use verigraph::db::{Pools, Store};

use super::recovered;
use crate::harness::{Answer, Db, TestApp};

const POOLS: Pools =
    Pools { connections: 2, wait: Duration::from_secs(5), statement: Duration::from_secs(5) };

async fn create(app: &TestApp, ref_id: &str) -> Answer {
    let name = "x".repeat(200);
    let input = json!({ "refId": ref_id, "firstName": name, "lastName": name, "tags": ["a", "b", "c"] });
    let query = "mutation($input: CreateUserInput!) { createUser(input: $input) {
        ... on CreateUserSuccessPayload { user { id } } } }";
    app.post(&app.token, &json!({ "query": query, "variables": { "input": input } })).await
}

fn is_made(answer: &Answer) -> bool {
    answer.json().pointer("/data/createUser/user/id").is_some_and(Value::is_string)
}

fn assert_full(answer: &Answer) {
    assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (503, "1"), "{}", answer.text);
    assert_eq!(answer.code(), "STORAGE_FULL", "{}", answer.text);
}

/// The users that another store reads, by their `refId`.
async fn seen(store: &Store) -> Vec<String> {
    let sql = "SELECT ref_id FROM users WHERE ref_id IS NOT NULL ORDER BY ref_id";
    let statement = Statement::from_string(store.dialect().backend(), sql);
    let rows = store.read().query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

async fn number(app: &TestApp, pragma: &str) -> i64 {
    let statement = Statement::from_string(app.store.dialect().backend(), pragma);
    app.store.write().query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

async fn has_room_again(app: &TestApp) {
    let started = Instant::now();
    recovered(app).await;
    assert!(started.elapsed() < Duration::from_secs(10), "writes came back late");
}

/// The file may grow by a number of pages, then one more, until the whole write fits.
#[tokio::test]
async fn a_sqlite_write_that_runs_out_of_space_is_rolled_back_and_the_next_one_succeeds() {
    let mut app = TestApp::start(Db::Sqlite).await;
    let url = format!("sqlite://{}", app.directory().join("test.db").display());
    let (mut made, mut failed) = (Vec::new(), 0);
    for more in 0.. {
        assert!(more < 200, "the write never fits");
        // A new store each time: after a full disk, a store retries only every two seconds.
        app.store.close().await;
        app.store = Store::open(&url, POOLS).await.unwrap();
        app.restart();
        let pages = number(&app, "PRAGMA page_count").await;
        number(&app, &format!("PRAGMA max_page_count = {}", pages + more)).await;
        // Several writes, so that each table's last page fills up.
        for n in 0..40 {
            let ref_id = format!("{more:03}-{n:03}");
            let answer = create(&app, &ref_id).await;
            if is_made(&answer) {
                made.push(ref_id);
                continue;
            }
            assert_full(&answer);
            failed += 1;
            let ready = app.get("/readyz", &[]).await;
            assert_eq!(ready.status, 503);
            assert!(ready.text.contains("the database storage is full"), "{}", ready.text);
            // Reads and writes continue: the new connection does not have the limit.
            assert!(app.query("{ users { totalCount } }").await["users"]["totalCount"].is_u64());
            let after = format!("{more:03}-after");
            assert!(is_made(&create(&app, &after).await));
            made.push(after);
            break;
        }
        made.sort();
        assert_eq!(seen(&app.store).await, made, "{more}");
        let fits_all = made.iter().filter(|it| it.starts_with(&format!("{more:03}-"))).count() == 40;
        if fits_all {
            break;
        }
    }
    assert!(failed >= 8, "only {failed} points were tried");
    has_room_again(&app).await;
    // Another process, and the same process after a restart.
    let other = Store::open(&url, POOLS).await.unwrap();
    assert_eq!(seen(&other).await, made);
    other.write().execute_unprepared("UPDATE users SET ref_id = 'b' || ref_id").await.unwrap();
    app.store.close().await;
    other.close().await;
    let again = Store::open(&url, POOLS).await.unwrap();
    assert_eq!(seen(&again).await, made.iter().map(|it| format!("b{it}")).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_full_postgresql_disk_is_reported_and_leaves_no_partial_write() {
    let app = TestApp::start(Db::Postgres).await;
    let function = "CREATE FUNCTION is_full() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END$$";
    app.store.write().execute_unprepared(function).await.unwrap();
    let sql = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1";
    let statement = Statement::from_string(app.store.dialect().backend(), sql);
    let tables = app.store.read().query_all_raw(statement).await.unwrap();
    let (mut made, mut failed) = (Vec::new(), Vec::new());
    for table in tables {
        let table: String = table.try_get_by_index(0).unwrap();
        let trigger = format!(
            "CREATE TRIGGER fault BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION is_full()"
        );
        app.store.write().execute_unprepared(&trigger).await.unwrap();
        let answer = create(&app, &table).await;
        if is_made(&answer) {
            made.push(table.clone());
        } else {
            assert_full(&answer);
            assert_eq!(app.get("/readyz", &[]).await.status, 503);
            failed.push(table.clone());
        }
        app.store.write().execute_unprepared(&format!("DROP TRIGGER fault ON {table}")).await.unwrap();
        let after = format!("{table}-after");
        assert!(is_made(&create(&app, &after).await), "{table}");
        made.push(after);
        made.sort();
        let mut seen = seen(&app.store).await;
        seen.sort();
        assert_eq!(seen, made, "{table}");
    }
    assert!(
        failed.contains(&"users".to_owned()) && failed.contains(&"audit_events".to_owned()),
        "{failed:?}"
    );
    has_room_again(&app).await;
}

#[rstest]
#[tokio::test]
async fn a_transaction_with_a_failed_statement_is_never_reported_as_committed(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let transaction = app.store.begin().await.unwrap();
    let sql = "INSERT INTO no_such_table VALUES (1)";
    assert!(transaction.execute_unprepared(sql).await.is_err());
    let committed = transaction.commit().await;
    // SQLite rolls back only the statement, so there is something to commit.
    assert_eq!(committed.is_err(), app.db == Db::Postgres);
    // Code that ignores the error of an aborted transaction gets it at the commit.
    if app.db == Db::Sqlite {
        let pages = number(&app, "PRAGMA page_count").await;
        let transaction = app.store.begin().await.unwrap();
        transaction.execute_unprepared("CREATE TABLE filler (it BLOB)").await.unwrap();
        transaction.execute_unprepared(&format!("PRAGMA max_page_count = {}", pages + 3)).await.unwrap();
        let large = "INSERT INTO filler VALUES (randomblob(1000000))";
        assert!(transaction.execute_unprepared(large).await.is_err());
        assert!(transaction.execute_unprepared("SELECT 1").await.is_err());
        assert!(transaction.commit().await.is_err());
        assert!(app.store.write().execute_unprepared("SELECT * FROM filler").await.is_err());
    }
}

#[rstest]
#[tokio::test]
async fn an_abandoned_statement_leaves_no_open_transaction(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for _ in 0..20 {
        let transaction = app.store.begin().await.unwrap();
        let sql = "UPDATE projects SET name = 'never'";
        // Abandoned immediately, during the statement or before it.
        drop(tokio::time::timeout(Duration::from_micros(200), transaction.execute_unprepared(sql)).await);
        drop(transaction);
    }
    let transaction = app.store.begin().await.unwrap();
    transaction.execute_unprepared("UPDATE projects SET name = 'kept'").await.unwrap();
    transaction.commit().await.unwrap();
    let sql = "SELECT name FROM projects";
    let statement = Statement::from_string(app.store.dialect().backend(), sql);
    let name: String =
        app.store.read().query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap();
    assert_eq!(name, "kept");
}
