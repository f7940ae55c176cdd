//! Access tokens for an application id and its secret.

use axum::http::Method;
use rstest::rstest;
use serde_json::{Value, json};
use verigraph::auth::{Permission, Permissions};

use super::{LIST, refused, send};
use crate::harness::{Db, TestApp};

const AUTHENTICATE: &str = "/api/web/v1/adminapi/authenticate";

async fn authenticate(app: &TestApp, body: &Value) -> crate::harness::Answer {
    send(app, Method::POST, AUTHENTICATE, "", body).await
}

#[rstest]
#[tokio::test]
async fn a_client_id_and_secret_give_a_token_for_15_minutes(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let permissions: Permissions = [Permission::IdproofingView].into_iter().collect();
    let pair = app.credential(app.project, permissions, None).await;
    let body = json!({ "applicationId": pair.client_id, "sharedSecret": pair.client_secret });
    let answer = authenticate(&app, &body).await;
    assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "no-store"));
    let mut body = answer.json();
    let Value::String(token) = body["authToken"].take() else { panic!("{body}") };
    let times = json!({
        "authToken": null, "creationTime": "2026-01-15T12:00:00Z", "expirationTime": "2026-01-15T12:15:00Z",
    });
    assert_eq!(body, times);
    let now = app.clock.now();
    // Both spellings of the header; the clocks may differ by 5 seconds.
    for (seconds, status) in [(0, 200), (899, 200), (905, 401)] {
        app.clock.set(now.plus_seconds(seconds));
        for header in [format!("Bearer {token}"), token.clone()] {
            let request = axum::http::Request::post(LIST).header("authorization", header);
            let answer = app.send(request.body(axum::body::Body::from("{}")).unwrap()).await;
            assert_eq!(answer.status, status, "after {seconds} s: {}", answer.text);
        }
    }
}

#[rstest]
#[tokio::test]
async fn a_wrong_client_id_or_secret_is_rejected(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let pair = app.credential(app.project, Permissions::all(), None).await;
    let (id, secret) = (pair.client_id, pair.client_secret);
    for (id, secret) in
        [(id.as_str(), "wrong"), ("wrong", secret.as_str()), ("\0", "\0"), ("", ""), (&id, "")]
    {
        let answer = authenticate(&app, &json!({ "applicationId": id, "sharedSecret": secret })).await;
        assert_eq!(refused(&answer), (401, "invalid_credentials".to_owned()));
    }
    for body in [
        json!({}),
        json!([]),
        json!({ "applicationId": id }),
        json!({ "applicationId": id, "sharedSecret": 1 }),
    ] {
        assert_eq!(refused(&authenticate(&app, &body).await), (400, "invalid_body".to_owned()), "{body}");
    }
}
