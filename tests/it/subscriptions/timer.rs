//! Timer events are sent without waiting for the next poll.

use std::time::{Duration, Instant};

use rstest::rstest;
use serde_json::json;
use verigraph::{
    auth::{Audience, Permissions},
    timer::Timer,
};

use super::{Client, EVENTS, processes::wait_for_listener, serve};
use crate::harness::{Db, NewUser, TestApp};

/// The shortest time, of several tries, until a subscription received an event of the timer.
async fn notification_delay(app: &TestApp, token: &str, client: &mut Client, timer: &Timer) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..4 {
        let user = app.user(NewUser::default()).await;
        let start = format!(
            "mutation {{ startIdentification(input: {{ userId: \"{user}\", process: PVID }}) {{
            ... on StartIdentificationSuccessPayload {{ identification {{ id }} }} }} }}"
        );
        let begun = app.query_as(token, &start, json!({})).await;
        let id = begun["startIdentification"]["identification"]["id"].clone();
        assert_eq!(client.next_data("a").await["event"]["eventType"], "Identification.Created");
        // The process also receives its own notification. The next regular poll is far away then.
        tokio::time::sleep(Duration::from_millis(150)).await;
        app.clock.set(app.clock.now().plus_seconds(15 * 60));
        assert_eq!(timer.run_due().await.unwrap(), 1);
        let done = Instant::now();
        let event = client.next_data("a").await;
        best = best.min(done.elapsed());
        assert_eq!(event, json!({ "event": { "eventType": "Identification.Updated", "resourceId": id } }));
    }
    best
}

/// A token that is valid for a day.
async fn token(app: &TestApp) -> String {
    let credential = app.credential(app.project, Permissions::all(), None).await.credential;
    app.token_as(Audience::Graph, credential, Permissions::all(), 86_400).await
}

#[rstest]
#[tokio::test]
async fn an_expiry_is_sent_at_once(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let token = token(&app).await;
    let mut client = Client::open(served.address, &token).await;
    client.listen("a", EVENTS).await;
    let took = notification_delay(&app, &token, &mut client, &Timer::new(&app.app.services)).await;
    assert!(took < Duration::from_millis(400), "{took:?}");
}

#[tokio::test]
async fn an_expiry_by_the_timer_of_another_process_is_sent_at_once() {
    let mut app = TestApp::start(Db::Postgres).await;
    let one = serve(&app).await;
    // Another server on the same database: it shares nothing with the first.
    app.restart();
    let token = token(&app).await;
    let mut client = Client::open(one.address, &token).await;
    client.listen("a", EVENTS).await;
    wait_for_listener(&app, None).await;
    let took = notification_delay(&app, &token, &mut client, &Timer::new(&app.app.services)).await;
    assert!(took < Duration::from_millis(400), "{took:?}");
}
