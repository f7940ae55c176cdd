//! In a Sandbox project whose clock is ahead, values that are checked outside of the server use the machine's
//! clock.

use rstest::rstest;
use serde_json::json;
use verigraph::{auth::Permissions, blob::Ticket, event::Kind};

use super::{Receiver, deliver_all, record_event, settings, subscribe, worker};
use crate::{
    authorization::lifecycle::to_sandbox,
    harness::{Db, NewSession, NewUser, TestApp},
    lifecycle::mutate,
};

const DAY: i64 = 24 * 3600;

#[rstest]
#[tokio::test]
async fn external_checks_use_the_machine_clock_while_the_project_clock_is_ahead(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let mut app = TestApp::start(db).await;
    to_sandbox(&app, app.project).await;
    app.restart_with(settings());
    mutate(&app, "advanceSandboxClock", "by: \"P10D\"", "").await;
    let machine = app.clock.now();
    let receiver = Receiver::start().await;
    let subscription = subscribe(&app, &app.token, &receiver.url, "").await.id;

    // Signatures of deliveries and of probes.
    record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    deliver_all(&worker(&app)).await;
    mutate(&app, "probeWebhookEndpoint", &format!("id: \"{subscription}\""), "").await;
    let received = receiver.take();
    assert!(received.len() >= 2, "{}", received.len());
    for it in &received {
        let at = it.headers["webhook-timestamp"].to_str().unwrap();
        assert_eq!(at, machine.seconds().to_string(), "{}", it.body);
    }

    // The time until which the previous secret signs.
    let rotated = "... on WebhookSubscriptionSuccessPayload { webhookSubscription { previousSecretUntil } }";
    let input = format!("id: \"{subscription}\", rotateSecret: true");
    let rotated = mutate(&app, "updateWebhookSubscription", &input, rotated).await;
    assert_eq!(rotated["webhookSubscription"]["previousSecretUntil"], "2026-01-16T12:00:00.000Z");
    let signatures = async || {
        mutate(&app, "probeWebhookEndpoint", &format!("id: \"{subscription}\""), "").await;
        let probe = receiver.take().pop().unwrap();
        probe.headers["webhook-signature"].to_str().unwrap().split(' ').count()
    };
    assert_eq!(signatures().await, 2);
    app.clock.set(machine.plus_seconds(DAY));
    assert_eq!(signatures().await, 1);
    app.clock.set(machine);

    // Signed URLs and tokens.
    let user = app.user(NewUser::default()).await;
    let session = app.session(user, NewSession::default()).await.id;
    let expires = |life: i64| verigraph::graphql::DateTime(machine.plus_seconds(life)).text();
    let url = "... on GenerateProofingImageUploadUrlSuccessPayload { expiresAt }";
    let begun = "... on CreateProofingRequestSuccessPayload { requestId }";
    let begun = mutate(&app, "createProofingRequest", &format!("userId: \"{user}\""), begun).await;
    let input = format!("requestId: {}, side: FRONT", begun["requestId"]);
    let upload = mutate(&app, "generateProofingImageUploadUrl", &input, url).await;
    assert_eq!(upload["expiresAt"], expires(Ticket::LIFE), "{upload}");
    let uploads = "... on SubmitSessionDocumentSuccessPayload { uploads { expiresAt } }";
    let input = format!("sessionId: \"{session}\", step: ID_DOCUMENT, images: [FRONT]");
    let uploads = mutate(&app, "submitSessionDocument", &input, uploads).await;
    assert_eq!(uploads["uploads"][0]["expiresAt"], expires(Ticket::LIFE), "{uploads}");
    let token = app.token_of(app.credential, Permissions::all(), 3600).await;
    app.clock.set(machine.plus_seconds(3599));
    assert!(app.run_as(&token, "{ viewer { permissions } }", json!({})).await.get("errors").is_none());
    app.clock.set(machine.plus_seconds(3700));
    assert!(app.run_as(&token, "{ viewer { permissions } }", json!({})).await.get("errors").is_some());
}

#[rstest]
#[tokio::test]
async fn the_clock_of_another_project_does_not_reset_the_probe_limit(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let mut app = TestApp::start(db).await;
    to_sandbox(&app, app.project).await;
    let mut config = settings();
    config.limits.webhook_probes = 2;
    app.restart_with(config);
    let receiver = Receiver::start().await;
    let subscription = subscribe(&app, &app.token, &receiver.url, "").await.id;
    let other = app.project_of(entity::project::Mode::Live).await;
    let other_token = app.token_for(other, Permissions::all(), None).await;
    let others = subscribe(&app, &other_token, &receiver.url, "").await.id;
    let probe = async |token: &str, id| {
        crate::lifecycle::mutate_as(&app, token, "probeWebhookEndpoint", &format!("id: \"{id}\""), "").await["__typename"].take()
    };
    let (fine, over) = ("ProbeWebhookEndpointSuccessPayload", "TooManyWebhookProbesRejection");
    assert_eq!([probe(&app.token, subscription).await, probe(&app.token, subscription).await], [fine, fine]);
    assert_eq!(probe(&other_token, others).await, fine);
    // Moving the clock does not reset the limit either.
    mutate(&app, "advanceSandboxClock", "by: \"PT1M\"", "").await;
    assert_eq!(probe(&app.token, subscription).await, over);
}

#[rstest]
#[tokio::test]
async fn a_sandbox_clock_ends_with_the_year_9999(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    to_sandbox(&app, app.project).await;
    let almost = verigraph::clock::LAST.0 - app.clock.now().0 - 60_000;
    sea_orm::ConnectionTrait::execute_unprepared(
        app.store.write(),
        &format!("UPDATE projects SET clock_ahead = {almost}"),
    )
    .await
    .unwrap();
    let mut app = app;
    app.restart();
    let advance = async |by: &str| {
        let query = format!(
            "mutation {{ advanceSandboxClock(input: {{ by: \"{by}\" }}) {{ __typename ... on AdvanceSandboxClockSuccessPayload {{ to }} }} }}"
        );
        app.run_as(&app.token, &query, json!({})).await
    };
    let refused = advance("PT61S").await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{refused}");
    assert!(refused["errors"][0]["message"].as_str().unwrap().contains("9999"), "{refused}");
    let moved = advance("PT60S").await;
    assert_eq!(moved["data"]["advanceSandboxClock"]["to"], "9999-12-31T23:59:59.999Z", "{moved}");
}
