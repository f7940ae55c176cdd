//! Retention of images of proofing requests.

use entity::{event, project::Mode, proofing_request};
use rstest::rstest;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;
use uuid::Uuid;
use verigraph::{auth::Permissions, timer::Timer};

use super::{erasure::files, fresh_token, mutate, mutate_as, result_type};
use crate::{
    harness::{Db, NewProofing, NewUser, TestApp},
    proofing_rest::images::{IMAGE, put},
};

/// Uploads an image of a side: 0 is the front.
async fn upload(app: &TestApp, token: &str, request: Uuid, side: &str) {
    let kept = put(app, token, &request.to_string(), side, IMAGE).await;
    assert_eq!(kept.status, 200, "{}", kept.text);
}

/// The row of a request.
async fn row(app: &TestApp, id: Uuid) -> proofing_request::Model {
    proofing_request::Entity::find_by_id((id, app.project)).one(app.store.read()).await.unwrap().unwrap()
}

/// Whether the front and the back image of a request exist.
fn images(app: &TestApp, project: Uuid, request: Uuid) -> (bool, bool) {
    let place = app.data_dir().join("images").join(project.to_string()).join(request.to_string());
    (place.join("front").exists(), place.join("back").exists())
}

/// Moves the clock by this many days, and applies what is due.
async fn pass_days(app: &TestApp, days: i64) {
    app.clock.set(app.clock.now().plus_seconds(days * 86_400));
    Timer::new(&app.app.services).run_due().await.unwrap();
}

#[rstest]
#[tokio::test]
async fn each_image_is_deleted_at_its_time_and_the_request_is_unchanged(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let mine = app.proofing(NewProofing { user: Some(user), ..NewProofing::default() }).await.id;
    let nobodys = app.proofing(NewProofing::default()).await.id;
    let held = app.user(NewUser::default()).await;
    let kept = app.proofing(NewProofing { user: Some(held), ..NewProofing::default() }).await.id;
    mutate(&app, "placeLegalHold", &format!("userId: \"{held}\", reason: \"case 7\""), "").await;
    for request in [mine, nobodys, kept] {
        upload(&app, &app.token, request, "0?classified=true").await;
    }
    assert_eq!(
        result_type(&app, "setRetentionPolicy", "dataClass: ProofingImages, days: 10").await,
        "SetRetentionPolicySuccessPayload"
    );
    pass_days(&app, 5).await;
    let token = fresh_token(&app).await;
    upload(&app, &token, mine, "1").await;
    let events = event::Entity::find().count(app.store.read()).await.unwrap();
    let before = row(&app, mine).await;
    pass_days(&app, 4).await;
    assert_eq!(
        (images(&app, app.project, mine), images(&app, app.project, nobodys)),
        ((true, true), (true, false))
    );
    pass_days(&app, 1).await;
    assert_eq!(
        (images(&app, app.project, mine), images(&app, app.project, nobodys)),
        ((false, true), (false, false))
    );
    // The request is otherwise unchanged, and no event is recorded.
    let after = row(&app, mine).await;
    assert_eq!(
        after,
        proofing_request::Model { oldest_image_at: before.back_image_upload_time, ..before.clone() }
    );
    assert_eq!(row(&app, nobodys).await.oldest_image_at, None);
    assert_eq!(row(&app, nobodys).await.front_image_classified, Some(true));
    assert_eq!(event::Entity::find().count(app.store.read()).await.unwrap(), events);
    // A replaced image has a retention time of its own.
    let token = fresh_token(&app).await;
    upload(&app, &token, mine, "0").await;
    pass_days(&app, 5).await;
    assert_eq!(images(&app, app.project, mine), (true, false));
    pass_days(&app, 5).await;
    assert_eq!(
        (images(&app, app.project, mine), row(&app, mine).await.oldest_image_at),
        ((false, false), None)
    );
    // Images under a legal hold are kept until it is released.
    assert_eq!(images(&app, app.project, kept), (true, false));
    mutate(&app, "releaseLegalHold", &format!("userId: \"{held}\""), "").await;
    pass_days(&app, 0).await;
    assert_eq!(images(&app, app.project, kept), (false, false));
    assert_eq!(files(&app.data_dir().join("images")), 0);
}

#[rstest]
#[tokio::test]
async fn many_images_are_all_deleted_in_batches(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let other = app.new_project().await;
    let theirs = app.proofing(NewProofing { project: Some(other), ..NewProofing::default() }).await.id;
    let token = app.token_for(other, Permissions::all(), None).await;
    upload(&app, &token, theirs, "0").await;
    for _ in 0..45 {
        let request = app.proofing(NewProofing::default()).await.id;
        upload(&app, &app.token, request, "0").await;
    }
    let place = app.data_dir().join("images");
    assert_eq!(files(&place), 46);
    mutate(&app, "setRetentionPolicy", "dataClass: ProofingImages, days: 1", "").await;
    app.take_statements();
    pass_days(&app, 1).await;
    let locks = app.take_statements().into_iter().filter(|sql| {
        sql.starts_with("SELECT") && sql.contains("\"proofing_requests\".\"face_match_score\"")
    });
    assert_eq!(locks.count(), 3);
    // Another project has its own policy.
    assert_eq!((files(&place), images(&app, other, theirs)), (1, (true, false)));
}

#[rstest]
#[tokio::test]
async fn a_sandbox_clock_deletes_images_when_due(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let project = app.project_of(Mode::Sandbox).await;
    let token = app.token_for(project, Permissions::all(), None).await;
    let request = app.proofing(NewProofing { project: Some(project), ..NewProofing::default() }).await.id;
    upload(&app, &token, request, "0").await;
    mutate_as(&app, &token, "advanceSandboxClock", "by: \"P1D\"", "").await;
    upload(&app, &token, request, "1").await;
    mutate_as(&app, &token, "setRetentionPolicy", "dataClass: ProofingImages, days: 3", "").await;
    let fields = "... on AdvanceSandboxClockSuccessPayload { happenings { at type resourceId } }";
    let moved = mutate_as(&app, &token, "advanceSandboxClock", "by: \"P7D\"", fields).await;
    let erased = |at: &str| json!({ "at": at, "type": "DataErased", "resourceId": project });
    assert_eq!(
        moved["happenings"],
        json!([erased("2026-01-18T12:00:00.000Z"), erased("2026-01-19T12:00:00.000Z")])
    );
    assert_eq!(images(&app, project, request), (false, false));
}

#[rstest]
#[tokio::test]
async fn erasure_deletes_the_images_of_a_user(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let request = app.proofing(NewProofing { user: Some(user), ..NewProofing::default() }).await.id;
    upload(&app, &app.token, request, "0").await;
    assert!(row(&app, request).await.oldest_image_at.is_some());
    mutate(&app, "eraseUser", &format!("userId: \"{user}\""), "").await;
    assert_eq!(
        (images(&app, app.project, request), row(&app, request).await.oldest_image_at),
        ((false, false), None)
    );
}
