//! Operations of sockets count as work until it ends.

use std::time::{Duration, Instant};

use serde_json::json;

use super::{VIEWER, ask, error, lock_users, start};
use crate::{harness::Db, subscriptions::Client};

const USERS: &str = "{ users { totalCount edges { node { id } } } }";

#[tokio::test]
async fn an_operation_counts_until_its_work_ends_though_its_socket_closed() {
    for is_closed in [true, false] {
        let (app, served) = start(Db::Postgres, |limits| limits.in_flight = 1).await;
        let lock = lock_users(&app).await;
        let mut client = Client::open(served.address, &app.token).await;
        client.subscribe("1", USERS).await;
        client.settle().await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        let kept = if is_closed {
            drop(client);
            None
        } else {
            // The client no longer wants the answer.
            client.send(json!({ "type": "complete", "id": "1" })).await;
            client.settle().await;
            Some(client)
        };
        tokio::time::sleep(Duration::from_millis(300)).await;
        let refused = ask(&served, &app.token, VIEWER).await;
        let message = "too many requests are in flight: the limit is 1 (`limits.in_flight`)";
        assert_eq!(refused.json(), error("OVERLOADED", message));
        lock.rollback().await.unwrap();
        let started = Instant::now();
        while ask(&served, &app.token, VIEWER).await.status != 200 {
            assert!(started.elapsed() < Duration::from_secs(5), "the work of a closed socket does not end");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        if let Some(mut client) = kept {
            // The name is free again, and the answer that was not wanted did not come.
            client.subscribe("1", "{ __typename }").await;
            assert_eq!(client.next().await["payload"], json!({ "data": { "__typename": "Query" } }));
        }
    }
}
