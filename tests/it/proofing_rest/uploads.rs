//! Upload URLs: absolute if the server has a public URL.

use axum::{
    body::Body,
    http::{Request, header},
};
use rstest::rstest;
use serde_json::json;
use verigraph::config::{Config, PublicUrl};

use super::images::IMAGE;
use crate::harness::{Db, NewProofing, TestApp};

/// The upload URL for an image of a new request, requested with this `Host` header.
async fn address(app: &TestApp, host: &str) -> String {
    let id = app.proofing(NewProofing::default()).await.id;
    let query = format!(
        "mutation {{ generateProofingImageUploadUrl(input: {{ requestId: \"{id}\", side: BACK }}) {{
        ... on GenerateProofingImageUploadUrlSuccessPayload {{ url }} }} }}"
    );
    let request = Request::post("/graphql")
        .header(header::HOST, host)
        .header("x-forwarded-host", host)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::AUTHORIZATION, format!("Bearer {}", app.token))
        .body(Body::from(json!({ "query": query }).to_string()));
    let answer = app.send(request.unwrap()).await.json();
    answer["data"]["generateProofingImageUploadUrl"]["url"].as_str().unwrap().to_owned()
}

async fn upload(app: &TestApp, address: &str) -> u16 {
    app.send(Request::put(address).body(Body::from(IMAGE)).unwrap()).await.status.as_u16()
}

#[rstest]
#[tokio::test]
async fn an_upload_url_starts_with_the_public_url_and_accepts_the_image(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let mut app = TestApp::start(db).await;
    let public_url = Some(PublicUrl::try_from("https://id.example.org/".to_owned()).unwrap());
    app.restart_with(Config { public_url, ..Config::default() });
    let address = address(&app, "evil.example").await;
    assert!(address.starts_with("https://id.example.org/uploads/"), "{address}");
    assert_eq!(upload(&app, &address).await, 200);
}

#[rstest]
#[tokio::test]
async fn without_a_public_url_an_upload_url_is_a_path_and_ignores_the_host_header(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let address = address(&app, "evil.example").await;
    assert!(address.starts_with("/uploads/"), "{address}");
    assert_eq!(upload(&app, &address).await, 200);
}
