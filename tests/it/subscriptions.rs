//! Subscriptions: permitted clients receive events as they occur, over a WebSocket.

mod client;
mod flow;
mod processes;
mod protocol;
mod rejection;
mod scope;
mod slow;
mod standing;
mod timer;

use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::{
    config::{Config, Limits},
    event::{
        Kind,
        store::{NewEvent, record},
    },
};

pub use self::client::Client;
use crate::harness::{Served, TestApp};

/// Settings with other limits.
pub fn limited(change: impl FnOnce(&mut Limits)) -> Config {
    let mut config = Config::default();
    change(&mut config.limits);
    config
}

/// Serves an app on a socket.
pub async fn serve(app: &TestApp) -> Served {
    app.serve(&Config::default()).await
}

/// Records an event about a user of the test's project.
pub async fn record_event(app: &TestApp, kind: Kind, resource: Uuid, user: Option<Uuid>) {
    record_event_in(app, app.project, kind, resource, user).await;
}

/// Records an event about a user of a project.
pub async fn record_event_in(app: &TestApp, project: Uuid, kind: Kind, resource: Uuid, user: Option<Uuid>) {
    let transaction = app.store.begin().await.unwrap();
    let happened = NewEvent { project, kind, resource, user, detail: None, version: None };
    record(&transaction, &app.clock, happened).await.unwrap();
    transaction.commit().await.unwrap();
    app.app.hub.wake();
}

/// Runs a mutation that must succeed.
pub async fn mutate(app: &TestApp, mutation: &str) -> Value {
    let done = app.query_as(&app.token, &format!("mutation {{ done: {mutation} }}"), json!({})).await;
    assert!(done["done"]["__typename"].as_str().unwrap().ends_with("SuccessPayload"), "{done}");
    done["done"].clone()
}

pub const EVENTS: &str = "subscription { event { eventType resourceId } }";
