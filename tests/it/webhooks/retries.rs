//! Failed deliveries are retried by the schedule; a failing endpoint is tried less and less often.

use entity::{webhook_delivery::Status, webhook_subscription};
use rstest::rstest;
use serde_json::json;
use verigraph::{event::Kind, webhook::rules::RETRIES};

use super::{
    Receiver, advance_clock, deliver_all, deliveries, fresh_token, record_event, row, subscribe, update,
    with_receivers, worker,
};
use crate::harness::{Db, TestApp};

#[rstest]
#[tokio::test]
async fn attempts_follow_the_retry_schedule_under_one_id_and_then_fail(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receiver = Receiver::start().await;
    receiver.answer(503);
    let subscribed = subscribe(&app, &app.token, &receiver.url, "").await;
    record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    for (made, delay) in RETRIES.iter().enumerate() {
        // Not before nine tenths of the delay, and certainly after eleven tenths.
        if *delay > 0 {
            advance_clock(&app, delay * 9 / 10 - 1);
            assert_eq!(deliver_all(&worker(&app)).await, 0, "before attempt {}", made + 1);
            advance_clock(&app, delay - delay * 9 / 10 + 1 + delay / 10 + 1);
        }
        assert_eq!(deliver_all(&worker(&app)).await, 1, "attempt {}", made + 1);
        let log = &deliveries(&app, subscribed.id).await[0];
        assert_eq!(log.attempts, i32::try_from(made).unwrap() + 1);
        assert_eq!(log.last_status_code, Some(503));
    }
    let log = &deliveries(&app, subscribed.id).await[0];
    assert_eq!((log.status, log.next_attempt_at), (Status::Failed, None));
    advance_clock(&app, 100 * 24 * 3600);
    assert_eq!(deliver_all(&worker(&app)).await, 0);
    let received = receiver.take();
    assert_eq!(received.len(), RETRIES.len());
    assert!(received.iter().all(|it| it.id() == log.event_id && it.body == received[0].body));
    let timestamp = |at: usize| received[at].headers["webhook-timestamp"].clone();
    assert_ne!(timestamp(0), timestamp(9), "each attempt is signed anew");
}

#[rstest]
#[tokio::test]
async fn after_five_failures_one_delivery_at_a_time_is_sent_until_one_succeeds(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receiver = Receiver::start().await;
    receiver.answer(500);
    let subscribed = subscribe(&app, &app.token, &receiver.url, "").await;
    for _ in 0..40 {
        record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    }
    let tried = deliver_all(&worker(&app)).await;
    // Deliveries that were in progress at the fifth failure are completed.
    assert!((5..5 + 8).contains(&tried), "{tried}");
    for _ in 0..3 {
        assert_eq!(deliver_all(&worker(&app)).await, 0);
        advance_clock(&app, 5 * 60);
        assert_eq!(deliver_all(&worker(&app)).await, 1);
    }
    receiver.answer(200);
    receiver.take();
    advance_clock(&app, 5 * 60);
    let arrived = deliver_all(&worker(&app)).await;
    assert!(arrived >= 40 - 16, "{arrived}");
    let health = row(&app, subscribed.id).await;
    assert_eq!((health.consecutive_failures, health.failing_since, health.paused_until), (0, None, None));
}

#[rstest]
#[tokio::test]
async fn a_failing_endpoint_delays_no_other(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let (down, up) = (Receiver::start().await, Receiver::start().await);
    down.answer(500);
    for receiver in [&down, &up] {
        subscribe(&app, &app.token, &receiver.url, "").await;
    }
    for _ in 0..20 {
        record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    }
    deliver_all(&worker(&app)).await;
    assert_eq!(up.take().len(), 20);
}

