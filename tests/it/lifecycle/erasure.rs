//! Erasure of users, legal holds, and retention.

use entity::{
    document, document_image, event, project::Mode, user, user_lookup, verification_result,
    verification_session,
};
use rstest::rstest;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::{auth::Permissions, document::Fields, result::Scope, timer::Timer, user::receipt};

use super::{fresh_token, mutate, mutate_as, result_type};
use crate::harness::{Db, NewDocument, NewIdentification, NewSession, NewUser, TestApp};

const ERASED: &str =
    "... on EraseUserSuccessPayload { user { status refId firstName tags } erasedAt receipt }";

/// A user with records of every type, and its session.
async fn person(app: &TestApp, project: Option<Uuid>) -> (Uuid, verification_session::Model) {
    let user = app.user(NewUser { project, ref_id: Some("ada"), tags: &["vip"], ..NewUser::default() }).await;
    let identification = NewIdentification { project, ..NewIdentification::default() };
    let identification = app.identification(user, identification).await;
    let session = app.session(user, NewSession { project, ..NewSession::default() }).await;
    let fields = Fields { last_name: Some("Muster".to_owned()), ..Fields::default() };
    let new = NewDocument {
        step: verification_session::Step::IdDocument,
        kind: Some(document::Kind::Passport),
        fields,
        identification: Some(identification),
    };
    let document = app.document(&session, new).await;
    app.image(&document, document_image::Kind::Front).await;
    (user, session)
}

async fn erase(app: &TestApp, user: Uuid) -> Value {
    mutate(app, "eraseUser", &format!("userId: \"{user}\""), ERASED).await
}

/// The data of a user that is left in the tables, besides its row.
async fn left(app: &TestApp, user: Uuid) -> (usize, usize, usize, usize) {
    let db = app.store.read();
    let images = document_image::Entity::find().filter(document_image::Column::UserId.eq(user));
    let documents = document::Entity::find().filter(document::Column::UserId.eq(user)).all(db).await.unwrap();
    let sessions = verification_session::Entity::find().filter(verification_session::Column::UserId.eq(user));
    let results = verification_result::Entity::find().filter(verification_result::Column::UserId.eq(user));
    (
        images.all(db).await.unwrap().len(),
        documents.iter().filter(|row| !row.fields.is_empty()).count(),
        sessions.all(db).await.unwrap().iter().filter(|row| row.metadata.is_some()).count(),
        results.all(db).await.unwrap().iter().filter(|row| row.data.is_some()).count(),
    )
}

/// Files below a directory.
pub fn files(directory: &std::path::Path) -> usize {
    let Ok(entries) = std::fs::read_dir(directory) else { return 0 };
    entries.map(|entry| entry.unwrap().path()).map(|path| if path.is_dir() { files(&path) } else { 1 }).sum()
}

#[rstest]
#[tokio::test]
async fn erasure_leaves_only_the_history_of_a_user(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (user, _) = person(&app, None).await;
    let integration = app.integration(app.project, &[Scope::Name]).await.integration;
    app.verified(user, integration, Some("VERIFIED")).await;
    let images = app.data_dir().join("images");
    assert_eq!((left(&app, user).await, files(&images)), ((1, 1, 1, 1), 2));
    let erased = erase(&app, user).await;
    let tombstone = json!({ "status": "Erased", "refId": null, "firstName": null, "tags": [] });
    assert_eq!((&erased["user"], &erased["erasedAt"]), (&tombstone, &json!("2026-01-15T12:00:00.000Z")));
    assert_eq!((left(&app, user).await, files(&images)), ((0, 0, 0, 0), 0));
    let row = user::Entity::find_by_id((user, app.project)).one(app.store.read()).await.unwrap().unwrap();
    assert_eq!((row.wrapped_key, row.personal, row.ref_id), (None, None, None));
    assert_eq!(user_lookup::Entity::find().all(app.store.read()).await.unwrap(), []);
    let events = event::Entity::find().all(app.store.read()).await.unwrap();
    assert!(
        events.iter().all(|row| row.detail.is_none()) && events.iter().any(|row| row.kind == "User.Erased")
    );
    let query = format!(
        "{{ user(id: \"{user}\") {{ status lastName identificationLevels {{ expert }}
                identifications {{ edges {{ node {{ status documents {{ ... on PassportDocument {{ lastName }} }} }} }} }}
                verificationResults {{ edges {{ node {{ status data {{ name {{ fullName }} }} }} }} }} }} }}"
    );
    let document = json!({ "lastName": null });
    assert_eq!(
        app.query(&query).await["user"],
        json!({
            "status": "Erased", "lastName": null, "identificationLevels": { "expert": true },
            "identifications": { "edges": [{ "node": { "status": "Valid", "documents": [document] } }] },
            "verificationResults": { "edges": [{ "node": { "status": "VERIFIED", "data": null } }] },
        })
    );
    // The receipt is valid, the same each time, and contains only the id of the user.
    let text = erased["receipt"].as_str().unwrap();
    let key = receipt::public_key(&app.root).unwrap();
    let says = receipt::Receipt::verify(text, &key).unwrap();
    assert_eq!(
        (says.user_id, says.project_id, says.erased_at.as_str()),
        (user, app.project, "2026-01-15T12:00:00.000Z")
    );
    app.clock.set(app.clock.now().plus_seconds(60));
    assert_eq!(erase(&app, user).await["receipt"], text);
    assert_eq!(erase(&app, Uuid::nil()).await["__typename"], "UserNotFoundRejection");
    // The caller's `refId` can be used again.
    assert_eq!(
        mutate(&app, "createUser", "refId: \"ada\"", "").await["__typename"],
        "CreateUserSuccessPayload"
    );
}

