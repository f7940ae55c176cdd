//! From init to complete, and every rejected step.

use axum::http::Method;
use entity::{
    project::Mode,
    proofing_request::{DeviceCheck, State},
};
use rstest::rstest;
use serde_json::{Value, json};
use verigraph::auth::{Permission, Permissions};

use super::{LIST, images, refused, send};
use crate::harness::{Db, NewProofing, NewUser, TestApp};

async fn init(app: &TestApp, token: &str, body: &Value) -> crate::harness::Answer {
    send(app, Method::POST, &format!("{LIST}/init"), token, body).await
}

async fn complete(app: &TestApp, token: &str, id: &str, body: &Value) -> crate::harness::Answer {
    send(app, Method::PUT, &format!("{LIST}/{id}/complete"), token, body).await
}

#[rstest]
#[tokio::test]
async fn a_request_starts_with_a_device_check(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser { ref_id: Some("my-own"), ..NewUser::default() }).await;
    for (body, device, whose) in [
        (json!({}), "NONE", Value::Null),
        (json!({ "userId": user, "deviceCheckResult": "ALLOW" }), "ALLOW", json!({ "id": user })),
        (json!({ "refId": "my-own", "deviceCheckResult": "DENY" }), "DENY", json!({ "id": user })),
    ] {
        let begun = init(&app, &app.token, &body).await;
        assert_eq!(begun.status, 200, "{}", begun.text);
        let begun = begun.json();
        assert_eq!(begun["deviceCheckResult"], device);
        let query = format!(
            "{{ proofingRequest(id: {}) {{ state requestTime deviceCheckResult user {{ id }} }} }}",
            begun["requestId"]
        );
        let expected = json!({ "proofingRequest": {
            "state": "INIT", "requestTime": "2026-01-15T12:00:00.000Z", "deviceCheckResult": device, "user": whose,
        } });
        assert_eq!(app.query(&query).await, expected);
    }
    for (body, expected) in [
        (json!({ "userId": "nobody" }), (404, "user_not_found")),
        (json!({ "userId": user, "refId": "my-own" }), (400, "invalid_body")),
        (json!({ "deviceCheckResult": "PASSED" }), (400, "invalid_value")),
        (json!({ "scenario": "approved" }), (400, "invalid_scenario")),
        (json!([]), (400, "invalid_body")),
    ] {
        let (status, code) = refused(&init(&app, &app.token, &body).await);
        assert_eq!((status, code.as_str()), expected, "{body}");
    }
}

#[rstest]
#[tokio::test]
async fn a_tag_limited_token_starts_requests_of_visible_users_only(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let [vip, other] = [&["vip"][..], &[]].map(|tags| NewUser { tags, ..NewUser::default() });
    let (vip, other) = (app.user(vip).await, app.user(other).await);
    let token = app.token_for(app.project, Permissions::all(), Some(&["vip"])).await;
    assert_eq!(init(&app, &token, &json!({ "userId": vip })).await.status, 200);
    for body in [json!({ "userId": other }), json!({})] {
        assert_eq!(refused(&init(&app, &token, &body).await), (404, "user_not_found".to_owned()));
    }
    let hidden = app
        .proofing(NewProofing { state: State::Image, user: Some(other), ..NewProofing::default() })
        .await
        .id;
    let outcome = json!({ "documentAuthenticationResult": "PASSED" });
    let answer = complete(&app, &token, &hidden.to_string(), &outcome).await;
    assert_eq!(refused(&answer), (404, "request_not_found".to_owned()));
}

#[rstest]
#[tokio::test]
async fn a_request_is_completed_once_with_an_outcome(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let new = NewProofing { state: State::Image, ..NewProofing::default() };
    for (score, matches) in [(Some(79), json!(false)), (Some(80), json!(true)), (None, Value::Null)] {
        let id = app.proofing(new.clone()).await.id.to_string();
        let outcome = json!({ "documentAuthenticationResult": "PASSED", "faceMatchScore": score });
        let expected = json!({
            "requestId": id, "state": "COMPLETE", "documentAuthenticationResult": "PASSED",
            "faceMatch": matches, "faceMatchScore": score,
        });
        assert_eq!(complete(&app, &app.token, &id, &outcome).await.json(), expected);
        let again = complete(&app, &app.token, &id, &outcome).await;
        assert_eq!(refused(&again), (409, "request_completed".to_owned()));
    }
}

