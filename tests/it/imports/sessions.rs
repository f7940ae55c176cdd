//! Sessions and documents from answers that were saved at different times.

use entity::{document, verification_session};
use rstest::rstest;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::Value;
use verigraph::transfer::Source;

use super::{
    Run, counts,
    images::{documents, plain, rows, user},
    is_unchanged,
};
use crate::{
    harness::{Db, NewUser, TestApp},
    sessions::{self, key},
};

/// Answers saved while each of two sessions was the latest.
fn saved() -> [Value; 2] {
    let first = user("first", "1", "2024-09-24T08:00:00.000Z");
    let mut second = user("second", "2", "2024-10-02T08:00:00.000Z");
    second["sessions"] = serde_json::json!(["second", "first"]);
    [first, second]
}

async fn kept(app: &TestApp) -> Vec<verification_session::Model> {
    let rows = verification_session::Entity::find().order_by_asc(verification_session::Column::CreatedAt);
    rows.all(app.store.read()).await.unwrap()
}

async fn latest(app: &TestApp) -> Value {
    sessions::get(app, &key(app).await, "/v2/users/me").await.json()
}

#[rstest]
#[tokio::test]
async fn saved_answers_merge_to_all_sessions_in_any_order(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let mut app = TestApp::start(db).await;
    for order in [[0, 1], [1, 0]] {
        app.project = app.new_project().await;
        let run = Run::of(&app, Source::Sessions);
        let text = order.map(|place| saved()[place].to_string()).join("\n");
        let (summary, list) = run.import_all(&text).await;
        assert_eq!(
            (counts(&summary, "session"), counts(&summary, "document"), summary.refused),
            ((2, 0, 0), (2, 0, 0), 0)
        );
        // An import of only the last answer notes what is missing.
        let notes: Vec<&str> = list.noted.iter().map(|noted| noted.note.as_str()).collect();
        assert_eq!(
            notes,
            [
                "`sessions`: the response has no data of 1 of them: import responses that were saved while each was the latest"
            ]
        );
        let (summary, _) = run.import(&text).await;
        assert!(is_unchanged(&summary), "{summary:?}");
        let mine: Vec<_> = kept(&app).await.into_iter().filter(|row| row.project_id == app.project).collect();
        assert_eq!(
            mine.iter().map(|row| row.source_id.as_deref().unwrap()).collect::<Vec<_>>(),
            ["first", "second"]
        );
        let answer = latest(&app).await;
        assert_eq!(
            (&answer["sessionId"], &answer["documents"][0]["idNumber"]),
            (&"second".into(), &"2".into())
        );
        assert_eq!(answer["sessions"], serde_json::json!(["second", "first"]));
        // Each document belongs to its own session.
        for document in document::Entity::find().all(app.store.read()).await.unwrap() {
            assert!(document.session_id.is_some(), "{document:?}");
        }
    }
}

/// An answer of `/documents` does not name its session.
#[rstest]
#[tokio::test]
async fn documents_with_images_are_matched_by_their_content(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let run = Run { user: Some("me"), ..Run::of(&app, Source::Sessions) };
    let [first, second] = saved();
    run.import(&format!("{first}\n{second}")).await;
    let base64 = |bytes: Vec<u8>| base64::Engine::encode(&base64::prelude::BASE64_STANDARD, bytes);
    let of_first = documents("1", &base64(plain(1)), &base64(plain(2))).to_string();
    let of_second = documents("2", &base64(plain(3)), "");
    assert_eq!(counts(&run.import_ok(&format!("{of_first}\n{of_second}")).await, "image"), (3, 0, 0));
    assert!(is_unchanged(&run.import_ok(&format!("{of_second}\n{of_first}")).await));
    let sessions = kept(&app).await;
    let images = entity::document_image::Entity::find().all(app.store.read()).await.unwrap();
    let of = |place: usize| images.iter().filter(|image| image.session_id == sessions[place].id).count();
    assert_eq!((of(0), of(1)), (2, 1), "the face is of the session of its documents");
    // The file can also name the user of the documents.
    let mut beside: Value = serde_json::from_str(&of_first).unwrap();
    beside["refId"] = "me".into();
    assert!(is_unchanged(&Run::of(&app, Source::Sessions).import_ok(&beside.to_string()).await));
    // It matches no stored document: the owner of the image would be a guess.
    let (summary, refused) = run.import(&documents("3", &base64(plain(4)), "").to_string()).await;
    assert_eq!((summary.refused, rows(&app).await), (2, 3));
    assert!(refused[0].why.contains("another document of this step exists"), "{refused:?}");
    assert!(!refused.iter().any(|refused| refused.why.contains("JOHN")), "{refused:?}");
}

#[rstest]
#[tokio::test]
async fn documents_imported_before_their_session_are_attached_to_it(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let run = Run { user: Some("me"), ..Run::of(&app, Source::Sessions) };
    let [first, _] = saved();
    app.user(NewUser { ref_id: Some("me"), ..NewUser::default() }).await;
    let alone = documents("1", "", "").to_string();
    assert_eq!(counts(&run.import_ok(&alone).await, "document"), (1, 0, 0));
    assert_eq!(counts(&run.import_ok(&format!("{first}\n{alone}")).await, "document"), (0, 1, 1));
    assert!(is_unchanged(&run.import_ok(&format!("{alone}\n{first}")).await));
    assert_eq!(document::Entity::find().all(app.store.read()).await.unwrap().len(), 1);
}
