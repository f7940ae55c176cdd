//! A real backup of the database, made before an erasure and restored after it.

use std::fs;

use sea_orm::{ConnectionTrait, Database};
use serde_json::{Value, json};

use super::{
    Place,
    servers::{ask, serve_on},
    text,
};
use crate::harness::database;

/// Runs a statement on a database of the same cluster.
async fn execute(url: &str, sql: &str) {
    let db = Database::connect(url).await.unwrap();
    db.execute_unprepared(sql).await.unwrap();
    db.close().await.unwrap();
}

/// Runs a document on a server of the directory, and stops the server.
async fn run(place: &Place, url: &str, query: &str) -> Value {
    let (server, address, token) = serve_on(place, "Bank", url).await;
    let mut body = ask(address, &token, query).await;
    assert_eq!(body.get("errors"), None, "{body}");
    assert!(server.end("-TERM").0.success());
    body["data"].take()
}

async fn the_person_stays_erased(place: &Place, url: &str, backup: impl AsyncFn(), restore: impl AsyncFn()) {
    place.run_ok(&["project", "create", "Bank", "--database-url", url]);
    let create =
        "mutation { createUser(input: { firstName: \"Ada\", lastName: \"Lovelace\", refId: \"ada\" }) {
        ... on CreateUserSuccessPayload { user { id } } } }";
    let made = run(place, url, create).await;
    let id = made["createUser"]["user"]["id"].as_str().unwrap().to_owned();
    backup().await;
    let erase = format!("mutation {{ eraseUser(input: {{ userId: \"{id}\" }}) {{ __typename }} }}");
    let erased = run(place, url, &erase).await;
    assert_eq!(erased["eraseUser"]["__typename"], "EraseUserSuccessPayload");
    let user = format!("{{ user(id: \"{id}\") {{ status refId firstName lastName }} }}");
    let expected =
        json!({ "user": { "status": "Erased", "refId": null, "firstName": null, "lastName": null } });
    restore().await;
    // The first command that opens the database repeats the erasure, and later ones have nothing to do.
    for is_first in [true, false] {
        let status = place.run(&["keys", "status", "--database-url", url]);
        assert!(status.status.success());
        let log = text(&status.stderr);
        assert_eq!(log.contains("erased users that a restored backup"), is_first, "{log}");
    }
    assert_eq!(run(place, url, &user).await, expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn erasure_survives_a_restored_sqlite_backup() {
    let place = Place::new();
    let (file, copy) = (place.path("data/verigraph.db"), place.path("backup.db"));
    let url = format!("sqlite://{}", file.display());
    let backup = async || execute(&url, &format!("VACUUM INTO '{}'", copy.display())).await;
    let restore = async || {
        for name in ["data/verigraph.db-wal", "data/verigraph.db-shm"] {
            drop(fs::remove_file(place.path(name)));
        }
        fs::copy(&copy, &file).unwrap();
    };
    the_person_stays_erased(&place, &url, backup, restore).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn erasure_survives_a_restored_postgresql_backup() {
    let place = Place::new();
    let url = database().await;
    let (base, name) = url.rsplit_once('/').unwrap();
    let admin = format!("{base}/postgres");
    let backup = async || execute(&admin, &format!("CREATE DATABASE {name}_backup TEMPLATE {name}")).await;
    let restore = async || {
        execute(&admin, &format!("DROP DATABASE {name}")).await;
        execute(&admin, &format!("CREATE DATABASE {name} TEMPLATE {name}_backup")).await;
    };
    the_person_stays_erased(&place, &url, backup, restore).await;
}
