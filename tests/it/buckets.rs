//! Images in a bucket: a stand-in for S3 that keeps objects in memory.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::{
    Router,
    body::{Body, Bytes},
    http::{HeaderMap, Method, Request, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use entity::document_image;
use metrics_exporter_prometheus::PrometheusBuilder;
use rstest::rstest;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;
use tokio::{net::TcpListener, task::JoinHandle};
use verigraph::{
    blob::Images,
    config::Config,
    http::{App, Explorer, router},
};

use crate::{
    harness::{Db, NewProofing, NewSession, NewUser, TestApp, picture},
    proofing_rest::images::put,
    sessions::{get, key},
};

/// The objects of a bucket: bytes by path.
#[derive(Clone, Default)]
struct Objects(Arc<Mutex<BTreeMap<String, Bytes>>>);

struct Bucket {
    objects: Objects,
    /// Every request is denied.
    is_shut: Arc<AtomicBool>,
    url: String,
    served: JoinHandle<()>,
}

impl Bucket {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let endpoint: String = form_urlencoded::byte_serialize(endpoint.as_bytes()).collect();
        let url = format!("s3://bucket/some/where?endpoint={endpoint}&region=eu-central-1");
        let (objects, is_shut) = (Objects::default(), Arc::new(AtomicBool::new(false)));
        let (kept, shut) = (objects.clone(), is_shut.clone());
        let handler = move |method: Method, uri: Uri, headers: HeaderMap, body: Bytes| {
            let answer = kept.answer(&method, uri.path(), &headers, body, shut.load(Ordering::SeqCst));
            async move { answer }
        };
        let router = Router::new().fallback(handler);
        let served = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { objects, is_shut, url, served }
    }

    fn images(&self) -> Images {
        Images::with_keys(&self.url, &[("access_key_id", "ours"), ("secret_access_key", "secret")]).unwrap()
    }

    fn paths(&self) -> Vec<String> {
        self.objects.0.lock().unwrap().keys().cloned().collect()
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        self.served.abort();
    }
}

impl Objects {
    fn answer(
        &self,
        method: &Method,
        path: &str,
        headers: &HeaderMap,
        body: Bytes,
        is_shut: bool,
    ) -> Response {
        let error = |status: StatusCode, code: &str| {
            (status, format!("<Error><Code>{code}</Code><Message>no</Message></Error>")).into_response()
        };
        let signed =
            headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if is_shut
            || !signed.starts_with("AWS4-HMAC-SHA256 Credential=ours/")
            || !signed.contains("/eu-central-1/s3/")
        {
            return error(StatusCode::FORBIDDEN, "AccessDenied");
        }
        let head = [(header::ETAG, "\"1\""), (header::LAST_MODIFIED, "Thu, 15 Jan 2026 12:00:00 GMT")];
        let mut objects = self.0.lock().unwrap();
        match *method {
            Method::PUT => {
                objects.insert(path.to_owned(), body);
                head.into_response()
            }
            Method::GET | Method::HEAD => match objects.get(path) {
                Some(bytes) => (head, bytes.clone()).into_response(),
                None => error(StatusCode::NOT_FOUND, "NoSuchKey"),
            },
            Method::DELETE => {
                objects.remove(path);
                StatusCode::NO_CONTENT.into_response()
            }
            _ => error(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed"),
        }
    }
}

/// A server that stores its images in a bucket.
fn with_bucket(mut app: TestApp, bucket: &Bucket) -> TestApp {
    let metrics = PrometheusBuilder::new().build_recorder().handle();
    let config = Config { data_dir: app.data_dir().to_owned(), ..Config::default() };
    let (store, root, clock) = (app.store.clone(), app.root.clone(), app.clock.clone());
    app.app = App::new(store, root, clock, &config, metrics, Explorer::default(), bucket.images());
    app.router = router(app.app.clone());
    app
}

/// A session of the user `one`, and a signed URL for an image of a document of it.
async fn address(app: &TestApp) -> String {
    let user = app.user(NewUser { ref_id: Some("one"), ..NewUser::default() }).await;
    let session = app.session(user, NewSession::default()).await.id;
    let submit = format!(
        "mutation {{ done: submitSessionDocument(input: {{ sessionId: \"{session}\", step: ID_DOCUMENT, images: [FRONT] }}) {{
            ... on SubmitSessionDocumentSuccessPayload {{ uploads {{ url }} }} }} }}"
    );
    app.query(&submit).await["done"]["uploads"][0]["url"].as_str().unwrap().to_owned()
}

