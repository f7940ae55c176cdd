//! Images of documents: uploaded to signed URLs, listed, and downloaded once.

use axum::{
    body::Body,
    http::{Method, Request},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use entity::{document_image, spent_ticket};
use futures_util::future::join_all;
use rstest::rstest;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::{
    auth::{Permission, Permissions},
    config::Config,
};

use super::{get, key, refused};
use crate::harness::{Answer, Db, NewSession, NewUser, TestApp, picture};

const SUBMIT: &str =
    "mutation ($input: SubmitSessionDocumentInput!) { done: submitSessionDocument(input: $input) {
    ... on SubmitSessionDocumentSuccessPayload { documentId uploads { kind url } } } }";
const IMAGES: &str =
    "query ($id: ID!) { verificationSession(id: $id) { documents { ... on UnclassifiedDocument {
    images { id kind contentType width height url thumbnailUrl } } } } }";

/// A session of the user `one`, and signed URLs for images of these kinds of a document of it.
pub async fn addresses(app: &TestApp, kinds: &[&str]) -> (Uuid, Vec<String>) {
    let user = app.user(NewUser { ref_id: Some("one"), ..NewUser::default() }).await;
    let session = app.session(user, NewSession::default()).await.id;
    let input = json!({ "sessionId": session, "step": "ID_DOCUMENT", "images": kinds });
    let data = app.query_as(&app.token, SUBMIT, json!({ "input": input })).await;
    let uploads = data["done"]["uploads"].as_array().unwrap().iter();
    (session, uploads.map(|upload| upload["url"].as_str().unwrap().to_owned()).collect())
}

pub async fn put(app: &TestApp, address: &str, image: impl Into<Body>) -> Answer {
    let request = Request::builder().method(Method::PUT).uri(address).body(image.into());
    app.send(request.unwrap()).await
}

async fn head(app: &TestApp, address: &str) -> Answer {
    app.send(Request::head(address).body(Body::empty()).unwrap()).await
}

pub async fn images(app: &TestApp, session: Uuid) -> Vec<Value> {
    let data = app.query_as(&app.token, IMAGES, json!({ "id": session })).await;
    data["verificationSession"]["documents"][0]["images"].as_array().unwrap().clone()
}

async fn rows(app: &TestApp) -> u64 {
    document_image::Entity::find().count(app.store.write()).await.unwrap()
}

/// Files below a directory.
fn files(directory: &std::path::Path) -> usize {
    let Ok(entries) = std::fs::read_dir(directory) else { return 0 };
    let count = |path: std::path::PathBuf| if path.is_dir() { files(&path) } else { 1 };
    entries.map(|entry| count(entry.unwrap().path())).sum()
}

#[rstest]
#[tokio::test]
async fn an_image_is_uploaded_listed_and_downloaded_once(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (session, uploads) = addresses(&app, &["FRONT"]).await;
    let kept = put(&app, &uploads[0], picture()).await;
    assert_eq!(kept.status, 200, "{}", kept.text);
    let shown = &images(&app, session).await[0];
    let kept = kept.json();
    assert_eq!(
        kept,
        json!({ "id": shown["id"], "kind": "FRONT", "contentType": "image/png", "width": 48, "height": 32 })
    );
    for (address, content_type) in [("url", "image/png"), ("thumbnailUrl", "image/jpeg")] {
        let address = shown[address].as_str().unwrap();
        // A HEAD request returns the headers and does not use up the URL.
        let headed = head(&app, address).await;
        assert_eq!(
            (headed.status.as_u16(), headed.header("content-type"), headed.text.as_str()),
            (200, content_type, "")
        );
        // One of two concurrent downloads succeeds.
        let answers = join_all([app.get(address, &[]), app.get(address, &[])]).await;
        let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status.as_u16()).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 403]);
        let given = answers.iter().find(|answer| answer.status == 200).unwrap();
        assert_eq!(given.header("content-type"), content_type);
        assert_eq!(given.header("cache-control"), "no-store");
        assert_eq!(given.header("x-content-type-options"), "nosniff");
        assert!(given.header("content-disposition").starts_with("attachment; filename="));
        let used = (403, "this URL was already used: get a new one".to_owned());
        assert_eq!(refused(&app.get(address, &[]).await), used);
        assert_eq!(head(&app, address).await.status, 403);
    }
    // A new URL for each query, valid for a minute.
    let again = &images(&app, session).await[0];
    assert_ne!(again["url"], shown["url"]);
    let start = app.clock.now();
    app.clock.set(start.plus_seconds(60));
    let late = refused(&app.get(again["url"].as_str().unwrap(), &[]).await);
    assert_eq!(late, (403, "this URL has expired: get a new one".to_owned()));
    let fresh = &images(&app, session).await[0];
    app.clock.set(start.plus_seconds(119));
    assert_eq!(app.get(fresh["url"].as_str().unwrap(), &[]).await.status, 200);
    // A used URL is remembered only until its expiry.
    assert_eq!(spent_ticket::Entity::find().count(app.store.write()).await.unwrap(), 1);
}

