//! Limits of subscriptions and probes of a project, and the deletion of old events.

use entity::event;
use futures_util::future::join_all;
use rstest::rstest;
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder};
use serde_json::{Value, json};
use verigraph::{auth::Permissions, event::Kind};

use super::{Receiver, advance_clock, deliver_all, record_event, settings, subscribe, worker};
use crate::harness::{Db, TestApp};

fn limited(mut app: TestApp, subscriptions: u64, probes: u64) -> TestApp {
    let mut config = settings();
    config.limits.webhook_subscriptions = subscriptions;
    config.limits.webhook_probes = probes;
    app.restart_with(config);
    app
}

async fn add(app: &TestApp, token: &str, rest: &str) -> Value {
    let document = format!(
        "mutation {{ done: addWebhookSubscription(input: {{
            label: \"a\", endpoint: \"http://127.0.0.1:1/\", eventTypes: [\"*\"], {rest} }}) {{
            __typename ... on Rejection {{ message }}
            ... on WebhookSubscriptionSuccessPayload {{ webhookSubscription {{ id }} }} }} }}"
    );
    app.query_as(token, &document, json!({})).await["done"].take()
}

async fn probe(app: &TestApp, token: &str, id: uuid::Uuid) -> Value {
    let document = format!(
        "mutation {{ done: probeWebhookEndpoint(input: {{ id: \"{id}\" }}) {{
            __typename ... on Rejection {{ message }} }} }}"
    );
    app.query_as(token, &document, json!({})).await["done"].take()
}

async fn events(app: &TestApp) -> u64 {
    event::Entity::find().count(app.store.read()).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn the_number_of_subscriptions_of_a_project_is_limited(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = limited(app, 3, 10);
    let first = add(&app, &app.token, "idempotencyKey: \"a\"").await;
    let id = first["webhookSubscription"]["id"].as_str().unwrap().to_owned();
    // Also for concurrent requests: two are left.
    let outcomes = join_all((0..6).map(|_| add(&app, &app.token, ""))).await;
    let added = outcomes.iter().filter(|it| it["__typename"] == "WebhookSubscriptionSuccessPayload").count();
    assert_eq!(added, 2, "{outcomes:?}");
    let refused = json!({
        "__typename": "TooManyWebhookSubscriptionsRejection",
        "message": "a project has at most 3 webhook subscriptions (`limits.webhook_subscriptions`): remove one first",
    });
    assert_eq!(add(&app, &app.token, "status: Disabled").await, refused);
    // A replayed request adds none, and another project has its own limit.
    assert_eq!(add(&app, &app.token, "idempotencyKey: \"a\"").await, first);
    let other = app.token_for(app.new_project().await, Permissions::all(), None).await;
    assert_eq!(add(&app, &other, "").await["__typename"], "WebhookSubscriptionSuccessPayload");
    app.query(&format!(
        "mutation {{ removeWebhookSubscription(input: {{ id: \"{id}\" }}) {{ __typename }} }}"
    ))
    .await;
    assert_eq!(add(&app, &app.token, "").await["__typename"], "WebhookSubscriptionSuccessPayload");
}

#[rstest]
#[tokio::test]
async fn the_number_of_probes_of_a_project_per_minute_is_limited(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = limited(app, 10, 2);
    let receiver = Receiver::start().await;
    let ids = [
        subscribe(&app, &app.token, &receiver.url, "").await.id,
        subscribe(&app, &app.token, &receiver.url, "").await.id,
    ];
    advance_clock(&app, 20);
    for id in ids {
        assert_eq!(probe(&app, &app.token, id).await["__typename"], "ProbeWebhookEndpointSuccessPayload");
    }
    let refused = json!({
        "__typename": "TooManyWebhookProbesRejection",
        "message": "a project may probe its endpoints 2 times a minute (`limits.webhook_probes`): try again in 40 s",
    });
    for id in ids {
        assert_eq!(probe(&app, &app.token, id).await, refused);
    }
    assert_eq!(receiver.take().len(), 2);
    let other = app.new_project().await;
    let other = app.token_for(other, Permissions::all(), None).await;
    let theirs = subscribe(&app, &other, &receiver.url, "").await.id;
    assert_eq!(probe(&app, &other, theirs).await["__typename"], "ProbeWebhookEndpointSuccessPayload");
    advance_clock(&app, 40);
    assert_eq!(probe(&app, &app.token, ids[0]).await["__typename"], "ProbeWebhookEndpointSuccessPayload");
}

#[rstest]
#[tokio::test]
async fn old_events_are_deleted_once_no_delivery_refers_to_them(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = limited(app, 10, 10);
    let receiver = Receiver::start().await;
    // These events have no deliveries.
    for _ in 0..5 {
        record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    }
    subscribe(&app, &app.token, &receiver.url, "").await;
    let resource = app.clock.new_id();
    record_event(&app, app.project, Kind::UserCreated, resource, None).await;
    deliver_all(&worker(&app)).await;
    // The delivery of this event stays pending.
    receiver.answer(500);
    let stuck = app.clock.new_id();
    record_event(&app, app.project, Kind::UserCreated, stuck, None).await;
    deliver_all(&worker(&app)).await;
    let worker = worker(&app);
    assert_eq!(worker.forget_events().await.unwrap(), 0);
    advance_clock(&app, 30 * 24 * 3600 + 1);
    // In batches; events with a delivery are kept, whether it succeeded or not.
    assert_eq!(
        verigraph::event::store::delete_old(&app.store, app.project, app.clock.now(), 2).await.unwrap(),
        2
    );
    assert_eq!(worker.forget_events().await.unwrap(), 3);
    assert_eq!((worker.forget_old().await.unwrap(), worker.forget_events().await.unwrap()), (1, 1));
    let left = event::Entity::find().all(app.store.read()).await.unwrap();
    assert_eq!(left.iter().map(|event| event.resource_id).collect::<Vec<_>>(), [stuck]);
}

/// Event numbers only increase, although `SQLite` continues from the largest existing one.
#[rstest]
#[tokio::test]
async fn the_newest_event_is_not_deleted(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for _ in 0..3 {
        record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    }
    advance_clock(&app, 31 * 24 * 3600);
    let worker = worker(&app);
    assert_eq!((worker.forget_events().await.unwrap(), events(&app).await), (2, 1));
    let newest = async || {
        let rows = event::Entity::find().order_by_desc(event::Column::Sequence);
        rows.one(app.store.read()).await.unwrap().unwrap().sequence
    };
    let before = newest().await;
    record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    assert!(newest().await > before);
    assert_eq!(worker.forget_events().await.unwrap(), 1);
}
