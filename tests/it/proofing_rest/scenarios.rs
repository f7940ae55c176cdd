//! A scenario file in place of the image, as existing clients of the API send it: with a token, and to a
//! signed URL.

use axum::{
    body::Body,
    http::{Method, Request},
};
use entity::project::Mode;
use rstest::rstest;
use serde_json::{Value, json};
use verigraph::auth::Permissions;

use super::{
    LIST,
    images::{IMAGE, put},
    refused, send,
};
use crate::harness::{Answer, Db, NewProofing, TestApp};

const FORGED: &str = "name: forged\nsteps:\n  - image: { classified: false }\n  \
                      - completeProofing: { document: FAILED, score: 42 }\n";
const BROKEN: &str = "name: broken\nsteps:\n  - image: { colour: red }\n";
const NAMELESS: &str = "name: nameless\nsteps:\n  - image: { of: nothing }\n";

/// A token of a new Sandbox project, and a request started there.
async fn start_request(app: &TestApp) -> (String, String) {
    let project = app.project_of(Mode::Sandbox).await;
    let token = app.token_for(project, Permissions::all(), None).await;
    let begun = send(app, Method::POST, &format!("{LIST}/init"), &token, &json!({})).await;
    assert_eq!(begun.status, 200, "{}", begun.text);
    (begun.json()["requestId"].as_str().unwrap().to_owned(), token)
}

/// The request as the API returns it.
async fn get_request(app: &TestApp, token: &str, id: &str) -> Value {
    let one = send(app, Method::GET, &format!("{LIST}/{id}"), token, &Value::Null).await;
    assert_eq!(one.status, 200, "{}", one.text);
    one.json()
}

/// Uploads a front image to a signed URL.
async fn upload(app: &TestApp, token: &str, id: &str, image: &[u8]) -> Answer {
    let query = format!(
        "mutation {{ done: generateProofingImageUploadUrl(input: {{ requestId: \"{id}\", side: FRONT }}) {{
        ... on GenerateProofingImageUploadUrlSuccessPayload {{ url }} }} }}"
    );
    let url = app.query_as(token, &query, json!({})).await["done"]["url"].as_str().unwrap().to_owned();
    app.send(Request::put(url).body(Body::from(image.to_vec())).unwrap()).await
}

#[rstest]
#[tokio::test]
async fn a_sandbox_accepts_a_scenario_file_as_an_image_and_applies_it(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    for by_address in [false, true] {
        let (id, token) = start_request(&app).await;
        let kept = if by_address {
            upload(&app, &token, &id, FORGED.as_bytes()).await
        } else {
            put(&app, &token, &id, "0", FORGED.as_bytes()).await
        };
        assert_eq!(kept.status, 200, "{}", kept.text);
        assert_eq!(
            kept.json(),
            json!({
                "requestId": id, "state": "IMAGE", "side": "front", "classified": false,
                "uploadTime": "2026-01-15T12:00:00Z",
            })
        );
        // The stored file is an ordinary image, and the other side can be one.
        let file = app.data_dir().join("images").join(app.caller(&token).await.project_id().to_string());
        assert!(file.join(&id).join("front").exists());
        assert_eq!(put(&app, &token, &id, "1", IMAGE).await.status, 200);
        let ended = send(&app, Method::PUT, &format!("{LIST}/{id}/complete"), &token, &json!({})).await;
        assert_eq!(
            ended.json(),
            json!({
                "requestId": id, "state": "COMPLETE", "documentAuthenticationResult": "FAILED",
                "faceMatch": false, "faceMatchScore": 42,
            })
        );
        let seen = get_request(&app, &token, &id).await;
        assert_eq!(
            (&seen["frontImageClassified"], &seen["backImageClassified"]),
            (&json!(false), &json!(true)),
            "{seen}"
        );
    }
}

#[rstest]
#[tokio::test]
async fn a_given_classification_overrides_the_scenario_file(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (id, token) = start_request(&app).await;
    let kept = put(&app, &token, &id, "0?classified=true", FORGED.as_bytes()).await;
    assert_eq!((kept.status.as_u16(), &kept.json()["classified"]), (200, &json!(true)));
}

#[rstest]
#[tokio::test]
async fn an_error_in_a_scenario_file_names_line_and_column(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (id, token) = start_request(&app).await;
    for (file, place, why) in [
        (BROKEN, json!({ "line": 3, "column": 14 }), "line 3, column 14: unknown field `colour`"),
        (
            NAMELESS,
            json!({ "line": 3, "column": 18 }),
            "line 3, column 18: no earlier step creates `nothing`",
        ),
        ("hello", json!({ "line": 1, "column": 1 }), "neither an image nor a scenario: line 1, column 1"),
        ("name: x\nsteps: [{ user: {} }]", json!({}), "neither an `image` nor a `completeProofing`"),
    ] {
        for answer in [
            put(&app, &token, &id, "0", file.as_bytes()).await,
            upload(&app, &token, &id, file.as_bytes()).await,
        ] {
            assert!(answer.text.contains(why), "{}", answer.text);
            assert_eq!(refused(&answer), (400, "invalid_scenario".to_owned()));
            assert_eq!(answer.json()["parameters"], place);
        }
    }
    // The rejected file had no effect.
    let seen = get_request(&app, &token, &id).await;
    assert_eq!((&seen["state"], &seen["frontImageUploadTime"]), (&json!("INIT"), &Value::Null));
    assert!(!app.data_dir().join("images").exists());
}

#[rstest]
#[tokio::test]
async fn a_live_project_rejects_a_scenario_file_as_an_image(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let id = app.proofing(NewProofing::default()).await.id.to_string();
    for file in [FORGED, BROKEN] {
        for answer in [
            put(&app, &app.token, &id, "0", file.as_bytes()).await,
            upload(&app, &app.token, &id, file.as_bytes()).await,
        ] {
            assert_eq!(refused(&answer), (400, "unsupported_image_type".to_owned()), "{}", answer.text);
            assert!(!answer.text.contains("scenario"), "{}", answer.text);
        }
    }
    assert_eq!(get_request(&app, &app.token, &id).await["state"], "INIT");
}