#[rstest]
#[tokio::test]
async fn a_signed_url_is_valid_for_its_purpose_only(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (session, uploads) = addresses(&app, &["FRONT"]).await;
    assert_eq!(put(&app, &uploads[0], picture()).await.status, 200);
    let download = images(&app, session).await[0]["url"].as_str().unwrap().to_owned();
    assert_eq!(put(&app, &download, picture()).await.status, 403);
    assert_eq!(app.get(&uploads[0], &[]).await.status, 403);
    // URLs of proofing requests and of documents are not interchangeable.
    let elsewhere = uploads[0].replace("/images/", "/uploads/");
    assert_eq!(put(&app, &elsewhere, picture()).await.status, 403);
    let mut forged = uploads[0].clone();
    forged.insert(12, 'x');
    for address in [forged.as_str(), "/images/x", "/images/a.b", &uploads[0][..uploads[0].len() - 1]] {
        assert_eq!(refused(&put(&app, address, picture()).await).0, 403, "{address}");
        assert_eq!(refused(&app.get(address, &[]).await).0, 403, "{address}");
    }
    assert_eq!(app.get(&download, &[]).await.status, 200, "the refused ones have not used it up");
    app.clock.set(app.clock.now().plus_seconds(300));
    assert_eq!(refused(&put(&app, &uploads[0], picture()).await).0, 403);
}

#[rstest]
#[tokio::test]
async fn an_invalid_or_incomplete_image_is_rejected_and_not_stored(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let mut app = TestApp::start(db).await;
    let (_, uploads) = addresses(&app, &["FRONT"]).await;
    let whole = picture();
    let half = whole[..whole.len() / 2].to_vec();
    for (bytes, expected) in [
        (half, "the image is incomplete: it cannot be fully decoded"),
        (Vec::new(), "the image has no bytes"),
        (b"GIF89a\x01\0\x01\0".to_vec(), "the image is not a JPEG, PNG or WebP"),
        (b"<script>alert(1)</script>".to_vec(), "the image is not a JPEG, PNG or WebP"),
    ] {
        assert_eq!(refused(&put(&app, &uploads[0], bytes).await), (400, expected.to_owned()));
    }
    let too_large = put(&app, &uploads[0], vec![0; 12 * 1024 * 1024 + 1]).await;
    assert_eq!(refused(&too_large).0, 413);
    let mut config = Config::default();
    config.limits.image_pixels = 48 * 32 - 1;
    app.restart_with(config);
    let expected = "the image has more than 1535 pixels (`limits.image_pixels`)";
    assert_eq!(refused(&put(&app, &uploads[0], whole).await), (400, expected.to_owned()));
    assert_eq!((rows(&app).await, files(&app.data_dir().join("images"))), (0, 0));
}

