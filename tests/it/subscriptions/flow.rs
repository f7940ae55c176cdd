//! The five subscription fields, and the changes by mutations that they send.

use entity::identification::{Process, Status};
use rstest::rstest;
use serde_json::json;
use verigraph::{event::Kind, graphql::document::Hash};

use super::{Client, EVENTS, mutate, record_event, serve};
use crate::harness::{Db, NewIdentification, NewUser, TestApp};

async fn pending(app: &TestApp, user: uuid::Uuid) -> uuid::Uuid {
    let new = NewIdentification {
        process: Process::Expert,
        status: Status::Pending,
        ..NewIdentification::default()
    };
    app.identification(user, new).await
}

fn valid(id: uuid::Uuid) -> String {
    format!(
        "updateIdentification(input: {{ identificationId: \"{id}\", levels: {{ expert: Valid }} }}) {{ __typename }}"
    )
}

#[rstest]
#[tokio::test]
async fn an_identification_is_sent_with_its_current_state(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let user = app.user(NewUser { ref_id: Some("one"), ..NewUser::default() }).await;
    let id = pending(&app, user).await;
    let mut client = Client::open(served.address, &app.token).await;
    let query = "subscription Told { now: identificationUpdated { ...F } }
                     fragment F on Identification { id status levels { expert { __typename } } user { refId firstName } }";
    client.listen("a", query).await;
    mutate(&app, &valid(id)).await;
    let expected = json!({ "now": {
        "id": id,
        "status": "Valid",
        "levels": { "expert": { "__typename": "ValidIdentificationLevelStatusInfo" } },
        "user": { "refId": "one", "firstName": "Ada" },
    } });
    assert_eq!(client.next_data("a").await, expected);
    client.receives_nothing().await;
}

#[rstest]
#[tokio::test]
async fn a_subscription_can_be_limited_to_one_user(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let (one, other) = (app.user(NewUser::default()).await, app.user(NewUser::default()).await);
    let (of_one, of_other) = (pending(&app, one).await, pending(&app, other).await);
    let mut client = Client::open(served.address, &app.token).await;
    let query = "subscription ($user: ID) { identificationUpdated(userId: $user) { id } }";
    let payload = json!({ "query": query, "variables": { "user": one } });
    client.send(json!({ "type": "subscribe", "id": "a", "payload": payload })).await;
    client.settle().await;
    mutate(&app, &valid(of_other)).await;
    mutate(&app, &valid(of_one)).await;
    assert_eq!(client.next_data("a").await, json!({ "identificationUpdated": { "id": of_one } }));
    client.subscribe("b", "subscription { identificationUpdated(userId: \"nobody\") { id } }").await;
    assert_eq!(client.refused("b").await.0, "BAD_USER_INPUT");
}

#[rstest]
#[tokio::test]
async fn other_objects_are_sent_too(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let user = app.user(NewUser { ref_id: Some("one"), ..NewUser::default() }).await;
    app.level(None, "Level 0", 0).await;
    let level = app.level(None, "Level 1", 1).await;
    let mut client = Client::open(served.address, &app.token).await;
    client.listen("p", "subscription { proofingRequestUpdated { state } }").await;
    client.listen("v", "subscription { verificationGranted { reason currentLevel { name } } }").await;
    client.listen("s", "subscription { verificationSessionUpdated { id status refId } }").await;

    mutate(&app, "createProofingRequest(input: {}) { __typename }").await;
    assert_eq!(client.next_data("p").await, json!({ "proofingRequestUpdated": { "state": "INIT" } }));
    let grant = format!(
        "grantVerificationLevel(input: {{ userId: \"{user}\", levelId: \"{level}\", reason: \"why\" }}) {{ __typename }}"
    );
    mutate(&app, &grant).await;
    let expected =
        json!({ "verificationGranted": { "reason": "why", "currentLevel": { "name": "Level 1" } } });
    assert_eq!(client.next_data("v").await, expected);
    let create = "createVerificationSession(input: { refId: \"one\" }) {
            __typename ... on CreateVerificationSessionSuccessPayload { sessionId } }";
    let id = mutate(&app, create).await["sessionId"].clone();
    let expected =
        json!({ "verificationSessionUpdated": { "id": id, "status": "InProgress", "refId": "one" } });
    assert_eq!(client.next_data("s").await, expected);
    client.receives_nothing().await;
}

