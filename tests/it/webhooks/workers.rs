//! Several workers on one database, and workers that stop without releasing their deliveries.

use std::{collections::BTreeSet, time::Duration};

use entity::webhook_delivery::Status;
use rstest::rstest;
use tokio::sync::watch;
use verigraph::{
    event::Kind,
    webhook::{
        Worker,
        queue::{self, LEASE},
    },
};

use super::{
    Received, Receiver, advance_clock, deliver_all, deliveries, record_event, row, settings, subscribe,
    with_receivers, worker,
};
use crate::harness::{Db, TestApp};

#[rstest]
#[tokio::test]
async fn concurrent_workers_deliver_each_event_once(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receiver = Receiver::start().await;
    subscribe(&app, &app.token, &receiver.url, "").await;
    for _ in 0..400 {
        record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    }
    let (one, other) = (worker(&app), worker(&app));
    let tried = tokio::join!(deliver_all(&one), deliver_all(&other));
    assert_eq!(tried.0 + tried.1, 400);
    let received = receiver.take();
    assert_eq!(received.len(), 400);
    assert_eq!(received.iter().map(Received::id).collect::<BTreeSet<_>>().len(), 400);
}

#[rstest]
#[tokio::test]
async fn a_leased_delivery_is_not_taken_by_another_worker(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receiver = Receiver::start().await;
    let subscribed = subscribe(&app, &app.token, &receiver.url, "").await;
    let resource = app.clock.new_id();
    for _ in 0..3 {
        record_event(&app, app.project, Kind::ProofingRequestUpdated, resource, None).await;
    }
    // A worker leases the delivery and stops.
    let claimed =
        queue::claim(&app.store, app.clock.now(), subscribed.key(&app), 100).await.unwrap().unwrap();
    assert_eq!(claimed.deliveries.len(), 1, "the others about this object wait");
    advance_clock(&app, LEASE - 1);
    assert!(queue::claim(&app.store, app.clock.now(), subscribed.key(&app), 100).await.unwrap().is_none());
    assert_eq!(deliver_all(&worker(&app)).await, 0);
    advance_clock(&app, 1);
    assert_eq!(deliver_all(&worker(&app)).await, 3);
    let ids: Vec<_> = receiver.take().iter().map(Received::id).collect();
    let expected: Vec<_> = deliveries(&app, subscribed.id).await.iter().map(|row| row.event_id).collect();
    assert_eq!(ids, expected);
}

/// A slow worker must not undo what another worker has done since its lease expired.
#[rstest]
#[tokio::test]
async fn a_failure_reported_after_the_lease_changes_nothing(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receiver = Receiver::start().await;
    let subscribed = subscribe(&app, &app.token, &receiver.url, "").await;
    record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    let claimed =
        queue::claim(&app.store, app.clock.now(), subscribed.key(&app), 100).await.unwrap().unwrap();
    advance_clock(&app, LEASE);
    assert_eq!(deliver_all(&worker(&app)).await, 1);
    let late = verigraph::webhook::Sent { outcome: Ok(500), milliseconds: 1 };
    queue::failed(&app.store, app.clock.now(), &claimed.deliveries[0].0, late, 0).await.unwrap();
    let log = &deliveries(&app, subscribed.id).await[0];
    assert_eq!((log.status, log.attempts, log.last_status_code), (Status::Delivered, 1, Some(204)));
    assert_eq!(row(&app, subscribed.id).await.consecutive_failures, 0);
}

#[rstest]
#[tokio::test]
async fn a_running_worker_delivers_events_and_stops_on_request(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receiver = Receiver::start().await;
    subscribe(&app, &app.token, &receiver.url, "").await;
    let settings = verigraph::config::Webhooks { poll_milliseconds: 10, ..settings().webhooks };
    let (stop, stops) = watch::channel(false);
    let running = tokio::spawn(Worker::new(&app.app.services, &settings).run(stops));
    let mut received = Vec::new();
    for round in 1..=3 {
        for _ in 0..20 {
            record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
        }
        for _ in 0..500 {
            received.extend(receiver.take());
            if received.len() >= round * 20 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(received.len(), round * 20);
    }
    stop.send(true).unwrap();
    tokio::time::timeout(Duration::from_secs(10), running).await.expect("it stops").unwrap();
    record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(receiver.take().len(), 0);
}

#[rstest]
#[tokio::test]
async fn successful_deliveries_are_deleted_after_a_month_and_failed_ones_are_kept(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receiver = Receiver::start().await;
    let subscribed = subscribe(&app, &app.token, &receiver.url, "").await;
    for _ in 0..2 {
        record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    }
    deliver_all(&worker(&app)).await;
    receiver.answer(500);
    record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    deliver_all(&worker(&app)).await;
    advance_clock(&app, 30 * 24 * 3600);
    assert_eq!(worker(&app).forget_old().await.unwrap(), 0);
    advance_clock(&app, 1);
    // In batches, so that no statement takes long.
    assert_eq!(queue::forget(&app.store, app.project, app.clock.now(), 1).await.unwrap(), 1);
    assert_eq!(worker(&app).forget_old().await.unwrap(), 1);
    let left = deliveries(&app, subscribed.id).await;
    assert_eq!(left.iter().map(|row| row.status).collect::<Vec<_>>(), [Status::Pending]);
}
