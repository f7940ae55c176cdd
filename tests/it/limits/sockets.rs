//! Operations of sockets count as in flight until their work ends.

use std::time::Duration;

use serde_json::json;

use super::{is_full_until_released, lock_users, start};
use crate::{harness::Db, subscriptions::Client};

const USERS: &str = "{ users { totalCount edges { node { id } } } }";

#[tokio::test]
async fn an_operation_is_in_flight_until_its_work_ends_even_if_its_socket_closes() {
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
            // The client cancels the operation.
            client.send(json!({ "type": "complete", "id": "1" })).await;
            client.settle().await;
            Some(client)
        };
        tokio::time::sleep(Duration::from_millis(300)).await;
        is_full_until_released(&app, &served, lock).await;
        if let Some(mut client) = kept {
            // The id is free again, and the cancelled result is not sent.
            client.subscribe("1", "{ __typename }").await;
            assert_eq!(client.next().await["payload"], json!({ "data": { "__typename": "Query" } }));
        }
    }
}
