//! How the deliveries of each endpoint went, in numbers.

use entity::{
    Timestamp,
    webhook_delivery::{self, Status},
};
use rstest::rstest;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::auth::Permissions;

use super::{deliveries, subscribe};
use crate::harness::{Db, TestApp};

const HOUR: i64 = 3_600_000;
const HEALTH: &str = "subscription { label } arrived failed waiting oldestWaitingAt p95Milliseconds";

/// Inserts a delivery that was created some hours ago.
async fn delivery(app: &TestApp, subscription: Uuid, status: Status, hours: i64, duration: Option<i32>) {
    let now = app.clock.now();
    let row = webhook_delivery::Model {
        id: app.clock.new_id(),
        project_id: app.project,
        subscription_id: subscription,
        event_id: app.clock.new_id(),
        event_sequence: 1,
        event_type: "User.Created".to_owned(),
        resource_id: app.clock.new_id(),
        status,
        attempts: 1,
        next_attempt_at: (status == Status::Pending).then_some(now),
        leased_until: None,
        last_attempt_at: Some(now),
        last_status_code: None,
        last_duration: duration,
        last_error: None,
        created_at: Timestamp(now.0 - hours * HOUR),
        attempt_log: None,
    };
    let insert = webhook_delivery::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(app.store.write()).await.unwrap();
}

fn health(counts: [i32; 3], oldest: Option<&str>, p95: Option<i32>) -> Value {
    let [arrived, failed, waiting] = counts;
    json!({
        "subscription": { "label": "test" }, "arrived": arrived, "failed": failed, "waiting": waiting,
        "oldestWaitingAt": oldest, "p95Milliseconds": p95,
    })
}

#[rstest]
#[tokio::test]
async fn the_health_of_each_endpoint_counts_what_ended_in_the_period_and_what_waits(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let endpoint = "https://example.com/";
    let busy = subscribe(&app, &app.token, endpoint, "").await.id;
    app.clock.set(app.clock.now().plus_seconds(1));
    subscribe(&app, &app.token, endpoint, "").await;
    let elsewhere = app.new_project().await;
    let stranger = app.token_for(elsewhere, Permissions::all(), None).await;
    subscribe(&app, &stranger, endpoint, "").await;
    // 20 attempts of 1 to 20 ms: 95 of 100 took 19 ms at most.
    for duration in 1..=20 {
        delivery(&app, busy, Status::Delivered, 23, Some(duration)).await;
    }
    delivery(&app, busy, Status::Failed, 0, None).await;
    delivery(&app, busy, Status::Pending, 1, None).await;
    delivery(&app, busy, Status::Pending, 30, None).await;
    for status in [Status::Failed, Status::Delivered] {
        delivery(&app, busy, status, 25, Some(10_000)).await;
    }
    let query = format!(
        "{{ webhookHealth {{ {HEALTH} }} short: webhookHealth(hours: 1) {{ {HEALTH} }}
            long: webhookHealth(hours: 720) {{ {HEALTH} }} }}"
    );
    let oldest = Some("2026-01-14T06:00:01.000Z");
    let idle = || health([0, 0, 0], None, None);
    assert_eq!(
        app.query(&query).await,
        json!({
            "webhookHealth": [idle(), health([20, 1, 2], oldest, Some(19))],
            "short": [idle(), health([0, 1, 2], oldest, None)],
            "long": [idle(), health([21, 2, 2], oldest, Some(10_000))],
        })
    );
    let other = app.query_as(&stranger, &query, json!({})).await;
    assert_eq!(other, json!({ "webhookHealth": [idle()], "short": [idle()], "long": [idle()] }));
    for hours in [0, 721] {
        let query = format!("{{ webhookHealth(hours: {hours}) {{ arrived }} }}");
        let answer = app.run_as(&app.token, &query, json!({})).await;
        assert_eq!(answer["errors"][0]["message"], "invalid argument `hours`: must be between 1 and 720");
    }
}

#[rstest]
#[tokio::test]
async fn failed_deliveries_of_an_endpoint_are_sent_again_a_thousand_at_a_time(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let endpoint = "https://example.com/";
    let one = subscribe(&app, &app.token, endpoint, "").await.id;
    let other = subscribe(&app, &app.token, endpoint, "").await.id;
    let stranger = app.token_for(app.new_project().await, Permissions::all(), None).await;
    for subscription in [one, other] {
        delivery(&app, subscription, Status::Failed, 30, None).await;
        delivery(&app, subscription, Status::Delivered, 1, None).await;
        delivery(&app, subscription, Status::Failed, 1, None).await;
    }
    for _ in 0..1001 {
        delivery(&app, other, Status::Failed, 2, None).await;
    }
    let replay = async |token: &str, id: Uuid, rest: &str| {
        let query = format!(
            "mutation {{ replayFailedWebhookEvents(input: {{ webhookSubscriptionId: \"{id}\" {rest} }}) {{
                __typename ... on ReplayFailedWebhookEventsSuccessPayload {{ replayed remaining }} }} }}"
        );
        app.query_as(token, &query, json!({})).await["replayFailedWebhookEvents"].take()
    };
    let done = |replayed: u64, remaining: u64| {
        let name = "ReplayFailedWebhookEventsSuccessPayload";
        json!({ "__typename": name, "replayed": replayed, "remaining": remaining })
    };
    let refused = replay(&stranger, one, "").await;
    assert_eq!(refused["__typename"], "WebhookSubscriptionNotFoundRejection");
    let recent = ", createdAt: { greaterThanOrEqual: \"2026-01-15T00:00:00Z\" }";
    assert_eq!(replay(&app.token, one, recent).await, done(1, 0));
    assert_eq!(replay(&app.token, one, "").await, done(1, 0));
    assert_eq!(replay(&app.token, one, "").await, done(0, 0), "nothing is failed any more");
    assert_eq!(replay(&app.token, other, "").await, done(1000, 3));
    assert_eq!(replay(&app.token, other, "").await, done(3, 0));
    let rows = deliveries(&app, one).await;
    let pending = rows.iter().filter(|row| row.status == Status::Pending);
    let again: Vec<_> = pending.map(|row| (row.attempts, row.next_attempt_at)).collect();
    assert_eq!(again, [(0, Some(app.clock.now())); 2]);
    let audited = "{ auditEvents(filters: { actions: [\"WebhookEvent.Replayed\"] }) { totalCount } }";
    assert_eq!(app.query(audited).await, json!({ "auditEvents": { "totalCount": 2 + 1003 } }));
}