#[rstest]
#[tokio::test]
async fn invalid_outcomes_and_steps_in_a_wrong_state_are_rejected(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let id = app.proofing(NewProofing { state: State::Image, ..NewProofing::default() }).await.id.to_string();
    for (body, code) in [
        (json!({}), "missing_document_authentication_result"),
        (json!({ "faceMatchScore": 80 }), "missing_document_authentication_result"),
        (json!({ "documentAuthenticationResult": "ALLOW" }), "invalid_value"),
        (
            json!({ "documentAuthenticationResult": "PASSED", "faceMatchScore": 101 }),
            "invalid_face_match_score",
        ),
        (
            json!({ "documentAuthenticationResult": "PASSED", "faceMatchScore": -1 }),
            "invalid_face_match_score",
        ),
        (json!({ "documentAuthenticationResult": "PASSED", "faceMatchScore": "80" }), "invalid_body"),
    ] {
        assert_eq!(refused(&complete(&app, &app.token, &id, &body).await), (400, code.to_owned()), "{body}");
    }
    let outcome = json!({ "documentAuthenticationResult": "PASSED" });
    let denied = NewProofing { device: DeviceCheck::Deny, ..NewProofing::default() };
    for (new, code) in [(NewProofing::default(), "image_missing"), (denied, "device_denied")] {
        let id = app.proofing(new).await.id.to_string();
        assert_eq!(refused(&complete(&app, &app.token, &id, &outcome).await), (409, code.to_owned()));
    }
    let nobody = complete(&app, &app.token, "nobody", &outcome).await;
    assert_eq!(refused(&nobody), (404, "request_not_found".to_owned()));
    let other = app.new_project().await;
    let token = app.token_for(other, Permissions::all(), None).await;
    assert_eq!(refused(&complete(&app, &token, &id, &outcome).await), (404, "request_not_found".to_owned()));
}

#[rstest]
#[tokio::test]
async fn each_step_needs_its_permission(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let id = app.proofing(NewProofing { state: State::Image, ..NewProofing::default() }).await.id;
    let view = app.token_with(&[Permission::IdproofingView, Permission::IdproofingAdd]).await;
    let answer = complete(&app, &view, &id.to_string(), &json!({})).await;
    assert_eq!(answer.json()["parameters"], json!({ "permission": "IDPROOFING:EDIT" }));
    let edit = app.token_with(&[Permission::IdproofingView, Permission::IdproofingEdit]).await;
    let answer = init(&app, &edit, &json!({})).await;
    assert_eq!(
        (refused(&answer).0, answer.json()["parameters"].clone()),
        (403, json!({ "permission": "IDPROOFING:ADD" }))
    );
    // Over GraphQL a rejection is data.
    let mutation =
        "mutation { createProofingRequest(input: {}) { __typename ... on Rejection { message } } }";
    let answer = app.query_as(&edit, mutation, json!({})).await;
    assert_eq!(answer["createProofingRequest"]["__typename"], "ForbiddenRejection");
}

