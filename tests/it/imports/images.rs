//! Images in answers and exports: stored once like uploaded ones, and never in a pseudonymous export.

use std::{fs, path::Path};

use base64::{Engine, prelude::BASE64_STANDARD};
use entity::{document::Kind as DocumentKind, document_image, verification_session};
use rstest::rstest;
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder};
use serde_json::{Value, json};
use verigraph::{
    blob,
    document::Fields,
    transfer::{Source, export::People, pseudonym::Pseudonyms},
};

use super::{
    Run, counts,
    exported::{filled, lines, written},
    is_unchanged,
};
use crate::{
    harness::{Db, NewDocument, NewSession, NewUser, TestApp, picture},
    sessions::{self, key},
};

fn base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

/// A picture of one colour, as PNG.
pub fn plain(shade: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let image = image::RgbImage::from_pixel(8, 8, image::Rgb([shade, 0, 0]));
    image.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// The part of an answer about a user that describes one document.
pub fn user(session: &str, number: &str, at: &str) -> Value {
    json!({ "refId": "me", "status": "successful", "createdAt": "2024-09-23T22:55:25.894Z", "updatedAt": at,
        "sessionId": session, "sessions": [session], "documents": [document(number)] })
}

pub fn document(number: &str) -> Value {
    json!({ "stepId": "ID_DOCUMENT", "type": "Passport", "firstName": "JOHN", "idNumber": number })
}

pub fn documents(number: &str, front: &str, selfie: &str) -> Value {
    let mut document = document(number);
    document["front"] = front.into();
    json!({ "selfie": selfie, "documents": [document] })
}

pub async fn rows(app: &TestApp) -> u64 {
    document_image::Entity::find().count(app.store.write()).await.unwrap()
}

/// The bytes of all files below a directory.
fn files(directory: &Path) -> Vec<Vec<u8>> {
    let Ok(entries) = fs::read_dir(directory) else { return Vec::new() };
    let read =
        |path: std::path::PathBuf| if path.is_dir() { files(&path) } else { vec![fs::read(path).unwrap()] };
    entries.flat_map(|entry| read(entry.unwrap().path())).collect()
}

const AT: &str = "2024-09-23T22:55:25.895Z";

#[rstest]
#[tokio::test]
async fn imported_images_are_sealed_stored_once_and_returned_unchanged(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let run = Run { user: Some("me"), ..Run::of(&app, Source::Sessions) };
    run.import_ok(&user("s", "1", AT).to_string()).await;
    let (front, selfie) = (base64(&picture()), base64(&plain(9)));
    // As a data URL, and with line breaks.
    let shown = format!("data:image/png;base64,{}", front.replacen('A', "A\r\n", 3));
    let answer = documents("1", &shown, &selfie).to_string();
    let trial = Run { is_trial: true, ..Run { user: Some("me"), ..Run::of(&app, Source::Sessions) } };
    assert_eq!(counts(&trial.import_ok(&answer).await, "image"), (2, 0, 0));
    assert_eq!((rows(&app).await, files(&app.data_dir().join("images")).len()), (0, 0));
    assert_eq!(counts(&run.import_ok(&answer).await, "image"), (2, 0, 0));
    assert!(is_unchanged(&run.import_ok(&answer).await));
    let kept = files(&app.data_dir().join("images"));
    assert_eq!(kept.len(), 4, "each with its thumbnail");
    for (bytes, magic) in kept.iter().flat_map(|bytes| [(bytes, &b"PNG"[..]), (bytes, b"JFIF")]) {
        assert!(!bytes.windows(magic.len()).any(|window| window == magic), "sealed");
    }
    let answer = sessions::get(&app, &key(&app).await, "/v2/users/me/documents").await.json();
    for (pointer, given) in [("/documents/0/front", picture()), ("/selfie", plain(9))] {
        let expected = blob::check(given, 1 << 20).await.unwrap().bytes;
        assert_eq!(answer.pointer(pointer).unwrap().as_str().unwrap(), base64(&expected), "{pointer}");
    }
    // Their age is that of their document, not of the import, so their retention is not extended.
    let all = document_image::Entity::find().all(app.store.read()).await.unwrap();
    assert!(all.iter().all(|row| row.uploaded_at.0 == 1_727_132_125_895), "{all:?}");
    // An import records no events.
    assert_eq!(entity::event::Entity::find().count(app.store.read()).await.unwrap(), 0);
}

/// Encoding a JPEG again costs quality, but the metadata of a camera must not be stored.
#[rstest]
#[tokio::test]
async fn a_jpeg_is_encoded_again_only_if_it_has_metadata(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let run = Run { user: Some("me"), ..Run::of(&app, Source::Sessions) };
    run.import_ok(&user("s", "1", AT).to_string()).await;
    let mut bare = Vec::new();
    let drawn = image::load_from_memory(&picture()).unwrap().to_rgb8();
    drawn.write_with_encoder(image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bare, 70)).unwrap();
    let noted = [&bare[..2], b"\xff\xfe\0\x08canary", &bare[2..]].concat();
    run.import_ok(&documents("1", &base64(&bare), &base64(&noted)).to_string()).await;
    let answer = sessions::get(&app, &key(&app).await, "/v2/users/me/documents").await.json();
    let shown =
        |pointer: &str| BASE64_STANDARD.decode(answer.pointer(pointer).unwrap().as_str().unwrap()).unwrap();
    assert_eq!(shown("/documents/0/front"), bare);
    let face = shown("/selfie");
    assert!(face.starts_with(b"\xff\xd8") && !face.windows(6).any(|window| window == b"canary"));
}

