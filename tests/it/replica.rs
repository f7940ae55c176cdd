//! A real streaming replica whose replay is paused: a read that shows an old state came from it.

mod choice;
mod lag;
mod position;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use verigraph::{
    config::Config,
    db::{DatabaseAddress, Pools, ReplicaLimits},
};

use crate::harness::{Answer, Cluster, Db, TestApp, fast_directory};

const POOLS: Pools =
    Pools { connections: 4, wait: Duration::from_secs(10), statement: Duration::from_secs(10) };

/// A server with a primary and a replica of its own. A cluster of a test that pauses or stops it cannot be
/// shared.
struct Replicated {
    app: TestApp,
    primary: Cluster,
    replica: Cluster,
}

impl Replicated {
    async fn start(wait: Duration, max_lag: Option<Duration>) -> Self {
        let primary = Cluster::start();
        let url = primary.database("scaled").await;
        let replica = primary.replica();
        let directory: TempDir =
            tempfile::Builder::new().prefix("verigraph").tempdir_in(fast_directory()).unwrap();
        let mut app = TestApp::on(Db::Postgres, &url, Config::default(), POOLS, directory).await;
        let reads = replica.url("scaled");
        let address = DatabaseAddress::new(&reads);
        let limits = ReplicaLimits { wait, max_lag };
        let store = app.store.clone().with_replica(&address, POOLS, limits);
        app.store = store.await.unwrap();
        app.restart();
        let this = Self { app, primary, replica };
        this.eventually(true).await;
        this
    }

    /// Waits until reads go to the replica, or until they do not.
    async fn eventually(&self, to_replica: bool) {
        let started = Instant::now();
        while self.app.store.for_reading(None).await.is_some() != to_replica {
            assert!(started.elapsed() < Duration::from_secs(20), "reads go to the replica: {}", !to_replica);
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn pause(&self) {
        self.replica.execute("SELECT pg_wal_replay_pause()").await;
        let started = Instant::now();
        // The pause takes effect at the next record.
        while self.replica.text("SELECT pg_get_wal_replay_pause_state()").await != "paused" {
            assert!(started.elapsed() < Duration::from_secs(20), "the replay was not paused");
            self.primary.execute("SELECT txid_current()").await;
        }
    }

    async fn resume(&self) {
        self.replica.execute("SELECT pg_wal_replay_resume()").await;
    }

    /// Sends a document, with a position if there is one.
    async fn send(&self, query: &str, variables: Value, position: Option<&str>) -> Answer {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let request = axum::http::Request::post("/graphql")
            .header("content-type", "application/json")
            .header("authorization", format!("Bearer {}", self.app.token));
        let request = match position {
            Some(position) => request.header("x-verigraph-position", position),
            None => request,
        };
        self.app.send(request.body(body.into()).unwrap()).await
    }

    /// Creates a user. The answer has a position.
    async fn create(&self, ref_id: &str) -> Answer {
        let query = "mutation($input: CreateUserInput!) { createUser(input: $input) {
            ... on CreateUserSuccessPayload { user { refId } } } }";
        let input = json!({ "refId": ref_id, "firstName": "Ada", "lastName": "King", "tags": [] });
        let answer = self.send(query, json!({ "input": input }), None).await;
        // The selections of a mutation are on the primary.
        assert_eq!(answer.json()["data"]["createUser"]["user"]["refId"], ref_id, "{}", answer.text);
        answer
    }

    /// Number of users that a query counts.
    async fn count(&self, position: Option<&str>) -> u64 {
        let answer = self.send("{ users { totalCount } }", json!({}), position).await;
        answer.json()["data"]["users"]["totalCount"].as_u64().unwrap_or_else(|| panic!("{}", answer.text))
    }
}