async fn upload(app: &TestApp, address: &str) -> u16 {
    let request = Request::put(address).body(Body::from(picture())).unwrap();
    app.send(request).await.status.as_u16()
}

#[rstest]
#[tokio::test]
async fn images_are_stored_and_deleted_in_a_bucket(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let bucket = Bucket::start().await;
    let app = with_bucket(app, &bucket);
    let address = address(&app).await;
    assert_eq!(upload(&app, &address).await, 200);
    let first = bucket.paths();
    assert_eq!(first.len(), 2, "the image and its thumbnail: {first:?}");
    let beginning = format!("/bucket/some/where/{}/", app.project);
    assert!(first.iter().all(|path| path.starts_with(&beginning)), "{first:?}");
    // The object is sealed: it contains no part of an image.
    for bytes in bucket.objects.0.lock().unwrap().values() {
        assert!(image::guess_format(bytes).is_err());
    }
    let shown = get(&app, &key(&app).await, "/v2/users/one/documents").await.json();
    assert!(shown["documents"][0]["front"].as_str().unwrap().len() > 100, "{shown}");
    // The next image of its kind replaces it.
    assert_eq!(upload(&app, &address).await, 200);
    let second = bucket.paths();
    assert_eq!((second.len(), second.iter().any(|path| first.contains(path))), (2, false));
    // Images of proofing requests are stored separately.
    let request = app.proofing(NewProofing::default()).await.id.to_string();
    assert_eq!(put(&app, &app.token, &request, "0", &picture()).await.status, 200);
    assert_eq!(bucket.paths().len(), 3);
    assert!(!app.data_dir().join("images").exists(), "nothing is kept in the directory");
}

#[rstest]
#[tokio::test]
async fn a_lost_object_is_an_error_but_deleting_an_absent_one_is_not(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let bucket = Bucket::start().await;
    let app = with_bucket(app, &bucket);
    let (images, id) = (bucket.images(), app.clock.new_id());
    let keys = app.app.vault.project(app.project).await.unwrap();
    let read = async || images.read(keys.common(), app.project, id, "image").await.unwrap();
    assert_eq!(read().await, None);
    images.remove(app.project, id, "image").await.unwrap();
    images.keep(keys.common(), app.project, id, "image", b"bytes").await.unwrap();
    assert_eq!(read().await.as_deref(), Some(&b"bytes"[..]));
    images.remove(app.project, id, "image").await.unwrap();
    assert_eq!((read().await, bucket.paths()), (None, Vec::new()));

    let address = address(&app).await;
    assert_eq!(upload(&app, &address).await, 200);
    bucket.objects.0.lock().unwrap().clear();
    let answer = get(&app, &key(&app).await, "/v2/users/one/documents").await;
    assert_eq!(answer.status, 500, "{}", answer.text);
}

#[rstest]
#[tokio::test]
async fn a_bucket_that_denies_access_stores_nothing_and_leaks_no_details(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let bucket = Bucket::start().await;
    let app = with_bucket(app, &bucket);
    let address = address(&app).await;
    bucket.is_shut.store(true, Ordering::SeqCst);
    let request = Request::put(&address).body(Body::from(picture())).unwrap();
    let answer = app.send(request).await;
    assert_eq!((answer.status.as_u16(), answer.json()["message"].clone()), (500, json!("internal error")));
    for detail in ["bucket", "AccessDenied", "127.0.0.1"] {
        assert!(!answer.text.contains(detail), "{}", answer.text);
    }
    assert_eq!(document_image::Entity::find().count(app.store.read()).await.unwrap(), 0);
    bucket.is_shut.store(false, Ordering::SeqCst);
    assert_eq!(upload(&app, &address).await, 200, "the address is good until its time is over");
}
