//! `keys rotate` logs what it waits for.

use std::time::Duration;

use rstest::rstest;
use sea_orm::ConnectionTrait;
use verigraph::db::{Pools, Store, dialect::Dialect};

use super::{Place, servers::Server};
use crate::harness::Db;

const POOLS: Pools =
    Pools { connections: 1, wait: Duration::from_secs(10), statement: Duration::from_secs(30) };

/// Reads the log of the command up to a line with this text.
fn until_logged(command: &mut Server, text: &str) {
    loop {
        let line = command.line().unwrap_or_else(|| panic!("no line says `{text}`"));
        if line["message"].as_str().unwrap().contains(text) {
            return;
        }
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rotation_logs_what_it_waits_for(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let place = Place::new();
    let url = &place.database_url(db).await;
    place.run_ok(&["seed", "--users", "3", "--identifications-per-user", "0", "--database-url", url]);
    let store = Store::open(url, POOLS).await.unwrap();
    let is_postgres = store.dialect() == Dialect::Postgres;
    let mut command = place.command(&["keys", "rotate", "--project", "seed", "--database-url", url]);
    command.env("VERIGRAPH_LOG__FORMAT", "json");
    // SQLite locks the whole file, and the command waits for that lock when it opens the database, before the
    // rotation.
    let project = store.begin().await.unwrap();
    let mut command = if is_postgres {
        project.execute_unprepared("SELECT FROM projects FOR UPDATE").await.unwrap();
        let mut command = Server::of(command);
        until_logged(&mut command, "seed: waiting for the project's row");
        project.rollback().await.unwrap();
        command
    } else {
        project.rollback().await.unwrap();
        Server::of(command)
    };
    command.read_until("seed: waiting 10 seconds until every running server uses the new key");
    let users = store.begin().await.unwrap();
    if is_postgres {
        users.execute_unprepared("SELECT FROM users FOR UPDATE").await.unwrap();
    }
    until_logged(&mut command, "seed: waiting for rows of users");
    users.rollback().await.unwrap();
    let said = command.read_until("");
    assert!(said.contains("3 users under the new key") && said.contains("1 old keys deleted"), "{said}");
    assert!(command.process.wait().unwrap().success());
}
