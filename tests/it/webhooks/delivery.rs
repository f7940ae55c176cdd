//! Deliveries: their contents, their receivers, and their order.

use entity::webhook_delivery::Status;
use rstest::rstest;
use serde_json::json;
use uuid::Uuid;
use verigraph::{auth::Permissions, event::Kind};

use super::{
    Received, Receiver, Subscribed, advance_clock, deliver_all, deliveries, is_signed, record_event,
    settings, subscribe, with_receivers, worker,
};
use crate::harness::{Db, NewIdentification, NewUser, TestApp};

#[rstest]
#[tokio::test]
async fn a_delivery_is_signed_and_contains_only_ids(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receiver = Receiver::start().await;
    let subscribed = subscribe(&app, &app.token, &receiver.url, "").await;
    let user = app.user(NewUser::default()).await;
    let new =
        NewIdentification { status: entity::identification::Status::Pending, ..NewIdentification::default() };
    let identification = app.identification(user, new).await;
    app.query(&format!(
        "mutation {{ updateIdentification(input: {{ identificationId: \"{identification}\", levels: {{ expert: Valid }} }}) {{ __typename }} }}"
    )).await;
    assert_eq!(deliver_all(&worker(&app)).await, 1);
    let received = receiver.take();
    assert_eq!(received.len(), 1);
    let event = received[0].id();
    assert_eq!(
        received[0].json(),
        json!({
            "eventType": "Identification.Updated",
            "eventId": event,
            "eventDate": "2026-01-15T12:00:00.000Z",
            "projectId": app.project,
            "resourceId": identification,
            "version": 2,
        })
    );
    let headers = &received[0].headers;
    assert_eq!(headers["content-type"], "application/json");
    assert_eq!(headers["webhook-timestamp"], "1768478400");
    for name in ["id", "timestamp", "signature"] {
        assert_eq!(headers[&format!("webhook-{name}")], headers[&format!("svix-{name}")]);
    }
    assert!(is_signed(&received[0], &subscribed.secret));
    assert!(!is_signed(&received[0], &verigraph::webhook::Secret::random().unwrap()));
    let log = &deliveries(&app, subscribed.id).await[0];
    assert_eq!((log.status, log.attempts, log.last_status_code), (Status::Delivered, 1, Some(204)));
    assert_eq!((log.event_id, log.next_attempt_at, log.leased_until), (event, None, None));
}