#[rstest]
#[tokio::test]
async fn a_value_that_is_no_image_is_noted_and_a_broken_image_is_rejected(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let run = Run { user: Some("me"), ..Run::of(&app, Source::Sessions) };
    run.import_ok(&user("s", "1", AT).to_string()).await;
    let mut answer = documents("1", "https://example.com/front.jpg", "base_64");
    answer["documents"][0]["photo"] = "".into();
    answer["documents"][0]["frontCropped"] = 7.into();
    let text = format!("\n{answer}\n");
    let (summary, list) = run.import_all(&text).await;
    assert_eq!((summary.refused, summary.noted, counts(&summary, "document")), (0, 3, (0, 0, 1)));
    let notes: Vec<_> = list.noted.iter().map(|noted| (noted.line, noted.note.as_str())).collect();
    assert_eq!(
        notes,
        [
            (2, "`documents[0].front`: is a URL, and URLs are not fetched: the image is not imported"),
            (2, "`documents[0].frontCropped`: is not a string: the image is not imported"),
            (2, "`selfie`: is not base64: the image is not imported"),
        ]
    );
    let large = base64(&vec![0; (1 << 20) + 1]);
    for (front, why) in [
        (base64(b"GIF89a\x01\0\x01\0\0\0\0;"), "image: `data`: the image is not a JPEG, PNG or WebP"),
        (base64(&picture()[..400]), "image: `data`: the image is incomplete: it cannot be fully decoded"),
        ("abc".to_owned(), "image: `data`: is not base64"),
        (large, "image: `data`: the image has more than 1048576 bytes (`limits.image`)"),
    ] {
        assert_eq!(run.rejection(&documents("1", &front, "")).await, why);
    }
    // A passport has no back.
    let mut answer = documents("1", "", "");
    answer["documents"][0]["back"] = base64(&picture()).into();
    assert_eq!(run.rejection(&answer).await, "image: `kind`: the document has no BACK");
    assert_eq!((rows(&app).await, files(&app.data_dir().join("images")).len()), (0, 0));
}

#[rstest]
#[tokio::test]
async fn an_existing_image_is_not_replaced(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let run = Run { user: Some("me"), ..Run::of(&app, Source::Sessions) };
    let first = documents("1", &base64(&plain(1)), "");
    // The document of the image is not imported yet.
    app.user(NewUser { ref_id: Some("me"), ..NewUser::default() }).await;
    let why = run.rejection(&first).await;
    assert!(why.contains("images belong to a session, and the user has none"), "{why}");
    run.import_ok(&user("s", "1", AT).to_string()).await;
    assert_eq!(counts(&run.import_ok(&first.to_string()).await, "image"), (1, 0, 0));
    let why = run.rejection(&documents("1", &base64(&plain(2)), "")).await;
    assert_eq!(why, "image: another image FRONT exists already and is kept");
    assert!(is_unchanged(&run.import_ok(&first.to_string()).await));
    assert_eq!((rows(&app).await, files(&app.data_dir().join("images")).len()), (1, 2));
    // No image of an erased user is imported.
    let id = entity::user::Entity::find().one(app.store.read()).await.unwrap().unwrap().id;
    let erase = format!("mutation {{ eraseUser(input: {{ userId: \"{id}\" }}) {{ __typename }} }}");
    assert_eq!(app.query(&erase).await["eraseUser"]["__typename"], "EraseUserSuccessPayload");
    let (summary, _) = run.import(&first.to_string()).await;
    assert_eq!((summary.refused > 0, rows(&app).await), (true, 0));
}

