//! The audit: who changed what, and when. An entry is written in the transaction of its change and is
//! permanent.

mod ids;
mod list;

use axum::{body::Body, http::Request};
use entity::{audit_event, event, project::Mode};
use rstest::rstest;
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};
use serde_json::{Value, json};
use verigraph::{auth::Permissions, timer::Timer};

use crate::{
    harness::{Db, NewSession, NewUser, TestApp},
    lifecycle::{fresh_token, id, mutate, mutate_as, result_type},
};

/// The entries that match a filter, oldest first.
async fn entries(app: &TestApp, filters: &str) -> Vec<Value> {
    let query = format!(
        "{{ auditEvents(first: 100, filters: {{ {filters} }}) {{ edges {{ node {{
            action resourceId userId credential {{ label }} requestId createdAt }} }} }} }}"
    );
    let mut page = app.query_as(&fresh_token(app).await, &query, json!({})).await;
    let edges = page["auditEvents"]["edges"].as_array_mut().unwrap();
    edges.iter_mut().rev().map(|edge| edge["node"].take()).collect()
}

/// The actions of the entries that match a filter.
async fn actions(app: &TestApp, filters: &str) -> Vec<String> {
    let entries = entries(app, filters).await;
    entries.iter().map(|entry| entry["action"].as_str().unwrap().to_owned()).collect()
}

async fn everything(app: &TestApp) -> Vec<audit_event::Model> {
    audit_event::Entity::find()
        .order_by_asc(audit_event::Column::Sequence)
        .all(app.store.read())
        .await
        .unwrap()
}

#[rstest]
#[tokio::test]
async fn an_entry_names_the_credential_and_the_request(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let pair = app.credential(app.project, Permissions::all(), None).await;
    let token = app.token_of(pair.credential, Permissions::all(), 900).await;
    let document = "mutation { createUser(input: { refId: \"ada\" }) { ... on CreateUserSuccessPayload { user { id } } } }";
    let request = Request::post("/graphql")
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {token}"))
        .header("x-request-id", "0af7651916cd43dd8448eb211c80319c")
        .body(Body::from(json!({ "query": document }).to_string()))
        .unwrap();
    let user = id(&app.send(request).await.json()["data"]["createUser"]["user"]);
    let label =
        app.query_as(&token, "{ viewer { credential { label } } }", json!({})).await["viewer"]["credential"]
            .take();
    let entry = json!({
        "action": "User.Created", "resourceId": user, "userId": user, "credential": label,
        "requestId": "0af7651916cd43dd8448eb211c80319c", "createdAt": "2026-01-15T12:00:00.000Z",
    });
    for filter in [format!("userId: \"{user}\""), format!("credentialId: \"{}\"", pair.credential)] {
        assert_eq!(entries(&app, &filter).await, std::slice::from_ref(&entry), "{filter}");
    }
}

#[rstest]
#[tokio::test]
async fn an_entry_of_a_rest_change_names_the_credential(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let pair = app.credential(app.project, Permissions::all(), None).await;
    let token = app.token_of(pair.credential, Permissions::all(), 900).await;
    let request = Request::post("/api/web/v1/idproofing/init")
        .header("content-type", "application/json")
        .header("authorization", token)
        .body(Body::from(json!({ "deviceCheckResult": "ALLOW" }).to_string()))
        .unwrap();
    assert_eq!(app.send(request).await.status, 200);
    assert_eq!(
        actions(&app, &format!("credentialId: \"{}\"", pair.credential)).await,
        ["ProofingRequest.Created"]
    );
}

#[rstest]
#[tokio::test]
async fn changes_without_an_event_have_an_entry(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let token = fresh_token(&app).await;
    let ask =
        async |name: &str, input: &str, fields: &str| mutate_as(&app, &token, name, input, fields).await;
    let before = everything(&app).await.len();
    let made = ask(
        "createCredential",
        "label: \"desk\", permissions: []",
        "... on CreateCredentialSuccessPayload { credential { id } }",
    )
    .await;
    let credential = id(&made["credential"]);
    ask("rotateCredential", &format!("credentialId: \"{credential}\", apiKey: true"), "").await;
    ask("revokeCredential", &format!("credentialId: \"{credential}\""), "").await;
    // The second revocation changes nothing.
    ask("revokeCredential", &format!("credentialId: \"{credential}\""), "").await;
    let fields = "... on CreateVerificationLevelSuccessPayload { verificationLevel { id } }";
    let level =
        id(&ask("createVerificationLevel", "name: \"Level 7\", index: 7", fields).await["verificationLevel"]);
    ask("setGrantPolicy", &format!("identificationLevel: expert, levelId: \"{level}\""), "").await;
    ask("setLevelValidity", "level: expert, days: 365", "").await;
    let hook = "label: \"a\", endpoint: \"https://example.com/\", eventTypes: [\"*\"], status: Disabled";
    let fields = "... on WebhookSubscriptionSuccessPayload { webhookSubscription { id } }";
    let hook = id(&ask("addWebhookSubscription", hook, fields).await["webhookSubscription"]);
    ask("updateWebhookSubscription", &format!("id: \"{hook}\", label: \"b\""), "").await;
    ask("removeWebhookSubscription", &format!("id: \"{hook}\""), "").await;
    let project = app.project.to_string();
    let written = everything(&app).await.split_off(before);
    let written: Vec<_> =
        written.iter().map(|row| (row.action.as_str(), row.resource_id.to_string())).collect();
    let expected = [
        ("Credential.Created", &credential),
        ("Credential.Changed", &credential),
        ("Credential.Revoked", &credential),
        ("VerificationLevel.Created", &level),
        ("GrantPolicy.Set", &project),
        ("LevelValidity.Set", &project),
        ("WebhookSubscription.Added", &hook),
        ("WebhookSubscription.Updated", &hook),
        ("WebhookSubscription.Removed", &hook),
    ];
    let expected: Vec<_> = expected.into_iter().map(|(action, id)| (action, id.clone())).collect();
    assert_eq!(written, expected);
}