/// Of two concurrent completions one is rejected.
#[rstest]
#[tokio::test]
async fn one_of_two_concurrent_outcomes_is_accepted(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for _ in 0..5 {
        let id =
            app.proofing(NewProofing { state: State::Image, ..NewProofing::default() }).await.id.to_string();
        let [one, other] =
            ["PASSED", "FAILED"].map(|result| json!({ "documentAuthenticationResult": result }));
        let (one, other) = futures_util::future::join(
            complete(&app, &app.token, &id, &one),
            complete(&app, &app.token, &id, &other),
        )
        .await;
        let mut statuses = [one.status.as_u16(), other.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
    }
}

#[rstest]
#[tokio::test]
async fn in_a_sandbox_the_scenario_sets_the_results_of_the_checks(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let sandbox = app.project_of(Mode::Sandbox).await;
    let token = app.token_for(sandbox, Permissions::all(), None).await;
    for (scenario, device, document, score) in [
        (Value::Null, "ALLOW", "PASSED", json!(95)),
        (json!("no-match"), "ALLOW", "PASSED", json!(42)),
        (json!("unreadable"), "ALLOW", "UNKNOWN", Value::Null),
        (json!({ "device": "REVIEW", "document": "SKIPPED", "score": 80 }), "REVIEW", "SKIPPED", json!(80)),
    ] {
        let begun = init(&app, &token, &json!({ "scenario": scenario })).await.json();
        assert_eq!(begun["deviceCheckResult"], device, "{begun}");
        let id = begun["requestId"].as_str().unwrap();
        let image = images::put(&app, &token, id, "0", images::IMAGE).await;
        assert_eq!(image.json()["classified"], scenario != "unreadable");
        let done = complete(&app, &token, id, &json!({})).await.json();
        assert_eq!(
            (&done["documentAuthenticationResult"], &done["faceMatchScore"]),
            (&json!(document), &score)
        );
    }
    for scenario in [json!("nonsense"), json!({ "score": 101 }), json!([]), json!(1)] {
        let answer = init(&app, &token, &json!({ "scenario": scenario })).await;
        assert_eq!(refused(&answer), (400, "invalid_scenario".to_owned()), "{scenario}");
    }
}

#[rstest]
#[tokio::test]
async fn the_graphql_mutations_take_the_same_steps(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let sandbox = app.project_of(Mode::Sandbox).await;
    let token = app.token_for(sandbox, Permissions::all(), None).await;
    let begin = "mutation { createProofingRequest(input: { scenario: \"review\" }) {
            ... on CreateProofingRequestSuccessPayload { requestId proofingRequest { state deviceCheckResult } } } }";
    let mut begun = app.query_as(&token, begin, json!({})).await["createProofingRequest"].take();
    let id = begun["requestId"].take();
    assert_eq!(begun["proofingRequest"], json!({ "state": "INIT", "deviceCheckResult": "REVIEW" }));
    let complete = "mutation ($id: ID!, $score: Int) {
            completeProofingRequest(input: { requestId: $id, documentAuthenticationResult: PASSED, faceMatchScore: $score }) {
                __typename ... on Rejection { message }
                ... on CompleteProofingRequestSuccessPayload { proofingRequest { state faceMatch } } } }";
    let run = async |id: &Value, score: i32| {
        app.query_as(&token, complete, json!({ "id": id, "score": score })).await["completeProofingRequest"]
            .take()
    };
    let early = run(&id, 80).await;
    let message = "this request is INIT: upload an image of the document before completing it";
    assert_eq!(early, json!({ "__typename": "ProofingStepRefusedRejection", "message": message }));
    let url = "mutation ($id: ID!) { generateProofingImageUploadUrl(input: { requestId: $id, side: FRONT }) {
            ... on GenerateProofingImageUploadUrlSuccessPayload { url expiresAt } } }";
    let url = app.query_as(&token, url, json!({ "id": id })).await["generateProofingImageUploadUrl"].take();
    assert_eq!(url["expiresAt"], "2026-01-15T12:05:00.000Z");
    let path = url["url"].as_str().unwrap();
    let upload = async |path: &str, image: &'static [u8]| {
        app.send(axum::http::Request::put(path).body(axum::body::Body::from(image)).unwrap()).await
    };
    assert_eq!(upload(path, images::IMAGE).await.json()["state"], "IMAGE");
    assert_eq!(refused(&upload(path, b"").await), (400, "empty_image".to_owned()));
    assert_eq!(refused(&upload("/uploads/a.b", b"").await), (403, "invalid_upload_url".to_owned()));
    assert_eq!(
        refused(&upload(&path.replace("/e", "/f"), b"").await),
        (403, "invalid_upload_url".to_owned())
    );
    assert_eq!(run(&id, 101).await["__typename"], "InvalidProofingOutcomeRejection");
    assert_eq!(run(&json!("nobody"), 80).await["__typename"], "ProofingRequestNotFoundRejection");
    let done = json!({ "state": "COMPLETE", "faceMatch": true });
    assert_eq!(run(&id, 80).await["proofingRequest"], done);
    assert_eq!(refused(&upload(path, images::IMAGE).await), (409, "request_completed".to_owned()));
    app.clock.set(app.clock.now().plus_seconds(300));
    assert_eq!(refused(&upload(path, images::IMAGE).await), (403, "upload_url_expired".to_owned()));
}