/// An image may be older than data that retention has already checked.
#[rstest]
#[tokio::test]
async fn images_older_than_their_retention_are_deleted_and_not_imported_again(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let timer = verigraph::timer::Timer::new(&app.app.services);
    let policy =
        "mutation { setRetentionPolicy(input: { dataClass: DocumentImages, days: 30 }) { __typename } }";
    app.query(policy).await;
    timer.run_due().await.unwrap();
    let run = Run { user: Some("me"), ..Run::of(&app, Source::Sessions) };
    let first = documents("1", &base64(&plain(1)), &base64(&plain(2))).to_string();
    run.import_ok(&user("s", "1", AT).to_string()).await;
    assert_eq!(counts(&run.import_ok(&first).await, "image"), (2, 0, 0));
    assert_eq!((rows(&app).await, files(&app.data_dir().join("images")).len()), (2, 4));
    timer.run_due().await.unwrap();
    assert_eq!((rows(&app).await, files(&app.data_dir().join("images")).len()), (0, 0));
    assert!(is_unchanged(&run.import_ok(&first).await));
    assert_eq!((rows(&app).await, files(&app.data_dir().join("images")).len()), (0, 0));
}

#[rstest]
#[tokio::test]
async fn images_are_exported_on_request_and_imported_elsewhere(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    filled(&app).await;
    let owner = app.user(NewUser { number: Some(40), ..NewUser::default() }).await;
    let session = app.session(owner, NewSession::default()).await;
    let (step, fields) = (verification_session::Step::DrivingLicense, Fields::default());
    let kind = Some(DocumentKind::DriversLicense);
    let document = app.document(&session, NewDocument { step, kind, fields, identification: None }).await;
    for kind in [document_image::Kind::Front, document_image::Kind::Back, document_image::Kind::Selfie] {
        app.image(&document, kind).await;
    }
    let place = app.app.services.images.clone();
    let without = written(&app, app.project, People::Real(None)).await;
    assert!(lines(&without).iter().all(|line| line["type"] != "image"));
    let with = written(&app, app.project, People::Real(Some(&place))).await;
    let images =
        |text: &str| lines(text).into_iter().filter(|line| line["type"] == "image").collect::<Vec<_>>();
    assert_eq!(images(&with).len(), 3);
    // Without images the export is the same, line by line.
    let rest: Vec<Value> = lines(&with).into_iter().filter(|line| line["type"] != "image").collect();
    assert_eq!(rest, lines(&without));
    assert!(is_unchanged(&Run::of(&app, Source::Verigraph).import_ok(&with).await));

    let mut app = app;
    app.project = app.new_project().await;
    let run = Run::of(&app, Source::Verigraph);
    assert_eq!(counts(&run.import_ok(&with).await, "image"), (3, 0, 0));
    assert!(is_unchanged(&run.import_ok(&with).await));
    let again = written(&app, app.project, People::Real(Some(&place))).await;
    assert!(is_unchanged(&run.import_ok(&again).await));
    let shown = |text: &str| {
        let mut shown: Vec<_> = images(text)
            .iter()
            .map(|line| (line["kind"].to_string(), line["data"].to_string(), line["uploadedAt"].to_string()))
            .collect();
        shown.sort();
        shown
    };
    assert_eq!(shown(&again), shown(&with));
    // The face photo belongs to the session, the other images to the document.
    let rows = document_image::Entity::find().order_by_asc(document_image::Column::Kind);
    let rows = rows.all(app.store.read()).await.unwrap();
    let mine: Vec<_> = rows.iter().filter(|row| row.project_id == app.project).collect();
    assert_eq!(mine.iter().map(|row| row.document_id.is_some()).collect::<Vec<_>>(), [true, true, false]);
    // A missing file does not prevent the export of the other images.
    place.remove(app.project, mine[0].id, "image").await.unwrap();
    assert_eq!(images(&written(&app, app.project, People::Real(Some(&place))).await).len(), 2);
}

#[rstest]
#[tokio::test]
async fn a_pseudonymous_export_has_no_images(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    filled(&app).await;
    let owner = app.user(NewUser { number: Some(40), ..NewUser::default() }).await;
    let session = app.session(owner, NewSession::default()).await;
    let (step, fields) = (verification_session::Step::IdDocument, Fields::default());
    let document =
        app.document(&session, NewDocument { step, kind: None, fields, identification: None }).await;
    app.image(&document, document_image::Kind::Selfie).await;
    let pseudonyms = Pseudonyms::new("seed");
    let masked = written(&app, app.project, People::MadeUp(&pseudonyms)).await;
    assert!(lines(&masked).iter().all(|line| line["type"] != "image"));
    assert!(!masked.contains(&base64(&picture())[..40]));
}
