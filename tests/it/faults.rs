//! Failures below the server: its errors are bounded and masked, and it recovers without a restart.

mod away;
mod endless;
mod schema;
mod storage;
mod surfaces;

use std::time::{Duration, Instant};

use rstest::rstest;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use verigraph::{
    config::Config,
    crypto::{self, RootKey},
    db::Pools,
};

use crate::harness::{Answer, Cluster, Db, NewUser, TestApp};

const USERS: &str = "{ users { edges { node { refId } } } }";

/// The default limits of time, with fewer connections.
const POOLS: Pools =
    Pools { connections: 4, wait: Duration::from_secs(1), statement: Duration::from_secs(3) };

async fn on_its_own_cluster() -> (Cluster, TestApp) {
    let cluster = tokio::task::spawn_blocking(Cluster::start).await.unwrap();
    let url = cluster.database("faults").await;
    let app = TestApp::on(Db::Postgres, &url, Config::default(), POOLS, tempfile::tempdir().unwrap()).await;
    (cluster, app)
}

async fn ask(app: &TestApp, query: &str) -> Answer {
    app.post(&app.token, &json!({ "query": query })).await
}

/// The body of an internal error: a code and the request id, without any detail.
fn fault(answer: &Answer) -> Value {
    let extensions = json!({ "code": "INTERNAL", "requestId": answer.header("x-request-id") });
    json!({ "errors": [{ "message": "internal error", "extensions": extensions }] })
}

async fn recovered(app: &TestApp) {
    let started = Instant::now();
    while app.get("/readyz", &[]).await.status != 200 {
        assert!(started.elapsed() < Duration::from_secs(30), "the server did not recover");
    }
}

#[tokio::test]
async fn an_unavailable_database_is_reported_and_reconnected() {
    let (cluster, app) = on_its_own_cluster().await;
    app.user(NewUser { ref_id: Some("a"), ..NewUser::default() }).await;
    assert_eq!(app.get("/readyz", &[]).await.status, 200);
    cluster.stop();

    let ready = app.get("/readyz", &[]).await;
    assert_eq!((ready.status.as_u16(), ready.text.lines().count()), (503, 1));
    assert_eq!(app.get("/healthz", &[]).await.text, "ok\n");
    for _ in 0..3 {
        let answer = ask(&app, USERS).await;
        // Either the token could not be looked up, or it was cached and the field failed.
        assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (503, "1"));
        assert_eq!(answer.code(), "UNAVAILABLE");
        let message = "the database is not available: try again in a moment";
        assert_eq!(answer.json()["errors"][0]["message"], message);
    }

    cluster.restart();
    recovered(&app).await;
    let expected = json!({ "data": { "users": { "edges": [{ "node": { "refId": "a" } }] } } });
    for _ in 0..20 {
        assert_eq!(ask(&app, USERS).await.json(), expected);
    }
    assert_eq!(app.get("/healthz", &[]).await.status, 200);
}

/// A recently used connection is not tested first, so one request fails when it is found to be broken.
#[tokio::test]
async fn a_database_restart_fails_at_most_one_request_per_connection() {
    let (cluster, app) = on_its_own_cluster().await;
    let held = futures_util::future::join_all((0..POOLS.connections).map(|_| app.store.begin())).await;
    for transaction in held {
        transaction.unwrap().rollback().await.unwrap();
    }
    cluster.stop();
    cluster.restart();
    let mut failed = 0;
    for _ in 0..40 {
        let answer = ask(&app, USERS).await;
        failed += u32::from(answer.status != 200 || answer.json().get("errors").is_some());
    }
    println!("{failed} requests failed after a restart of the database");
    assert!(failed <= POOLS.connections, "{failed}");
}

#[rstest]
#[tokio::test]
async fn a_field_whose_table_is_missing_is_null_and_its_siblings_are_returned(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    app.user(NewUser { ref_id: Some("a"), tags: &["vip"], ..NewUser::default() }).await;
    let cascade = if app.db == Db::Postgres { " CASCADE" } else { "" };
    app.store.write().execute_unprepared(&format!("DROP TABLE user_tags{cascade}")).await.unwrap();
    let answer =
        ask(&app, "{ users { totalCount edges { node { refId tags fullName } } } viewer { tagLimits } }")
            .await;
    let extensions = fault(&answer)["errors"][0]["extensions"].take();
    let error = json!({
        "message": "internal error",
        "locations": [{ "line": 1, "column": 43 }],
        "path": ["users", "edges", 0, "node", "tags"],
        "extensions": extensions,
    });
    let node = json!({ "refId": "a", "tags": null, "fullName": "Ada Muster" });
    let data = json!({
        "users": { "totalCount": 1, "edges": [{ "node": node }] },
        "viewer": { "tagLimits": null },
    });
    assert_eq!((answer.status.as_u16(), answer.json()), (200, json!({ "data": data, "errors": [error] })));
    assert!(!answer.text.to_lowercase().contains("user_tags"), "{}", answer.text);
}

#[rstest]
#[tokio::test]
async fn a_database_of_another_root_key_is_rejected(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let place = "the first key";
    crypto::claim(&app.store, &app.root, place).await.unwrap();
    crypto::claim(&app.store, &app.root, place).await.unwrap();
    let other = RootKey::parse("b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVybzE=").unwrap();
    let refused = crypto::claim(&app.store, &other, "the file other.key").await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        "this database belongs to another root key than `the file other.key`: start with the key file it was \
             created with (--root-key-file), or its content in VERIGRAPH_ROOT_KEY"
    );
    crypto::claim(&app.store, &app.root, place).await.unwrap();
}
