//! What a delivery contains, and its attempts.

use rstest::rstest;
use serde_json::{Value, json};
use verigraph::{
    auth::{Permission, Permissions},
    event::Kind,
    webhook::rules::RETRIES,
};

use super::{
    Receiver, advance_clock, deliver_all, deliveries, fresh_token, record_event, subscribe, with_receivers,
    worker,
};
use crate::{
    erased::erase,
    harness::{Db, TestApp},
};

const QUERY: &str = "{ webhookEventLogs(first: 100) { edges { node { body } } } }";

fn bodies(page: &Value) -> Vec<Option<String>> {
    let edges = page["webhookEventLogs"]["edges"].as_array().unwrap();
    edges.iter().map(|edge| edge["node"]["body"].as_str().map(str::to_owned)).collect()
}

#[rstest]
#[tokio::test]
async fn the_body_of_a_delivery_is_the_text_that_its_endpoint_received(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = with_receivers(TestApp::start(db).await);
    let receiver = Receiver::start().await;
    let mut removed = None;
    for rest in ["", "bodyKind: SESSION", "bodyKind: RESULT"] {
        removed = Some(subscribe(&app, &app.token, &receiver.url, rest).await.id);
    }
    let detail =
        json!({ "status": "successful", "refId": "client-7", "verificationId": "v", "correlationId": "c" });
    for kind in Kind::ALL.iter().copied() {
        record_event(&app, app.project, kind, app.clock.new_id(), Some(detail.clone())).await;
    }
    deliver_all(&worker(&app)).await;
    let mut sent: Vec<String> = receiver.take().into_iter().map(|received| received.body).collect();
    // The body is still shown when the subscription is gone.
    let remove = format!(
        "mutation {{ removeWebhookSubscription(input: {{ id: \"{}\" }}) {{ __typename }} }}",
        removed.unwrap()
    );
    app.query(&remove).await;
    app.take_statements();
    let mut shown: Vec<String> = bodies(&app.query(QUERY).await).into_iter().map(Option::unwrap).collect();
    assert_eq!(app.take_statements().len(), 3, "one for the page, one for the events, one for the kinds");
    sent.sort();
    shown.sort();
    assert_eq!(shown, sent);
    assert!(shown.contains(&r#"{"status":"successful","refId":"client-7","userId":"client-7"}"#.to_owned()));
}

#[rstest]
#[tokio::test]
async fn values_of_a_body_need_the_permission_to_read_them_elsewhere(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = with_receivers(TestApp::start(db).await);
    for (rest, kind) in [
        ("", Kind::UserCreated),
        ("bodyKind: SESSION", Kind::VerificationSessionCompleted),
        ("bodyKind: RESULT", Kind::VerificationResultSucceeded),
    ] {
        let types = format!("eventTypes: [\"{}\"] {rest}", kind.name());
        subscribe(&app, &app.token, "http://127.0.0.1:1/", &types).await;
        advance_clock(&app, 1);
        let detail = json!({ "refId": "client-7", "correlationId": "c" });
        record_event(&app, app.project, kind, app.clock.new_id(), Some(detail)).await;
    }
    // The newest first: result, session, user.
    for (also, expected) in [
        (vec![], [false, false, true]),
        (vec![Permission::SessionsView], [false, true, true]),
        (vec![Permission::ResultsView], [true, false, true]),
        (vec![Permission::SessionsView, Permission::ResultsView], [true, true, true]),
    ] {
        let token = app.token_with(&[&also[..], &[Permission::WebhooksView]].concat()).await;
        let shown = bodies(&app.query_as(&token, QUERY, json!({})).await);
        assert_eq!(shown.iter().map(Option::is_some).collect::<Vec<_>>(), expected, "{also:?}");
    }
    let others = app.token_for(app.new_project().await, Permissions::all(), None).await;
    assert_eq!(bodies(&app.query_as(&others, QUERY, json!({})).await), []);
}

#[rstest]
#[tokio::test]
async fn the_erasure_of_a_user_takes_its_values_out_of_bodies(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = with_receivers(TestApp::start(db).await);
    let receiver = Receiver::start().await;
    let types = "bodyKind: SESSION, eventTypes: [\"VerificationSession.Completed\"]";
    subscribe(&app, &app.token, &receiver.url, types).await;
    let start = "mutation { createVerificationSession(input: { refId: \"client-7\" }) {
        ... on CreateVerificationSessionSuccessPayload { verificationSession { id user { id } } } } }";
    let session = app.query(start).await["createVerificationSession"]["verificationSession"].take();
    let complete = format!(
        "mutation {{ completeVerificationSession(input: {{ sessionId: {}, status: Successful }}) {{ __typename }} }}",
        session["id"]
    );
    app.query(&complete).await;
    deliver_all(&worker(&app)).await;
    let sent: Vec<_> = receiver.take().into_iter().map(|received| Some(received.body)).collect();
    assert_eq!(sent.len(), 1);
    assert!(sent[0].as_ref().unwrap().contains("client-7"));
    assert_eq!(bodies(&app.query(QUERY).await), sent);
    erase(&app, session["user"]["id"].as_str().unwrap().parse().unwrap()).await;
    let blank = r#"{"status":null,"refId":null,"userId":null}"#.to_owned();
    assert_eq!(bodies(&app.query(QUERY).await), [Some(blank)]);
}