#[rstest]
#[tokio::test]
async fn an_endpoint_is_broken_after_five_days_of_failures_and_can_be_reactivated(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receiver = Receiver::start().await;
    receiver.answer(500);
    let subscribed = subscribe(&app, &app.token, &receiver.url, "").await;
    for _ in 0..20 {
        record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
        deliver_all(&worker(&app)).await;
        assert_eq!(row(&app, subscribed.id).await.status, webhook_subscription::Status::Active);
        advance_clock(&app, 6 * 3600 - 1);
    }
    advance_clock(&app, 60);
    assert_eq!(deliver_all(&worker(&app)).await, 1);
    assert_eq!(row(&app, subscribed.id).await.status, webhook_subscription::Status::Broken);
    // Nothing is sent any more, and events recorded meanwhile are not delivered.
    let before = deliveries(&app, subscribed.id).await.len();
    record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    advance_clock(&app, 24 * 3600);
    assert_eq!(deliver_all(&worker(&app)).await, 0);
    assert_eq!(deliveries(&app, subscribed.id).await.len(), before);
    receiver.answer(200);
    receiver.take();
    let healed = update(&app, subscribed.id, "status: Active").await;
    assert_eq!(healed["webhookSubscription"]["status"], "Active");
    deliver_all(&worker(&app)).await;
    advance_clock(&app, 27 * 3600);
    deliver_all(&worker(&app)).await;
    let left = deliveries(&app, subscribed.id).await;
    // The oldest delivery had failed for good before the endpoint was broken.
    let count = |status| left.iter().filter(|it| it.status == status).count();
    assert_eq!((count(Status::Pending), count(Status::Delivered) + count(Status::Failed)), (0, before));
    assert_eq!(receiver.take().len(), count(Status::Delivered));
    assert!(count(Status::Delivered) > 10, "{}", count(Status::Delivered));
}

#[rstest]
#[tokio::test]
async fn an_endpoint_that_answers_410_is_broken_at_once(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receiver = Receiver::start().await;
    receiver.answer(410);
    let subscribed = subscribe(&app, &app.token, &receiver.url, "").await;
    record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    assert_eq!(deliver_all(&worker(&app)).await, 1);
    assert_eq!(row(&app, subscribed.id).await.status, webhook_subscription::Status::Broken);
    advance_clock(&app, 60);
    assert_eq!(deliver_all(&worker(&app)).await, 0);
    let shown =
        app.query(&format!("{{ webhookSubscription(id: \"{}\") {{ status }} }}", subscribed.id)).await;
    assert_eq!(shown, json!({ "webhookSubscription": { "status": "Broken" } }));
}

#[rstest]
#[tokio::test]
async fn completed_deliveries_can_be_replayed_and_pending_ones_cannot(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receiver = Receiver::start().await;
    let subscribed = subscribe(&app, &app.token, &receiver.url, "").await;
    record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    let id = deliveries(&app, subscribed.id).await[0].id;
    let replay = async || {
        let document = format!(
            "mutation {{ replayWebhookEvent(input: {{ webhookEventLogId: \"{id}\" }}) {{
                    __typename ... on ReplayWebhookEventSuccessPayload {{ webhookEventLog {{ id status attempts }} }} }} }}"
        );
        app.query_as(&fresh_token(&app).await, &document, json!({})).await["replayWebhookEvent"].take()
    };
    assert_eq!(replay().await, json!({ "__typename": "WebhookEventPendingRejection" }));
    receiver.answer(500);
    for delay in RETRIES {
        advance_clock(&app, delay + delay / 10 + 1);
        deliver_all(&worker(&app)).await;
    }
    assert_eq!(deliveries(&app, subscribed.id).await[0].status, Status::Failed);
    update(&app, subscribed.id, "status: Active").await;
    receiver.answer(200);
    for _ in 0..2 {
        let log = json!({ "id": id, "status": "Pending", "attempts": 0 });
        let done = json!({ "__typename": "ReplayWebhookEventSuccessPayload", "webhookEventLog": log });
        assert_eq!(replay().await, done);
        assert_eq!(deliver_all(&worker(&app)).await, 1);
        assert_eq!(deliveries(&app, subscribed.id).await[0].status, Status::Delivered);
    }
    let received = receiver.take();
    assert_eq!(received.len(), RETRIES.len() + 2);
    assert!(received.iter().all(|it| it.id() == received[0].id()));
}
