//! Document types without a step and without fields: face photos and reports. And the alternative name of a
//! step.

use axum::{body::Body, http::Request};
use rstest::rstest;
use serde_json::{Value, json};

use super::{get, key};
use crate::harness::{Db, NewIdentification, NewSession, NewUser, TestApp, picture};

const SUBMIT: &str =
    "mutation ($input: SubmitSessionDocumentInput!) { done: submitSessionDocument(input: $input) {
    __typename ... on Rejection { message } ... on SubmitSessionDocumentSuccessPayload {
        documentId uploads { kind url } document { __typename } } } }";

async fn submit(app: &TestApp, input: Value) -> Value {
    app.query_as(&app.token, SUBMIT, json!({ "input": input })).await["done"].take()
}

#[rstest]
#[tokio::test]
async fn face_photos_and_reports_have_images_and_no_step(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser { ref_id: Some("one"), ..NewUser::default() }).await;
    let session = app.session(user, NewSession::default()).await.id;
    let run = app.identification(user, NewIdentification::default()).await;
    let mut ids = Vec::new();
    for (kind, image, level) in [("FacePhoto", "PHOTO", Some(91)), ("Report", "FRONT", None)] {
        let input = json!({
            "sessionId": session, "identificationId": run, "documentType": kind, "images": [image], "matchLevel": level,
        });
        let done = submit(&app, input).await;
        assert_eq!(done["document"]["__typename"], format!("{kind}Document"), "{done}");
        let address = done["uploads"][0]["url"].as_str().unwrap();
        let put = Request::put(address).header("content-type", "application/octet-stream");
        assert_eq!(app.send(put.body(Body::from(picture())).unwrap()).await.status, 200);
        ids.push(done["documentId"].clone());
        app.clock.set(app.clock.now().plus_seconds(1));
    }
    let documents = "documents { __typename
            ... on FacePhotoDocument { id matchLevel createdAt images { kind width } }
            ... on ReportDocument { id createdAt images { kind width } } }";
    let query = format!(
        "{{ verificationSession(id: \"{session}\") {{ {documents} }} identification(id: \"{run}\") {{ {documents} }} }}"
    );
    let expected = json!([
        {
            "__typename": "FacePhotoDocument", "id": ids[0], "matchLevel": 91, "createdAt": "2026-01-15T12:00:00.000Z",
            "images": [{ "kind": "PHOTO", "width": 48 }],
        },
        {
            "__typename": "ReportDocument", "id": ids[1], "createdAt": "2026-01-15T12:00:01.000Z",
            "images": [{ "kind": "FRONT", "width": 48 }],
        },
    ]);
    let data = app.query(&query).await;
    assert_eq!(data["verificationSession"]["documents"], expected);
    assert_eq!(data["identification"]["documents"], expected);
    // The user verification API returns documents of steps only.
    let key = key(&app).await;
    for path in ["/v2/users/one", "/v2/users/one/documents"] {
        assert_eq!(get(&app, &key, path).await.json()["documents"], json!([]), "{path}");
    }
}

#[rstest]
#[tokio::test]
async fn a_step_is_required_exactly_for_document_types_that_have_one(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let session = app.session(user, NewSession::default()).await.id;
    for more in [
        json!({}),
        json!({ "documentType": "Passport" }),
        json!({ "documentType": "FacePhoto", "step": "ID_DOCUMENT" }),
        json!({ "documentType": "Report", "step": "ADDRESS_PROOF" }),
        json!({ "documentType": "FacePhoto", "images": ["FRONT"] }),
        json!({ "documentType": "Report", "images": ["PHOTO"] }),
        json!({ "documentType": "FacePhoto", "fields": { "firstName": "Ada" } }),
        json!({ "documentType": "Report", "fields": { "mrzLines": ["P<"] } }),
        json!({ "documentType": "Report", "matchLevel": 1 }),
    ] {
        let mut input = json!({ "sessionId": session });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let done = submit(&app, input).await;
        assert_eq!(done["__typename"], "InvalidDocumentRejection", "{more}: {done}");
    }
}

#[rstest]
#[tokio::test]
async fn a_driver_license_is_a_driving_license(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let create = "mutation { done: createVerificationSession(input: {
            refId: \"one\", steps: [DRIVER_LICENSE, DRIVING_LICENSE] }) {
            ... on CreateVerificationSessionSuccessPayload { sessionId verificationSession { steps } } } }";
    let done = &app.query(create).await["done"];
    assert_eq!(done["verificationSession"]["steps"], json!(["DRIVING_LICENSE"]));
    for step in ["DRIVER_LICENSE", "DRIVING_LICENSE"] {
        let input = json!({ "sessionId": done["sessionId"], "step": step, "idempotencyKey": "a" });
        assert_eq!(submit(&app, input).await["document"]["__typename"], "DriversLicenseDocument");
    }
    let query = "query ($id: ID!) { verificationSession(id: $id) { documents { ... on DriversLicenseDocument { step } } } }";
    let data = app.query_as(&app.token, query, json!({ "id": done["sessionId"] })).await;
    // With one key, the two requests created one document.
    assert_eq!(data["verificationSession"]["documents"], json!([{ "step": "DRIVING_LICENSE" }]));
}