#[rstest]
#[tokio::test]
async fn a_new_image_replaces_the_one_of_its_kind(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (session, uploads) = addresses(&app, &["FRONT", "BACK", "SELFIE", "SELFIE"]).await;
    for address in [&uploads[0], &uploads[1], &uploads[0], &uploads[2], &uploads[3]] {
        assert_eq!(put(&app, address, picture()).await.status, 200);
        // Images are listed in the order of their upload.
        app.clock.set(app.clock.now().plus_seconds(1));
    }
    // Each with its thumbnail.
    assert_eq!((rows(&app).await, files(&app.data_dir().join("images"))), (3, 6));
    let kinds: Vec<Value> = images(&app, session).await.iter().map(|image| image["kind"].clone()).collect();
    assert_eq!(kinds, ["BACK", "FRONT"], "no list links to the selfie");
    let shown = get(&app, &key(&app).await, "/v2/users/one/documents").await.json();
    let bytes = BASE64_STANDARD.decode(shown["selfie"].as_str().unwrap()).unwrap();
    assert_eq!(image::guess_format(&bytes).unwrap(), image::ImageFormat::Png);
    let document = shown["documents"][0].as_object().unwrap();
    let names: Vec<(&str, bool)> =
        document.iter().map(|(name, value)| (name.as_str(), *value == "")).collect();
    let expected = [
        ("stepId", false),
        ("front", false),
        ("back", false),
        ("photo", true),
        ("frontCropped", true),
        ("backCropped", true),
    ];
    assert_eq!(names, expected);
}

#[rstest]
#[tokio::test]
async fn a_closed_session_rejects_images(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (session, uploads) = addresses(&app, &["FRONT"]).await;
    let end = format!(
        "mutation {{ completeVerificationSession(input: {{ sessionId: \"{session}\", status: Suspected }}) {{ __typename }} }}"
    );
    app.query(&end).await;
    let expected = (409, "the session is closed: it takes no images".to_owned());
    assert_eq!(refused(&put(&app, &uploads[0], picture()).await), expected);
    assert_eq!((rows(&app).await, files(&app.data_dir().join("images"))), (0, 0));
}

#[rstest]
#[tokio::test]
async fn an_image_needs_a_visible_user_and_the_permission_to_read_documents(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (session, uploads) = addresses(&app, &["FRONT"]).await;
    assert_eq!(put(&app, &uploads[0], picture()).await.status, 200);
    let path = format!("/v2/images/{}", images(&app, session).await[0]["id"].as_str().unwrap());
    let key = async |project: Uuid, permissions: Permissions, tags: Option<&[&str]>| {
        app.credential(project, permissions, tags).await.api_key.unwrap()
    };
    let may = [Permission::DocumentsView].into_iter().collect();
    let given = get(&app, &key(app.project, may, None).await, &path).await;
    assert_eq!((given.status.as_u16(), given.header("content-type")), (200, "image/png"));
    assert_eq!(given.header("cache-control"), "no-store");
    let all_but: Permissions =
        Permission::ALL.iter().copied().filter(|it| *it != Permission::DocumentsView).collect();
    assert_eq!(get(&app, &key(app.project, all_but, None).await, &path).await.status, 403);
    let other = app.new_project().await;
    assert_eq!(get(&app, &key(other, Permissions::all(), None).await, &path).await.status, 404);
    assert_eq!(get(&app, &key(app.project, may, Some(&["vip"])).await, &path).await.status, 404);
    for unknown in ["/v2/images/x", "/v2/images/00000000-0000-7000-8000-000000000000"] {
        assert_eq!(get(&app, &key(app.project, may, None).await, unknown).await.status, 404);
    }
}

#[rstest]
#[tokio::test]
async fn an_answer_with_too_many_images_is_rejected_with_the_limit(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let mut app = TestApp::start(db).await;
    let (_, uploads) = addresses(&app, &["FRONT"]).await;
    assert_eq!(put(&app, &uploads[0], picture()).await.status, 200);
    let mut config = Config::default();
    config.limits.answer_images = 10;
    app.restart_with(config);
    let (status, message) = refused(&get(&app, &key(&app).await, "/v2/users/one/documents").await);
    assert_eq!(status, 400);
    assert!(message.contains("the limit is 10 (`limits.answer_images`)"), "{message}");
}