#[rstest]
#[tokio::test]
async fn an_endpoint_receives_exactly_the_event_types_of_its_subscription(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receivers =
        [Receiver::start().await, Receiver::start().await, Receiver::start().await, Receiver::start().await];
    let filters = [
        "eventTypes: [\"User.Created\", \"Verification.Granted\"]",
        "eventTypes: [\"*\"], bodyKind: SESSION",
        "eventTypes: [\"VerificationResult.Succeeded\"], bodyKind: RESULT",
        "eventTypes: [\"*\"], status: Disabled",
    ];
    for (receiver, filters) in receivers.iter().zip(filters) {
        subscribe(&app, &app.token, &receiver.url, filters).await;
    }
    let detail = json!({ "status": "successful", "refId": "client-7", "verificationId": "v", "traceId": "t", "correlationId": "c" });
    for kind in Kind::ALL.iter().copied() {
        record_event(&app, app.project, kind, app.clock.new_id(), Some(detail.clone())).await;
    }
    deliver_all(&worker(&app)).await;
    let bodies = receivers.map(|receiver| {
        let mut bodies: Vec<_> = receiver.take().iter().map(|received| received.body.clone()).collect();
        bodies.sort();
        bodies
    });
    let kinds: Vec<_> = bodies[0].iter().map(|body| body[14..].split('"').next().unwrap()).collect();
    assert_eq!(kinds, ["User.Created", "Verification.Granted"]);
    assert_eq!(bodies[1], [r#"{"status":"successful","refId":"client-7","userId":"client-7"}"#; 3]);
    let result = r#"{"type":"verification.succeeded","verificationId":"v","traceId":"t","correlationId":"c","timestamp":1768478400000}"#;
    assert_eq!(bodies[2], [result]);
    assert_eq!(bodies[3], [""; 0]);
}

#[rstest]
#[tokio::test]
async fn nothing_of_one_project_is_delivered_to_another(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let other = app.new_project().await;
    let token = app.token_for(other, Permissions::all(), None).await;
    let (here, there) = (Receiver::start().await, Receiver::start().await);
    subscribe(&app, &app.token, &here.url, "").await;
    subscribe(&app, &token, &there.url, "").await;
    for project in [app.project, app.project, other] {
        record_event(&app, project, Kind::UserCreated, app.clock.new_id(), None).await;
    }
    deliver_all(&worker(&app)).await;
    for (receiver, project, count) in [(&here, app.project, 2), (&there, other, 1)] {
        let received = receiver.take();
        assert_eq!(received.len(), count);
        assert!(received.iter().all(|it| it.json()["projectId"] == json!(project)));
    }
}

#[rstest]
#[tokio::test]
async fn events_of_one_object_arrive_in_order_and_a_failure_delays_only_its_object(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receiver = Receiver::start().await;
    let subscribed = subscribe(&app, &app.token, &receiver.url, "").await;
    let (slow, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
    receiver.answer(500);
    record_event(&app, app.project, Kind::ProofingRequestCreated, slow, None).await;
    deliver_all(&worker(&app)).await;
    receiver.answer(200);
    for resource in [slow, other, other, slow] {
        record_event(&app, app.project, Kind::ProofingRequestUpdated, resource, None).await;
    }
    deliver_all(&worker(&app)).await;
    advance_clock(&app, 10);
    deliver_all(&worker(&app)).await;
    let arrived: Vec<_> = receiver.take().into_iter().filter(|it| it.status == 200).collect();
    let log = deliveries(&app, subscribed.id).await;
    let of = |resource| {
        let mine = log.iter().filter(move |row| row.resource_id == resource);
        mine.map(|row| row.event_id).collect::<Vec<_>>()
    };
    let arrived_of = |resource| {
        let mine = arrived.iter().filter(|it| it.resource() == resource);
        mine.map(Received::id).collect::<Vec<_>>()
    };
    assert_eq!(arrived[0].resource(), other, "another object's events need not wait");
    assert_eq!(arrived_of(slow), of(slow));
    assert_eq!(arrived_of(other), of(other));
    assert_eq!((of(slow).len(), of(other).len()), (3, 2));
}

#[rstest]
#[tokio::test]
async fn a_redirect_is_a_failure_and_is_not_followed(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receiver = Receiver::start().await;
    let subscribed = subscribe(&app, &app.token, &receiver.url, "").await;
    for status in [301, 302, 303, 307, 308] {
        receiver.answer(status);
        record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
        assert_eq!(deliver_all(&worker(&app)).await, 1);
        assert_eq!(receiver.take().len(), 1, "{status}");
        let log = deliveries(&app, subscribed.id).await.pop().unwrap();
        assert_eq!((log.status, log.last_status_code), (Status::Pending, Some(status.into())));
    }
}

#[rstest]
#[tokio::test]
async fn a_delivery_to_an_https_endpoint_is_never_sent_without_tls(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receiver = Receiver::start().await;
    let endpoint = receiver.url.replace("http://", "https://");
    let subscribed = subscribe(&app, &app.token, &endpoint, "").await;
    record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    assert_eq!(deliver_all(&worker(&app)).await, 1);
    assert_eq!(receiver.take().len(), 0);
    let log = &deliveries(&app, subscribed.id).await[0];
    assert_eq!((log.last_error.as_deref(), log.status), (Some("not_connected"), Status::Pending));
}

#[rstest]
#[tokio::test]
async fn a_process_that_may_not_send_to_an_endpoint_leaves_the_delivery_to_another(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let mut app = with_receivers(app);
    let receiver = Receiver::start().await;
    let allowed = worker(&app);
    let subscribed = subscribe(&app, &app.token, &receiver.url, "").await;
    app.restart_with(verigraph::config::Config::default());
    let restricted = worker(&app);
    for _ in 0..3 {
        record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
        assert_eq!(deliver_all(&restricted).await, 0);
        assert_eq!(deliver_all(&allowed).await, 1);
    }
    assert_eq!(receiver.take().len(), 3);
    let all = deliveries(&app, subscribed.id).await;
    assert!(all.iter().all(|log| (log.status, log.attempts) == (Status::Delivered, 1)), "{all:?}");
}

/// The address was allowed when the endpoint was added, or its name resolves to another address now.
#[rstest]
#[tokio::test]
async fn private_addresses_are_rejected_as_literals_and_after_resolution(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let mut app = with_receivers(app);
    let receiver = Receiver::start().await;
    let written = receiver.url.replace("http://", "https://");
    let named = written.replace("127.0.0.1", "localhost");
    let mut subscribed = Vec::new();
    for url in [&receiver.url, &written, &named] {
        subscribed.push(subscribe(&app, &app.token, url, "").await);
    }
    app.restart_with(verigraph::config::Config::default());
    record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    // This process sends nothing and counts no attempt: another process may be allowed to send.
    let restricted = worker(&app);
    assert_eq!(deliver_all(&restricted).await, 0);
    assert_eq!(receiver.take().len(), 0);
    for Subscribed { id, .. } in &subscribed {
        let log = &deliveries(&app, *id).await[0];
        assert_eq!((log.status, log.attempts, log.leased_until), (Status::Pending, 0, None));
    }
    // After an hour without a permitted process the attempt has failed.
    app.clock.set(app.clock.now().plus_seconds(3600));
    assert_eq!(deliver_all(&worker(&app)).await, 3);
    assert_eq!(receiver.take().len(), 0);
    for Subscribed { id, .. } in &subscribed {
        let log = &deliveries(&app, *id).await[0];
        assert_eq!((log.last_error.as_deref(), log.last_status_code), (Some("address_not_allowed"), None));
    }
    // The same name with a permitted address: the policy rejects the address, not the connection.
    app.restart_with(settings());
    let plain = subscribe(&app, &app.token, &receiver.url.replace("127.0.0.1", "localhost"), "").await;
    record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    deliver_all(&worker(&app)).await;
    assert_eq!(deliveries(&app, plain.id).await[0].status, Status::Delivered);
}
