//! The audit: who changed what, and when; with the change or not at all, and for good.

use axum::{body::Body, http::Request};
use entity::{audit_event, event, project::Mode};
use rstest::rstest;
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};
use serde_json::{Value, json};
use verigraph::{
    audit::{Action, Entry, store},
    auth::{Permission, Permissions},
    timer::Timer,
};

use crate::{
    harness::{Db, NewIdentification, NewSession, NewUser, TestApp},
    lifecycle::{ends, fresh, id, mutate, mutate_as},
};

/// The entries that a filter lets through, the earliest first.
async fn entries(app: &TestApp, filters: &str) -> Vec<Value> {
    let query = format!(
        "{{ auditEvents(first: 100, filters: {{ {filters} }}) {{ edges {{ node {{
            action resourceId userId credential {{ label }} requestId createdAt }} }} }} }}"
    );
    let mut page = app.query_as(&fresh(app).await, &query, json!({})).await;
    let edges = page["auditEvents"]["edges"].as_array_mut().unwrap();
    edges.iter_mut().rev().map(|edge| edge["node"].take()).collect()
}

/// What was done.
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
async fn a_change_says_who_asked_for_it_by_which_request(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
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
async fn a_change_over_rest_says_so_too(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
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
async fn what_is_no_event_is_written_down_as_well(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let token = fresh(&app).await;
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
    ask("revokeCredential", &format!("credentialId: \"{credential}\""), "").await;
    // The second time changes nothing.
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
async fn what_goes_by_itself_and_where_a_clock_is_moved_to_is_written_down(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
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
async fn every_event_has_its_entry_and_what_is_refused_has_neither(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser { ref_id: Some("ada"), ..NewUser::default() }).await;
    let fields = "... on StartIdentificationSuccessPayload { identification { id } }";
    let started =
        mutate(&app, "startIdentification", &format!("userId: \"{user}\", process: Expert"), fields).await;
    let begun = id(&started["identification"]);
    let report = format!("identificationId: \"{begun}\", levels: {{ expert: Pending }}");
    assert_eq!(ends(&app, "updateIdentification", &report).await, "UpdateIdentificationSuccessPayload");
    let again = format!("identificationId: \"{begun}\", levels: {{ expert: Started }}");
    assert_ne!(ends(&app, "updateIdentification", &again).await, "UpdateIdentificationSuccessPayload");
    assert_eq!(ends(&app, "createUser", "refId: \"ada\"").await, "RefIdTakenRejection");
    assert_eq!(
        ends(&app, "updateUser", &format!("userId: \"{user}\", refId: \"eve\"")).await,
        "UpdateUserSuccessPayload"
    );
    let events =
        event::Entity::find().order_by_asc(event::Column::Sequence).all(app.store.read()).await.unwrap();
    let told: Vec<_> = events.into_iter().map(|row| (row.kind, row.resource_id, row.user_id)).collect();
    let written = everything(&app).await.into_iter().filter(|row| !row.action.starts_with("Credential."));
    let written: Vec<_> = written.map(|row| (row.action, row.resource_id, row.user_id)).collect();
    assert_eq!(written, told);
    let names: Vec<_> = told.iter().map(|(kind, ..)| kind.as_str()).collect();
    assert_eq!(names, ["Identification.Created", "Identification.Updated", "User.Updated"]);
}

#[rstest]
#[tokio::test]
async fn what_happens_by_itself_names_nobody(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
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
async fn the_entries_about_somebody_outlive_that_person(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
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
    assert_eq!(ends(&app, "eraseUser", &format!("userId: \"{user}\"")).await, "EraseUserSuccessPayload");
    assert_eq!(actions(&app, &format!("userId: \"{user}\"")).await, ["User.Created", "User.Erased"]);
    let rows = format!("{:?}", everything(&app).await);
    assert!(!rows.to_lowercase().contains("wilhelmina"), "{rows}");
}

#[rstest]
#[tokio::test]
async fn the_database_refuses_to_change_an_entry_or_to_delete_it(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
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

#[rstest]
#[tokio::test]
async fn filters_narrow_and_pages_turn(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let project = app.project_of(Mode::Sandbox).await;
    let token = app.token_for(project, Permissions::all(), None).await;
    let start = app.clock.now();
    for (minute, ref_id) in [(0, "a"), (1, "b"), (2, "c")] {
        app.clock.set(start.plus_seconds(minute * 60));
        mutate_as(&app, &token, "createUser", &format!("refId: \"{ref_id}\""), "").await;
    }
    let list = async |arguments: &str| {
        let query = format!(
            "{{ auditEvents({arguments}) {{ totalCount edges {{ cursor node {{ action createdAt }} }} }} }}"
        );
        app.query_as(&token, &query, json!({})).await["auditEvents"].take()
    };
    let users = "actions: [\"User.Created\"]";
    assert_eq!(list(&format!("filters: {{ {users} }}")).await["totalCount"], 3);
    let since =
        "createdAt: { greaterThanOrEqual: \"2026-01-15T12:01:00Z\", lessThan: \"2026-01-15T12:02:00Z\" }";
    assert_eq!(list(&format!("filters: {{ {users}, {since} }}")).await["totalCount"], 1);
    for nobody in ["actions: []", "userId: \"x\"", "resourceId: \"0\"", "credentialId: \"\""] {
        assert_eq!(list(&format!("filters: {{ {nobody} }}")).await["totalCount"], 0, "{nobody}");
    }
    let first = list(&format!("first: 2, filters: {{ {users} }}")).await;
    let at = |page: &Value, place: usize| {
        page["edges"][place]["node"]["createdAt"].as_str().unwrap()[14..16].to_owned()
    };
    assert_eq!((at(&first, 0), at(&first, 1)), ("02".to_owned(), "01".to_owned()));
    let next =
        list(&format!("first: 2, after: {}, filters: {{ {users} }}", first["edges"][1]["cursor"])).await;
    assert_eq!((at(&next, 0), next["edges"].as_array().unwrap().len()), ("00".to_owned(), 1));
}

#[rstest]
#[tokio::test]
async fn only_who_may_reads_it_and_only_its_own_project(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let other = app.new_project().await;
    app.credential(other, Permissions::all(), None).await;
    let user = app.user(NewUser::default()).await;
    app.identification(user, NewIdentification::default()).await;
    let mine = entries(&app, "").await;
    assert!(mine.iter().all(|entry| entry["resourceId"] != json!(other)), "{mine:?}");
    let theirs = app.token_for(other, Permissions::all(), None).await;
    let query = "{ auditEvents { edges { node { action credential { id } } } } }";
    let seen = app.query_as(&theirs, query, json!({})).await;
    assert_eq!(seen["auditEvents"]["edges"].as_array().unwrap().len(), 2, "its two credentials: {seen}");
    let all_but: Vec<_> = Permission::ALL.into_iter().filter(|one| *one != Permission::AuditView).collect();
    let token = app.token_with(&all_but).await;
    let answer = app.run_as(&token, query, json!({})).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
    // The audit tells of all users.
    let limited = app.token_for(app.project, Permissions::all(), Some(&["vip"])).await;
    assert_eq!(app.run_as(&limited, query, json!({})).await["errors"][0]["extensions"]["code"], "FORBIDDEN");
}

#[test]
fn outside_of_a_request_nobody_asks() {
    assert_eq!(verigraph::audit::actor::now(), verigraph::audit::actor::By::default());
}

/// PostgreSQL shows rows when they are committed, not in the order in which they are written.
#[tokio::test]
async fn a_client_that_follows_the_list_misses_no_late_commit() {
    let app = TestApp::start(Db::Postgres).await;
    let newest = async |before: &str| {
        let query = format!(
            "{{ auditEvents(last: 100 {before}) {{ edges {{ cursor node {{ action resourceId }} }} }} }}"
        );
        app.query(&query).await["auditEvents"]["edges"].as_array().unwrap().clone()
    };
    let level = |name: &str| format!("name: \"{name}\"");
    mutate(&app, "createVerificationLevel", &level("first"), "").await;
    let seen = newest("").await;
    assert!(!seen.is_empty());
    let cursor = format!("before: {}", seen[0]["cursor"]);
    // Written first, and committed last.
    let late = app.store.begin().await.unwrap();
    let resource = app.clock.new_id();
    let entry =
        Entry { project: app.project, action: Action::VerificationLevelCreated, resource, user: None };
    app.clock.set(app.clock.now().plus_seconds(1));
    store::record(&late, &app.clock, entry).await.unwrap();
    app.clock.set(app.clock.now().plus_seconds(1));
    mutate(&app, "createVerificationLevel", &level("second"), "").await;
    // A client that saw the second one now would go on from there, and never see the late one.
    assert_eq!(newest(&cursor).await, Vec::<Value>::new());
    late.commit().await.unwrap();
    let followed = newest(&cursor).await;
    assert_eq!(followed.len(), 2, "{followed:?}");
    assert_eq!(followed[1]["node"]["resourceId"], resource.to_string());
}
