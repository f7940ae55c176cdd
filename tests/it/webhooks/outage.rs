//! A receiver that is down for hours misses no event.

use std::collections::{BTreeSet, HashMap};

use entity::{event, webhook_delivery::Status};
use rstest::rstest;
use sea_orm::{EntityTrait, QueryOrder};
use uuid::Uuid;
use verigraph::event::{
    Kind,
    store::{NewEvent, record},
};

use super::{Received, Receiver, advance_clock, deliver_all, deliveries, subscribe, with_receivers, worker};
use crate::harness::{Db, TestApp};

const EVENTS: usize = 10_000;
const OBJECTS: usize = 2_500;

/// Records this many events, for all objects in turn.
async fn record_events(app: &TestApp, first: usize, count: usize) {
    let transaction = app.store.begin().await.unwrap();
    for number in first..first + count {
        let resource = Uuid::from_u128(u128::try_from(number % OBJECTS).unwrap() + 1);
        let (project, kind) = (app.project, Kind::ProofingRequestUpdated);
        let happened = NewEvent { project, kind, resource, user: None, detail: None, version: None };
        record(&transaction, &app.clock, happened).await.unwrap();
    }
    transaction.commit().await.unwrap();
}

#[rstest]
#[tokio::test]
async fn after_a_six_hour_outage_10000_events_arrive_in_the_order_of_their_objects(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receiver = Receiver::start().await;
    receiver.answer(503);
    let subscribed = subscribe(&app, &app.token, &receiver.url, "").await;
    let worker = worker(&app);
    let steps = 6 * 60 / 2;
    for step in 0..steps {
        let (from, to) = (step * EVENTS / steps, (step + 1) * EVENTS / steps);
        record_events(&app, from, to - from).await;
        deliver_all(&worker).await;
        advance_clock(&app, 2 * 60);
    }
    let missed = receiver.take();
    assert!((5..200).contains(&missed.len()), "an endpoint that is down was tried {} times", missed.len());

    receiver.answer(200);
    // The longest delay until a next attempt.
    for _ in 0..27 {
        deliver_all(&worker).await;
        advance_clock(&app, 3600);
    }
    assert!(deliveries(&app, subscribed.id).await.iter().all(|it| it.status == Status::Delivered));

    let events =
        event::Entity::find().order_by_asc(event::Column::Sequence).all(app.store.read()).await.unwrap();
    assert_eq!(events.len(), EVENTS);
    let arrived = receiver.take();
    let ids: BTreeSet<Uuid> = arrived.iter().map(Received::id).collect();
    assert_eq!(ids, events.iter().map(|event| event.id).collect::<BTreeSet<_>>());
    // Earlier attempts had the id of the successful one.
    assert!(missed.iter().all(|it| ids.contains(&it.id())));
    let mut of_objects: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for it in &arrived {
        let mine = of_objects.entry(it.resource()).or_default();
        if !mine.contains(&it.id()) {
            mine.push(it.id());
        }
    }
    let mut expected: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for event in events {
        expected.entry(event.resource_id).or_default().push(event.id);
    }
    assert_eq!(of_objects, expected);
}
