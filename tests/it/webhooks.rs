//! Webhooks: events of a project are delivered to subscribed endpoints, at least once and in order.

mod ahead;
mod bounds;
mod content;
mod delivery;
mod health;
mod log;
mod management;
mod network;
mod outage;
mod receiver;
mod retries;
mod rotation;
mod tls;
mod workers;

use entity::{Timestamp, webhook_delivery, webhook_subscription};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::{
    auth::Permissions,
    config::{Config, Webhooks},
    event::{
        Kind,
        store::{NewEvent, record},
    },
    webhook::{Secret, SubscriptionKey, Worker},
};

pub use self::receiver::{Received, Receiver};
use crate::harness::TestApp;

/// Settings that allow receivers on the same machine.
pub fn settings() -> Config {
    let webhooks = Webhooks { allow_private: true, ..Webhooks::default() };
    Config { webhooks, ..Config::default() }
}

/// A subscription and its secret.
#[derive(Clone, Debug)]
pub struct Subscribed {
    pub id: Uuid,
    pub secret: Secret,
}

impl Subscribed {
    /// The primary key of the subscription, of the test's project.
    pub fn key(&self, app: &TestApp) -> SubscriptionKey {
        SubscriptionKey { project: app.project, id: self.id }
    }
}

/// Restarts the server so that it allows receivers on the same machine.
pub fn with_receivers(mut app: TestApp) -> TestApp {
    app.restart_with(settings());
    app
}

/// A worker of the server.
pub fn worker(app: &TestApp) -> Worker {
    Worker::new(&app.app.services, &settings().webhooks)
}

/// Adds a subscription to all event types, unless `rest` sets others.
pub async fn subscribe(app: &TestApp, token: &str, endpoint: &str, rest: &str) -> Subscribed {
    let types = if rest.contains("eventTypes") { "" } else { "eventTypes: [\"*\"]" };
    let document = format!(
        "mutation {{ addWebhookSubscription(input: {{ label: \"test\", endpoint: \"{endpoint}\", {types} {rest} }}) {{
            __typename ... on Rejection {{ message }}
            ... on WebhookSubscriptionSuccessPayload {{ secret webhookSubscription {{ id }} }} }} }}"
    );
    let added = &app.query_as(token, &document, json!({})).await["addWebhookSubscription"];
    let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("{added}")).to_owned();
    let id = text(&added["webhookSubscription"]["id"]).parse().unwrap();
    Subscribed { id, secret: Secret::parse(&text(&added["secret"])).unwrap() }
}

/// Records an event about an object of a project.
pub async fn record_event(app: &TestApp, project: Uuid, kind: Kind, resource: Uuid, detail: Option<Value>) {
    let transaction = app.store.begin().await.unwrap();
    let happened = NewEvent { project, kind, resource, user: None, detail, version: None };
    record(&transaction, &app.clock, happened).await.unwrap();
    transaction.commit().await.unwrap();
}

/// Moves the clock by this many seconds.
pub fn advance_clock(app: &TestApp, seconds: i64) {
    app.clock.set(app.clock.now().plus_seconds(seconds));
}

/// Delivers until nothing is due. Returns the number of attempts.
pub async fn deliver_all(worker: &Worker) -> usize {
    let mut tried = 0;
    loop {
        match worker.run_due().await.unwrap() {
            0 => return tried,
            some => tried += some,
        }
    }
}

/// The deliveries of a subscription, the oldest first.
pub async fn deliveries(app: &TestApp, subscription: Uuid) -> Vec<webhook_delivery::Model> {
    let rows = webhook_delivery::Entity::find()
        .filter(webhook_delivery::Column::SubscriptionId.eq(subscription))
        .order_by_asc(webhook_delivery::Column::EventSequence);
    rows.all(app.store.read()).await.unwrap()
}

/// The row of a subscription.
pub async fn row(app: &TestApp, subscription: Uuid) -> webhook_subscription::Model {
    webhook_subscription::Entity::find_by_id((subscription, app.project))
        .one(app.store.read())
        .await
        .unwrap()
        .unwrap()
}

/// A new token with every permission. Earlier tokens expire when a test moves its clock far.
pub async fn fresh_token(app: &TestApp) -> String {
    app.token_for(app.project, Permissions::all(), None).await
}

/// Updates a subscription, and returns the result of the mutation.
pub async fn update(app: &TestApp, id: Uuid, rest: &str) -> Value {
    let document = format!(
        "mutation {{ updateWebhookSubscription(input: {{ id: \"{id}\", {rest} }}) {{
            __typename ... on Rejection {{ message }}
            ... on WebhookSubscriptionSuccessPayload {{
                secret webhookSubscription {{ status label endpoint eventTypes previousSecretUntil }} }} }} }}"
    );
    let token = fresh_token(app).await;
    app.query_as(&token, &document, json!({})).await["updateWebhookSubscription"].take()
}

/// Checks that a delivery is signed with a secret, in both sets of headers.
pub fn is_signed(received: &Received, secret: &Secret) -> bool {
    ["webhook", "svix"].iter().all(|prefix| {
        let header = |name: &str| received.headers[&format!("{prefix}-{name}")].to_str().unwrap().to_owned();
        let at = Timestamp(header("timestamp").parse::<i64>().unwrap() * 1000);
        let expected = secret.sign(&header("id"), at, &received.body);
        header("signature").split(' ').any(|signature| signature == expected)
    })
}