#[rstest]
#[tokio::test]
async fn retention_and_clock_changes_have_entries_at_their_time(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let project = app.project_of(Mode::Sandbox).await;
    let token = app.token_for(project, Permissions::all(), None).await;
    let ask = async |name: &str, input: &str| mutate_as(&app, &token, name, input, "").await;
    let (user, now) =
        (app.user(NewUser { project: Some(project), ..NewUser::default() }).await, app.clock.now().0);
    let session =
        NewSession { project: Some(project), created_at: now, updated_at: now, ..NewSession::default() };
    app.session(user, session).await;
    ask("setRetentionPolicy", "dataClass: SessionMetadata, days: 1").await;
    ask("advanceSandboxClock", "by: \"P2D\"").await;
    let rows = everything(&app).await;
    let mine = rows.iter().filter(|row| row.project_id == project && row.resource_id == project);
    let mine: Vec<_> = mine.map(|row| (row.action.as_str(), row.created_at.0 - now)).collect();
    let day = 24 * 60 * 60 * 1000;
    let expected = [("RetentionPolicy.Set", 0), ("Data.Erased", day), ("SandboxClock.Advanced", 2 * day)];
    assert_eq!(mine, expected);
}

#[rstest]
#[tokio::test]
async fn every_event_has_an_entry_and_a_rejection_has_neither(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser { ref_id: Some("ada"), ..NewUser::default() }).await;
    let fields = "... on StartIdentificationSuccessPayload { identification { id } }";
    let started =
        mutate(&app, "startIdentification", &format!("userId: \"{user}\", process: Expert"), fields).await;
    let begun = id(&started["identification"]);
    let report = format!("identificationId: \"{begun}\", levels: {{ expert: Pending }}");
    assert_eq!(
        result_type(&app, "updateIdentification", &report).await,
        "UpdateIdentificationSuccessPayload"
    );
    let again = format!("identificationId: \"{begun}\", levels: {{ expert: Started }}");
    assert_ne!(result_type(&app, "updateIdentification", &again).await, "UpdateIdentificationSuccessPayload");
    assert_eq!(result_type(&app, "createUser", "refId: \"ada\"").await, "RefIdTakenRejection");
    assert_eq!(
        result_type(&app, "updateUser", &format!("userId: \"{user}\", refId: \"eve\"")).await,
        "UpdateUserSuccessPayload"
    );
    let events =
        event::Entity::find().order_by_asc(event::Column::Sequence).all(app.store.read()).await.unwrap();
    let recorded: Vec<_> = events.into_iter().map(|row| (row.kind, row.resource_id, row.user_id)).collect();
    let written = everything(&app).await.into_iter().filter(|row| !row.action.starts_with("Credential."));
    let written: Vec<_> = written.map(|row| (row.action, row.resource_id, row.user_id)).collect();
    assert_eq!(written, recorded);
    let names: Vec<_> = recorded.iter().map(|(kind, ..)| kind.as_str()).collect();
    assert_eq!(names, ["Identification.Created", "Identification.Updated", "User.Updated"]);
}

#[rstest]
#[tokio::test]
async fn an_entry_of_a_timer_event_names_no_credential(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let fields = "... on StartIdentificationSuccessPayload { identification { id } }";
    let begun =
        mutate(&app, "startIdentification", &format!("userId: \"{user}\", process: PVID"), fields).await;
    app.clock.set(app.clock.now().plus_seconds(16 * 60));
    Timer::new(&app.app.services).run_due().await.unwrap();
    let expired = json!({
        "action": "Identification.Updated", "resourceId": id(&begun["identification"]), "userId": user,
        "credential": null, "requestId": null, "createdAt": "2026-01-15T12:16:00.000Z",
    });
    assert_eq!(entries(&app, "actions: [\"Identification.Updated\"]").await, [expired]);
}

#[rstest]
#[tokio::test]
async fn entries_about_a_user_survive_its_erasure(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let name = "Wilhelmina";
    let made = mutate(
        &app,
        "createUser",
        &format!("refId: \"wilhelmina-1\", firstName: \"{name}\""),
        "... on CreateUserSuccessPayload { user { id } }",
    )
    .await;
    let user = id(&made["user"]);
    assert_eq!(
        result_type(&app, "eraseUser", &format!("userId: \"{user}\"")).await,
        "EraseUserSuccessPayload"
    );
    assert_eq!(actions(&app, &format!("userId: \"{user}\"")).await, ["User.Created", "User.Erased"]);
    let rows = format!("{:?}", everything(&app).await);
    assert!(!rows.to_lowercase().contains("wilhelmina"), "{rows}");
}

#[rstest]
#[tokio::test]
async fn the_database_rejects_updates_and_deletes_of_entries(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    app.credential(app.project, Permissions::all(), None).await;
    let before = everything(&app).await;
    assert!(!before.is_empty());
    for sql in ["UPDATE audit_events SET action = 'x'", "DELETE FROM audit_events"] {
        let refused = app.store.write().execute_unprepared(sql).await.unwrap_err().to_string();
        assert!(refused.contains("audit events are never changed"), "{sql}: {refused}");
    }
    assert_eq!(everything(&app).await, before);
}

#[test]
fn there_is_no_actor_outside_of_a_request() {
    assert_eq!(verigraph::audit::actor::now(), verigraph::audit::actor::By::default());
}