#[rstest]
#[tokio::test]
async fn a_legal_hold_turns_an_erasure_into_a_restriction_until_it_is_released(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (user, _) = person(&app, None).await;
    let hold = format!("userId: \"{user}\", reason: \"case 7\"");
    let held = mutate(
        &app,
        "placeLegalHold",
        &hold,
        "... on PlaceLegalHoldSuccessPayload { user { legalHoldReason firstName } }",
    )
    .await;
    assert_eq!(held["user"], json!({ "legalHoldReason": "case 7", "firstName": "Ada" }));
    for _ in 0..2 {
        let restricted = erase(&app, user).await;
        let hidden = json!({ "status": "Restricted", "refId": "ada", "firstName": null, "tags": ["vip"] });
        assert_eq!(
            (&restricted["user"], &restricted["erasedAt"], &restricted["receipt"]),
            (&hidden, &Value::Null, &Value::Null)
        );
    }
    assert_eq!(left(&app, user).await, (1, 1, 1, 0));
    let start = format!("userId: \"{user}\", process: Expert");
    assert_eq!(result_type(&app, "startIdentification", &start).await, "UserDeactivatedRejection");
    let release = format!("userId: \"{user}\"");
    let released = mutate(
        &app,
        "releaseLegalHold",
        &release,
        "... on ReleaseLegalHoldSuccessPayload { user { status } }",
    )
    .await;
    assert_eq!(released["user"]["status"], "Erased");
    assert_eq!(left(&app, user).await, (0, 0, 0, 0));
    assert_eq!(mutate(&app, "placeLegalHold", &hold, "").await["__typename"], "UserErasedRejection");
    assert!(erase(&app, user).await["receipt"].is_string());
}

#[rstest]
#[tokio::test]
async fn retention_deletes_expired_data_except_under_legal_hold(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (user, _) = person(&app, None).await;
    let timer = Timer::new(&app.app.services);
    for input in [
        "dataClass: DocumentImages, days: 10",
        "dataClass: DocumentFields, days: 20",
        "dataClass: SessionMetadata, days: 20",
    ] {
        assert_eq!(result_type(&app, "setRetentionPolicy", input).await, "SetRetentionPolicySuccessPayload");
    }
    let pass = |days: i64| app.clock.set(app.clock.now().plus_seconds(days * 86_400));
    pass(9);
    timer.run_due().await.unwrap();
    assert_eq!(left(&app, user).await, (1, 1, 1, 0));
    let images = app.data_dir().join("images");
    pass(1);
    timer.run_due().await.unwrap();
    assert_eq!((left(&app, user).await, files(&images)), ((0, 1, 1, 0), 0));
    let hold = format!("userId: \"{user}\", reason: \"case 7\"");
    mutate(&app, "placeLegalHold", &hold, "").await;
    pass(15);
    timer.run_due().await.unwrap();
    assert_eq!(left(&app, user).await, (0, 1, 1, 0));
    mutate(&app, "releaseLegalHold", &format!("userId: \"{user}\""), "").await;
    timer.run_due().await.unwrap();
    assert_eq!(left(&app, user).await, (0, 0, 0, 0));
    let kept = app
        .query_as(
            &fresh_token(&app).await,
            "{ retentionPolicies { dataClass days } users { totalCount } }",
            json!({}),
        )
        .await;
    assert_eq!(kept["retentionPolicies"].as_array().unwrap().len(), 3);
    let bad = "mutation { setRetentionPolicy(input: { dataClass: ResultData, days: 0 }) { __typename } }";
    let answer = app.run_as(&fresh_token(&app).await, bad, json!({})).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

#[rstest]
#[tokio::test]
async fn a_sandbox_clock_runs_retention_and_a_sandbox_user_can_be_deleted(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let project = app.project_of(Mode::Sandbox).await;
    let token = app.token_for(project, Permissions::all(), None).await;
    let (user, _) = person(&app, Some(project)).await;
    mutate_as(&app, &token, "setRetentionPolicy", "dataClass: DocumentImages, days: 3", "").await;
    let fields = "... on AdvanceSandboxClockSuccessPayload { happenings { at type resourceId } }";
    let moved = mutate_as(&app, &token, "advanceSandboxClock", "by: \"P7D\"", fields).await;
    assert_eq!(
        moved["happenings"],
        json!([{ "at": "2026-01-18T12:00:00.000Z", "type": "DataErased", "resourceId": project }])
    );
    assert_eq!(left(&app, user).await, (0, 1, 1, 0));
    mutate_as(&app, &token, "placeLegalHold", &format!("userId: \"{user}\", reason: \"x\""), "").await;
    let deleted = mutate_as(&app, &token, "deleteSandboxUser", &format!("id: \"{user}\""), "").await;
    assert_eq!(deleted["__typename"], "DeleteSandboxUserSuccessPayload");
    assert_eq!(left(&app, user).await, (0, 0, 0, 0));
}
