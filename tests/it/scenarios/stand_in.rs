//! A scenario file uploaded in place of the image of a document.

use axum::{body::Body, http::Request};
use rstest::rstest;
use serde_json::json;

use super::sandbox;
use crate::harness::{Answer, Db, TestApp};

const FORGED: &str = "name: forged\nsteps:\n  - image: { classified: false }\n  - completeProofing: { document: FAILED, score: 42 }\n";
const PASSPORT: &str = "name: expired\nsteps:\n  - document:\n      type: Passport\n      fields: { lastName: Eriksson, dateOfExpiration: 2012-04-15 }\n";

async fn put(app: &TestApp, address: &str, body: &str) -> Answer {
    app.send(Request::put(address).body(Body::from(body.to_owned())).unwrap()).await
}

/// A new proofing request, and a signed URL for its front image.
async fn proofing(app: &TestApp, token: &str) -> (String, String) {
    let begun = "mutation { done: createProofingRequest(input: {}) {
        ... on CreateProofingRequestSuccessPayload { requestId } } }";
    let begun = app.query_as(token, begun, json!({})).await;
    let id = begun["done"]["requestId"].as_str().unwrap().to_owned();
    let query = format!(
        "mutation {{ done: generateProofingImageUploadUrl(input: {{ requestId: \"{id}\", side: FRONT }}) {{
        ... on GenerateProofingImageUploadUrlSuccessPayload {{ url }} }} }}"
    );
    let url = app.query_as(token, &query, json!({})).await["done"]["url"].as_str().unwrap().to_owned();
    (id, url)
}

/// A new session, a document of it, and a signed URL for its front image.
async fn document(app: &TestApp, token: &str) -> (String, String) {
    let begun = "mutation { done: createVerificationSession(input: { refId: \"one\", forceCreation: true }) {
        ... on CreateVerificationSessionSuccessPayload { sessionId } } }";
    let begun = app.query_as(token, begun, json!({})).await;
    let id = begun["done"]["sessionId"].as_str().unwrap().to_owned();
    let query = format!(
        "mutation {{ done: submitSessionDocument(input: {{
        sessionId: \"{id}\", step: ID_DOCUMENT, images: [FRONT] }}) {{
        ... on SubmitSessionDocumentSuccessPayload {{ uploads {{ url }} }} }} }}"
    );
    let data = app.query_as(token, &query, json!({})).await;
    (id, data["done"]["uploads"][0]["url"].as_str().unwrap().to_owned())
}

#[rstest]
#[tokio::test]
async fn a_scenario_file_sets_the_outcome_of_a_proofing_request(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (_, token) = sandbox(&app).await;
    let (id, url) = proofing(&app, &token).await;
    let kept = put(&app, &url, FORGED).await;
    assert_eq!(kept.status, 200, "{}", kept.text);
    assert_eq!(kept.json()["classified"], false);
    let end = format!(
        "mutation {{ done: completeProofingRequest(input: {{ requestId: \"{id}\" }}) {{
            ... on CompleteProofingRequestSuccessPayload {{ proofingRequest {{
                state documentAuthenticationResult faceMatch faceMatchScore frontImageClassified }} }} }} }}"
    );
    assert_eq!(
        app.query_as(&token, &end, json!({})).await["done"]["proofingRequest"],
        json!({
            "state": "COMPLETE", "documentAuthenticationResult": "FAILED", "faceMatch": false,
            "faceMatchScore": 42, "frontImageClassified": false,
        })
    );
}

#[rstest]
#[tokio::test]
async fn a_scenario_file_sets_the_fields_of_a_document(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (_, token) = sandbox(&app).await;
    let (session, url) = document(&app, &token).await;
    let kept = put(&app, &url, PASSPORT).await;
    assert_eq!(kept.status, 200, "{}", kept.text);
    let query = format!(
        "{{ verificationSession(id: \"{session}\") {{ documents {{ __typename
            ... on PassportDocument {{ lastName findings images {{ kind }} }} }} }} }}"
    );
    let seen = app.query_as(&token, &query, json!({})).await;
    assert_eq!(
        seen["verificationSession"]["documents"],
        json!([{
            "__typename": "PassportDocument", "lastName": "Eriksson", "findings": ["Expired"],
            "images": [{ "kind": "FRONT" }],
        }])
    );
}

#[rstest]
#[tokio::test]
async fn an_error_in_the_file_is_reported(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (_, token) = sandbox(&app).await;
    let (_, url) = proofing(&app, &token).await;
    for (body, why) in [
        ("name: x\nsteps: [{ image: { colour: 1 } }]", "line 2, column 20"),
        (PASSPORT, "neither an `image` nor a `completeProofing`"),
        ("hello", "neither an image nor a scenario"),
    ] {
        let answer = put(&app, &url, body).await;
        assert_eq!(answer.status, 400, "{}", answer.text);
        assert!(answer.text.contains(why), "{}", answer.text);
    }
    let (_, url) = document(&app, &token).await;
    let answer = put(&app, &url, FORGED).await;
    assert_eq!(
        (answer.status.as_u16(), answer.text.contains("no `document`")),
        (400, true),
        "{}",
        answer.text
    );
}

#[rstest]
#[tokio::test]
async fn a_live_project_rejects_a_scenario_file_as_an_image(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (_, url) = proofing(&app, &app.token).await;
    let answer = put(&app, &url, FORGED).await;
    assert_eq!(
        (answer.status.as_u16(), answer.text.contains("not a JPEG, PNG or WebP")),
        (400, true),
        "{}",
        answer.text
    );
    let (_, url) = document(&app, &app.token).await;
    let answer = put(&app, &url, PASSPORT).await;
    assert_eq!(
        (answer.status.as_u16(), answer.text.contains("not a JPEG, PNG or WebP")),
        (400, true),
        "{}",
        answer.text
    );
}
