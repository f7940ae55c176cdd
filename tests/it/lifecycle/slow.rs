//! Moving a clock while a webhook endpoint does not respond.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{Router, http::StatusCode};
use entity::{Timestamp, project::Mode, webhook_delivery};
use rstest::rstest;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use uuid::Uuid;
use verigraph::{
    auth::Permissions,
    config::{Config, Webhooks},
};

use super::mutate_as;
use crate::{
    harness::{Db, NewUser, TestApp},
    webhooks::{Receiver, deliveries, subscribe},
};

const MOVED: &str =
    "... on AdvanceSandboxClockSuccessPayload { from to remaining happenings { at type resourceId } }";
/// Time limit of a request, in seconds.
const SECONDS: u64 = 3;

/// A server with that limit, and with receivers on the same machine.
fn with_time_limit(mut app: TestApp) -> TestApp {
    let webhooks = Webhooks { allow_private: true, ..Webhooks::default() };
    let mut config = Config { webhooks, ..Config::default() };
    config.limits.query_seconds = SECONDS;
    app.restart_with(config);
    app
}

/// An endpoint that accepts connections and never responds, until it is dropped.
async fn silent_endpoint() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    (listener, url)
}

/// An endpoint that responds slowly, and the number of its requests.
async fn slow() -> (String, Arc<AtomicUsize>) {
    let (listener, url) = silent_endpoint().await;
    let received = Arc::new(AtomicUsize::new(0));
    let seen = received.clone();
    let answer = async move || {
        tokio::time::sleep(Duration::from_millis(300)).await;
        seen.fetch_add(1, Ordering::SeqCst);
        StatusCode::NO_CONTENT
    };
    let router = Router::new().fallback(answer);
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (url, received)
}

/// A Sandbox project, and a token of it.
async fn sandbox(app: &TestApp) -> (Uuid, String) {
    let project = app.project_of(Mode::Sandbox).await;
    (project, app.token_for(project, Permissions::all(), None).await)
}

/// Starts an identification, which expires in a day.
async fn start(app: &TestApp, project: Uuid, token: &str) {
    let user = app.user(NewUser { project: Some(project), ..NewUser::default() }).await;
    let input = format!("userId: \"{user}\", process: Expert");
    mutate_as(app, token, "startIdentification", &input, "").await;
}

/// Moves the clock until it has arrived. Returns the number of moves, and the time and type of each event.
async fn move_clock(app: &TestApp, token: &str, by: &str) -> (usize, Vec<(Value, Value)>) {
    let (mut moves, mut left, mut all) = (0, json!(by), Vec::new());
    while left != "PT0S" {
        assert!(moves < 50, "it never arrives: {all:?}");
        let begun = Instant::now();
        let input = format!("by: {left}");
        let moved = mutate_as(app, token, "advanceSandboxClock", &input, MOVED).await;
        assert!(begun.elapsed() < Duration::from_secs(SECONDS), "{:?}", begun.elapsed());
        assert_eq!(moved["__typename"], "AdvanceSandboxClockSuccessPayload", "{moved}");
        // The clock has the requested time; time does not pass otherwise in this test.
        let clock = app.query_as(token, "{ sandboxClock { now } }", json!({})).await;
        assert_eq!(clock["sandboxClock"]["now"], moved["to"]);
        let happened = moved["happenings"].as_array().unwrap().iter();
        all.extend(happened.map(|it| (it["at"].clone(), it["type"].clone())));
        left = moved["remaining"].clone();
        moves += 1;
    }
    (moves, all)
}

#[rstest]
#[tokio::test]
async fn a_clock_move_past_a_silent_endpoint_ends_in_time_with_the_results_of_a_failing_one(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let app = with_time_limit(app);
    let refusing = Receiver::start().await;
    refusing.answer(503);
    let (_silent, endpoint) = silent_endpoint().await;
    let mut seen = Vec::new();
    for url in [refusing.url.as_str(), endpoint.as_str()] {
        let (project, token) = sandbox(&app).await;
        let subscribed = subscribe(&app, &token, url, "").await;
        start(&app, project, &token).await;
        let (moves, happened) = move_clock(&app, &token, "P1DT1H").await;
        // Every attempt is recorded with its result.
        let sent = happened.iter().filter(|(_, what)| what == "WebhooksSent").count();
        let rows = deliveries(&app, subscribed.id).await;
        assert_eq!(rows.iter().map(|row| row.attempts).sum::<i32>(), i32::try_from(sent).unwrap());
        assert!(rows.iter().all(|row| row.leased_until.is_none()), "{rows:?}");
        seen.push((moves, happened, rows[0].last_error.clone(), rows[0].last_status_code));
    }
    let [(_, refused, None, Some(503)), (moves, unanswered, Some(error), None)] = &seen[..] else {
        panic!("{seen:?}");
    };
    assert_eq!(unanswered, refused);
    assert!(*moves > 1 && unanswered.len() > 5, "{moves}: {unanswered:?}");
    assert_eq!(error, "timeout");
    let expired = ("2026-01-16T12:00:00.000Z".into(), "IdentificationExpired".into());
    assert_eq!(unanswered.iter().filter(|it| **it == expired).count(), 1, "{unanswered:?}");
}

#[rstest]
#[tokio::test]
async fn a_delivery_to_another_endpoint_is_kept_and_not_repeated(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = with_time_limit(app);
    let (project, token) = sandbox(&app).await;
    let receiver = Receiver::start().await;
    let (_silent, endpoint) = silent_endpoint().await;
    subscribe(&app, &token, &endpoint, "").await;
    // Of deliveries due at the same time the older endpoint's is sent first; its delay must not affect this
    // one.
    app.clock.set(Timestamp(app.clock.now().0 + 1));
    let well = subscribe(&app, &token, &receiver.url, "").await;
    start(&app, project, &token).await;
    let (moves, _) = move_clock(&app, &token, "P1DT1H").await;
    assert!(moves > 1);
    let received: Vec<Value> = receiver.take().iter().map(|it| it.json()["eventType"].clone()).collect();
    assert_eq!(received, ["Identification.Created", "Identification.Updated"]);
    let rows = deliveries(&app, well.id).await;
    assert!(
        rows.iter().all(|row| row.status == webhook_delivery::Status::Delivered && row.attempts == 1),
        "{rows:?}"
    );
}

/// More deliveries are due to one endpoint at one time than the limit allows, and it accepts all of them
/// slowly.
#[rstest]
#[tokio::test]
async fn deliveries_that_exceed_the_time_limit_are_left_for_the_next_move(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let app = with_time_limit(app);
    let (project, token) = sandbox(&app).await;
    let (endpoint, received) = slow().await;
    let subscribed = subscribe(&app, &token, &endpoint, "").await;
    for _ in 0..60 {
        start(&app, project, &token).await;
    }
    let (moves, happened) = move_clock(&app, &token, "PT1S").await;
    assert!(moves > 1);
    let at = json!("2026-01-15T12:00:00.000Z");
    assert!(!happened.is_empty() && happened.iter().all(|it| it.0 == at), "{happened:?}");
    let rows = deliveries(&app, subscribed.id).await;
    let once = (webhook_delivery::Status::Delivered, 1, None);
    assert!(rows.iter().all(|row| (row.status, row.attempts, row.leased_until) == once), "{rows:?}");
    assert_eq!((rows.len(), received.load(Ordering::SeqCst)), (60, 60));
}