#[rstest]
#[tokio::test]
async fn the_log_has_the_last_ten_attempts_also_those_before_a_replay(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = with_receivers(TestApp::start(db).await);
    let receiver = Receiver::start().await;
    receiver.answer(503);
    let subscribed = subscribe(&app, &app.token, &receiver.url, "").await;
    record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    let id = deliveries(&app, subscribed.id).await[0].id;
    let log = async || {
        let query = format!(
            "{{ webhookEventLog(id: \"{id}\") {{ attempts lastDurationMilliseconds
                attemptLog {{ at statusCode durationMilliseconds error }} }} }}"
        );
        app.query_as(&fresh_token(&app).await, &query, json!({})).await["webhookEventLog"].take()
    };
    assert_eq!(log().await, json!({ "attempts": 0, "lastDurationMilliseconds": null, "attemptLog": [] }));
    let mut times = Vec::new();
    for delay in RETRIES {
        advance_clock(&app, delay + delay / 10 + 1);
        assert_eq!(deliver_all(&worker(&app)).await, 1);
        times.push(app.clock.now().to_rfc3339());
    }
    let replay = format!(
        "mutation {{ replayWebhookEvent(input: {{ webhookEventLogId: \"{id}\" }}) {{ __typename }} }}"
    );
    app.query_as(&fresh_token(&app).await, &replay, json!({})).await;
    let heal = format!(
        "mutation {{ updateWebhookSubscription(input: {{ id: \"{}\", status: Active }}) {{ __typename }} }}",
        subscribed.id
    );
    app.query_as(&fresh_token(&app).await, &heal, json!({})).await;
    receiver.answer(204);
    advance_clock(&app, 1);
    assert_eq!(deliver_all(&worker(&app)).await, 1);
    times.push(app.clock.now().to_rfc3339());
    let log = log().await;
    assert_eq!(log["attempts"], 1);
    let attempts = log["attemptLog"].as_array().unwrap();
    let of = |name: &str| attempts.iter().map(|attempt| attempt[name].clone()).collect::<Vec<_>>();
    times.reverse();
    times.truncate(10);
    assert_eq!(of("at"), times);
    assert_eq!(of("statusCode"), [[204].as_slice(), [503; 9].as_slice()].concat());
    assert_eq!(of("error"), vec![Value::Null; 10]);
    assert_eq!(attempts[0]["durationMilliseconds"], log["lastDurationMilliseconds"]);
}

#[rstest]
#[tokio::test]
async fn an_attempt_without_a_response_says_why(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = with_receivers(TestApp::start(db).await);
    // Nothing listens there.
    subscribe(&app, &app.token, "http://127.0.0.1:1/", "").await;
    record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    assert_eq!(deliver_all(&worker(&app)).await, 1);
    let query = "{ webhookEventLogs { edges { node { lastError attemptLog { statusCode error } } } } }";
    let expected = json!({
        "lastError": "not_connected", "attemptLog": [{ "statusCode": null, "error": "not_connected" }],
    });
    assert_eq!(app.query(query).await["webhookEventLogs"]["edges"][0]["node"], expected);
}
