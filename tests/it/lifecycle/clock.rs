//! The clock of a Sandbox project.

use entity::project::Mode;
use rstest::rstest;
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::auth::Permissions;

use crate::{
    harness::{Db, NewUser, TestApp},
    webhooks::{Receiver, deliver_all, subscribe, with_receivers, worker},
};

const MOVED: &str =
    "... on AdvanceSandboxClockSuccessPayload { from to remaining happenings { at type resourceId } }";

/// A Sandbox project and a token of it.
async fn sandbox(app: &TestApp) -> (Uuid, String) {
    let project = app.project_of(Mode::Sandbox).await;
    (project, app.token_for(project, Permissions::all(), None).await)
}

async fn advance(app: &TestApp, token: &str, by: &str) -> Value {
    super::mutate_as(app, token, "advanceSandboxClock", &format!("by: \"{by}\""), MOVED).await
}

async fn start(app: &TestApp, token: &str, user: Uuid, process: &str) -> String {
    let input = format!("userId: \"{user}\", process: {process}");
    let fields = "... on StartIdentificationSuccessPayload { identification { id } }";
    super::id(&super::mutate_as(app, token, "startIdentification", &input, fields).await["identification"])
}

/// A part that remains has milliseconds, and is the duration of the next call.
#[rstest]
#[tokio::test]
async fn the_clock_moves_by_fractions_of_a_second(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (_, token) = sandbox(&app).await;
    let moved = advance(&app, &token, "PT1.250S").await;
    assert_eq!((&moved["to"], &moved["remaining"]), (&json!("2026-01-15T12:00:01.250Z"), &json!("PT0S")));
    let document = "{ sandboxClock { ahead } }";
    let ahead = app.query_as(&token, document, json!({})).await["sandboxClock"]["ahead"].take();
    assert_eq!(ahead, "PT1.250S");
    assert_eq!(advance(&app, &token, ahead.as_str().unwrap()).await["to"], "2026-01-15T12:00:02.500Z");
}

#[rstest]
#[tokio::test]
async fn moving_the_clock_applies_due_transitions_in_order_and_lists_them(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (project, token) = sandbox(&app).await;
    let user = app.user(NewUser { project: Some(project), ..NewUser::default() }).await;
    let (slow, quick) = (start(&app, &token, user, "Expert").await, start(&app, &token, user, "PVID").await);
    let happening =
        |at: &str, id: &str| json!({ "at": at, "type": "IdentificationExpired", "resourceId": id });
    assert_eq!(
        advance(&app, &token, "PT24H").await,
        json!({
            "__typename": "AdvanceSandboxClockSuccessPayload",
            "from": "2026-01-15T12:00:00.000Z", "to": "2026-01-16T12:00:00.000Z", "remaining": "PT0S",
            "happenings": [
                happening("2026-01-15T12:15:00.000Z", &quick),
                happening("2026-01-16T12:00:00.000Z", &slow),
            ],
        })
    );
    let document =
        format!("{{ sandboxClock {{ now ahead }} identification(id: \"{quick}\") {{ status updatedAt }} }}");
    let seen = json!({
        "sandboxClock": { "now": "2026-01-16T12:00:00.000Z", "ahead": "P1D" },
        "identification": { "status": "Expired", "updatedAt": "2026-01-15T12:15:00.000Z" },
    });
    assert_eq!(app.query_as(&token, &document, json!({})).await, seen);
    // Another server reads it from the database.
    let mut app = app;
    app.restart();
    assert_eq!(app.query_as(&token, &document, json!({})).await, seen);
    // The rest of the document uses the new time.
    let twice = "mutation { advanceSandboxClock(input: { by: \"PT1H\" }) { __typename }
            createUser(input: {lastName: \"A\"}) { ... on CreateUserSuccessPayload { user { createdAt } } } }";
    let made = app.query_as(&token, twice, json!({})).await;
    assert_eq!(made["createUser"]["user"]["createdAt"], "2026-01-16T13:00:00.000Z");
    // Clocks of other projects do not change.
    let other = app.query("mutation { createUser(input: {lastName: \"A\"}) { ... on CreateUserSuccessPayload { user { createdAt } } } }").await;
    assert_eq!(other["createUser"]["user"]["createdAt"], "2026-01-15T12:00:00.000Z");
}

#[rstest]
#[tokio::test]
async fn webhooks_are_sent_and_retried_by_the_project_clock(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let (project, token) = sandbox(&app).await;
    let receiver = Receiver::start().await;
    receiver.answer(503);
    let subscribed = subscribe(&app, &token, &receiver.url, "").await;
    let user = app.user(NewUser { project: Some(project), ..NewUser::default() }).await;
    start(&app, &token, user, "Expert").await;
    let moved = advance(&app, &token, "PT6M").await;
    let sent = |at: &str| json!({ "at": at, "type": "WebhooksSent", "resourceId": subscribed.id });
    assert_eq!(
        moved["happenings"],
        json!([
            sent("2026-01-15T12:00:00.000Z"),
            sent("2026-01-15T12:00:05.000Z"),
            sent("2026-01-15T12:05:05.000Z")
        ]),
    );
    receiver.answer(200);
    let moved = advance(&app, &token, "PT30M").await;
    assert_eq!(moved["happenings"], json!([sent("2026-01-15T12:35:05.000Z")]));
    let received = receiver.take();
    assert_eq!(received.len(), 4);
    // Receivers check the real time.
    let now = app.clock.now().seconds().to_string();
    assert!(received.iter().all(|it| it.headers["webhook-timestamp"] == now.as_str()));
    // Events at the project's time are sent at once, not days later.
    advance(&app, &token, "P3D").await;
    start(&app, &token, user, "Expert").await;
    assert_eq!(deliver_all(&worker(&app)).await, 1);
}

#[rstest]
#[tokio::test]
async fn a_live_project_uses_the_real_clock(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    assert_eq!(advance(&app, &app.token, "PT1H").await["__typename"], "NotSandboxRejection");
    assert_eq!(app.query("{ sandboxClock { now } }").await, json!({ "sandboxClock": null }));
    let (_, token) = sandbox(&app).await;
    for bad in ["PT0S", "P9999D"] {
        let document =
            format!("mutation {{ advanceSandboxClock(input: {{ by: \"{bad}\" }}) {{ __typename }} }}");
        let answer = app.run_as(&token, &document, json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{bad}");
    }
    let words = "mutation { advanceSandboxClock(input: { by: \"tomorrow\" }) { __typename } }";
    let answer = app.run_as(&token, words, json!({})).await;
    assert!(answer["errors"][0]["message"].as_str().unwrap().contains("PT24H"), "{answer}");
}