#[rstest]
#[tokio::test]
async fn events_have_a_type_a_time_and_a_resource(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let user = app.user(NewUser::default()).await;
    let id = pending(&app, user).await;
    let mut client = Client::open(served.address, &app.token).await;
    let all = "eventId eventType eventDate projectId resourceId userId";
    client.listen("a", &format!("subscription {{ event {{ {all} }} }}")).await;
    client.listen("b", "subscription { event(types: [\"User.Created\"]) { eventType } }").await;
    mutate(&app, &valid(id)).await;
    let mut event = client.next_data("a").await["event"].take();
    assert!(event["eventId"].take().is_string());
    let expected = json!({
        "eventId": null,
        "eventType": "Identification.Updated",
        "eventDate": "2026-01-15T12:00:00.000Z",
        "projectId": app.project,
        "resourceId": id,
        "userId": user,
    });
    assert_eq!(event, expected);
    record_event(&app, Kind::UserCreated, user, Some(user)).await;
    // The two subscriptions can receive it in either order.
    let mut heard = [client.next().await, client.next().await].map(|next| next["id"].clone().to_string());
    heard.sort();
    assert_eq!(heard, ["\"a\"", "\"b\""]);
    client.subscribe("c", "subscription { event(types: [\"Webhook.Probe\"]) { eventType } }").await;
    assert_eq!(client.refused("c").await.0, "BAD_USER_INPUT");
    client.subscribe("d", "subscription { event(types: []) { eventType } }").await;
    assert_eq!(client.refused("d").await.0, "BAD_USER_INPUT");
}

#[rstest]
#[tokio::test]
async fn events_of_one_object_arrive_in_order(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let mut client = Client::open(served.address, &app.token).await;
    client.listen("a", EVENTS).await;
    let ids: Vec<uuid::Uuid> = (1..=60).map(uuid::Uuid::from_u128).collect();
    for id in &ids {
        record_event(&app, Kind::UserCreated, *id, None).await;
    }
    for id in &ids {
        assert_eq!(client.next_data("a").await["event"]["resourceId"], json!(id));
    }
}

#[rstest]
#[tokio::test]
async fn queries_and_mutations_are_answered_over_the_socket(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let user = app.user(NewUser { ref_id: Some("one"), ..NewUser::default() }).await;
    let id = pending(&app, user).await;
    let mut client = Client::open(served.address, &app.token).await;
    client.subscribe("q", "{ user(id: \"one\") { id } }").await;
    assert_eq!(client.next_data("q").await, json!({ "user": { "id": user } }));
    assert_eq!(client.next().await, json!({ "id": "q", "type": "complete" }));
    client.subscribe("q", &format!("mutation {{ {} }}", valid(id))).await;
    let done = json!({ "updateIdentification": { "__typename": "UpdateIdentificationSuccessPayload" } });
    assert_eq!(client.next_data("q").await, done);
    assert_eq!(client.next().await, json!({ "id": "q", "type": "complete" }));
    client.subscribe("q", "{ nobody }").await;
    assert_eq!(client.refused("q").await.0, "GRAPHQL_VALIDATION_FAILED");
    client.subscribe("q", &"{".repeat(50)).await;
    assert_eq!(client.refused("q").await.0, "DOCUMENT_TOO_LARGE");
}

#[rstest]
#[tokio::test]
async fn a_subscription_has_exactly_one_field(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let mut client = Client::open(served.address, &app.token).await;
    for query in [
        "subscription { event { eventId } verificationGranted { id } }",
        "subscription { ...F } fragment F on Subscription { event { eventId } }",
        "subscription { __typename }",
        "subscription { event { nothing } }",
        "subscription { nothing }",
        "subscription { event @skip(if: true) { eventId } }",
    ] {
        client.subscribe("a", query).await;
        assert_eq!(client.refused("a").await.0, "GRAPHQL_VALIDATION_FAILED", "{query}");
    }
    let answer = app.post(&app.token, &json!({ "query": EVENTS })).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "GRAPHQL_VALIDATION_FAILED"));
}

#[rstest]
#[tokio::test]
async fn persisted_documents_work_over_the_socket(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let mut client = Client::open(served.address, &app.token).await;
    let hash = Hash::of(EVENTS).to_string();
    let extensions = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } });
    let by_hash = json!({ "type": "subscribe", "id": "a", "payload": { "extensions": extensions } });
    client.send(by_hash.clone()).await;
    assert_eq!(
        client.refused("a").await,
        ("PERSISTED_QUERY_NOT_FOUND".to_owned(), "PersistedQueryNotFound".to_owned())
    );
    let payload = json!({ "query": EVENTS, "extensions": extensions });
    client.send(json!({ "type": "subscribe", "id": "b", "payload": payload })).await;
    client.settle().await;
    client.send(json!({ "type": "complete", "id": "b" })).await;
    client.send(by_hash).await;
    client.settle().await;
    record_event(&app, Kind::UserCreated, app.project, None).await;
    assert_eq!(client.next_data("a").await["event"]["eventType"], "User.Created");
}
