//! Commands wait for a table that is locked for longer than the limit of any request, and log it.

use std::time::Duration;

use rstest::rstest;
use sea_orm::ConnectionTrait;
use verigraph::db::{Pools, Store, dialect::Dialect};

use super::{Place, servers::Server};
use crate::harness::Db;

const POOLS: Pools =
    Pools { connections: 1, wait: Duration::from_secs(10), statement: Duration::from_mins(1) };
/// Longer than the limit of a request's statement, and than SQLite waits for a file lock.
const LOCKED: Duration = Duration::from_secs(7);

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn seed_waits_for_a_locked_table_and_logs_it(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let place = Place::new();
    let url = &place.database_url(db).await;
    place.run_ok(&["project", "create", "People", "--mode", "sandbox", "--database-url", url]);
    let store = Store::open(url, POOLS).await.unwrap();
    let lock = store.begin().await.unwrap();
    if store.dialect() == Dialect::Postgres {
        lock.execute_unprepared("LOCK TABLE users IN ACCESS EXCLUSIVE MODE").await.unwrap();
    }
    let limit = ["--set", "limits.statement_seconds=1", "--set", "limits.pool_wait_seconds=1"];
    let seed = ["seed", "--project", "People", "--users", "3", "--identifications-per-user", "0"];
    let mut command = place.command(&[&seed[..], &limit, &["--database-url", url]].concat());
    command.env("VERIGRAPH_LOG__FORMAT", "json");
    let mut command = Server::of(command);
    let line = command.line().expect("a line that says what it waits for");
    assert!(line["message"].as_str().unwrap().ends_with(": still running"), "{line}");
    tokio::time::sleep(LOCKED).await;
    lock.rollback().await.unwrap();
    let said = command.read_until("");
    assert!(said.contains(" rows in "), "{said}");
    assert!(command.process.wait().unwrap().success());
}
