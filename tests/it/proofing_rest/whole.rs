//! Refusals to the letter: the status and the whole body of each kind.

use axum::{
    body::Body,
    http::{Method, Request, header},
};
use entity::proofing_request::{DeviceCheck, State};
use rstest::rstest;
use serde_json::{Value, json};
use verigraph::auth::Permission;

use super::{LIST, images::IMAGE, page, send};
use crate::harness::{Answer, Db, NewProofing, TestApp};

/// The documented body.
fn error(code: &str, message: &str, parameters: Value) -> Value {
    let mut body = json!({ "errorCode": code, "errorMessage": message });
    body["parameters"] = parameters;
    body
}

fn whole(answer: &Answer) -> (u16, Value) {
    assert_eq!(answer.header("content-type"), "application/json");
    (answer.status.as_u16(), answer.json())
}

async fn raw(app: &TestApp, method: Method, path: &str, content_type: &str, body: impl Into<Body>) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::CONTENT_TYPE, content_type)
        .header(header::AUTHORIZATION, &app.token);
    app.send(request.body(body.into()).unwrap()).await
}

async fn search(app: &TestApp, attribute: Value) -> Answer {
    send(app, Method::POST, LIST, &app.token, &json!({ "searchByAttributes": [attribute] })).await
}

/// Each of the eight operators that nothing takes, and those that another attribute takes, on each attribute.
#[rstest]
#[tokio::test]
async fn every_operator_that_an_attribute_does_not_take(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    const NOBODY_TAKES: [&str; 8] =
        ["NOT_EQUALS", "CONTAINS", "NOT_CONTAINS", "STARTS_WITH", "ENDS_WITH", "IN", "EXISTS", "NOT_EXISTS"];
    const OF_TIMES: [&str; 4] = ["GREATER_THAN", "GREATER_THAN_OR_EQUAL", "LESS_THAN", "LESS_THAN_OR_EQUAL"];

    let app = TestApp::start(db).await;
    let mut refused = 0;
    for (name, value) in [
        ("requestTime", "2018-08-04T18:15:30"),
        ("deviceCheckResult", "ALLOW"),
        ("state", "INIT"),
        ("documentAuthenticationResult", "PASSED"),
        ("faceMatch", "true"),
    ] {
        let others: &[&str] = if name == "requestTime" { &["EQUALS"] } else { &OF_TIMES };
        let takes = if name == "requestTime" { OF_TIMES.join(", ") } else { "EQUALS".to_owned() };
        for operator in NOBODY_TAKES.iter().chain(others) {
            let answer = search(&app, json!({ "name": name, "operator": operator, "value": value })).await;
            let message = format!("`{name}` does not support {operator}, only: {takes}");
            let expected =
                error("invalid_search_attribute", &message, json!({ "name": name, "operator": operator }));
            assert_eq!(whole(&answer), (400, expected));
            refused += 1;
        }
    }
    assert_eq!(refused, 5 * 8 + 1 + 4 * 4);
}

#[rstest]
#[tokio::test]
async fn names_operators_and_values_that_are_none(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let time = "`requestTime` must be a time in UTC such as 2018-08-04T18:15:30";
    for (name, operator, value, message) in [
        ("nonsense", "EQUALS", Some("a"), "there is no search attribute `nonsense`"),
        ("faceMatchScore", "EQUALS", Some("80"), "there is no search attribute `faceMatchScore`"),
        ("state", "BETWEEN", Some("INIT"), "there is no operator `BETWEEN`"),
        ("state", "EQUALS", None, "`state` has no value"),
        ("requestTime", "LESS_THAN", None, "`requestTime` has no value"),
        ("state", "EQUALS", Some("DONE"), "`state` has no value `DONE`"),
        ("deviceCheckResult", "EQUALS", Some("PASSED"), "`deviceCheckResult` has no value `PASSED`"),
        (
            "documentAuthenticationResult",
            "EQUALS",
            Some("DENY"),
            "`documentAuthenticationResult` has no value `DENY`",
        ),
        ("faceMatch", "EQUALS", Some("1"), "`faceMatch` has no value `1`"),
        ("requestTime", "LESS_THAN", Some("yesterday"), time),
        ("requestTime", "GREATER_THAN", Some("2019-02-29T00:00:00"), time),
        ("requestTime", "GREATER_THAN", Some("2018-08-04"), time),
    ] {
        let mut parameters = json!({ "name": name, "operator": operator });
        let known = !message.starts_with("there is no");
        if let Some(value) = value.filter(|_| known) {
            parameters["value"] = value.into();
        }
        let answer = search(&app, json!({ "name": name, "operator": operator, "value": value })).await;
        assert_eq!(whole(&answer), (400, error("invalid_search_attribute", message, parameters)));
    }
    let many = vec![json!({ "name": "state", "operator": "EQUALS", "value": "INIT" }); 101];
    let answer = send(&app, Method::POST, LIST, &app.token, &json!({ "searchByAttributes": many })).await;
    let expected =
        error("invalid_search_attribute", "too many search attributes: the limit is 100", json!({}));
    assert_eq!(whole(&answer), (400, expected));
    let order = json!({ "orderByAttribute": { "name": "requestId", "ascending": true } });
    let answer = send(&app, Method::POST, LIST, &app.token, &order).await;
    let message = "requests cannot be ordered by `requestId`";
    let expected = error("invalid_order_by_attribute", message, json!({ "name": "requestId" }));
    assert_eq!(whole(&answer), (400, expected));
}

#[rstest]
#[tokio::test]
async fn limits_and_cursors_that_are_none(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for limit in [0, 101, -1] {
        let answer = send(&app, Method::POST, LIST, &app.token, &json!({ "limit": limit })).await;
        let expected =
            error("invalid_limit", "the limit must be between 1 and 100", json!({ "limit": limit }));
        assert_eq!(whole(&answer), (400, expected));
    }
    let answer = send(&app, Method::POST, LIST, &app.token, &json!({ "limit": "abc" })).await;
    let message = "the body is invalid: invalid type: string \"abc\", expected i64";
    assert_eq!(whole(&answer), (400, error("invalid_body", message, json!({}))));
    for _ in 0..2 {
        app.proofing(NewProofing::default()).await;
    }
    let cursor = page(&app, &json!({ "limit": 1 })).await["paging"]["nextCursor"].take();
    let cursor = cursor.as_str().unwrap();
    let expected = error("invalid_cursor", "this is not a cursor of one of your lists", json!({}));
    for end in 0..cursor.len() {
        let answer = send(&app, Method::POST, LIST, &app.token, &json!({ "cursor": &cursor[..end] })).await;
        assert_eq!(whole(&answer), (400, expected.clone()), "the first {end} letters");
    }
    let other = app.new_project().await;
    let token = app.token_for(other, verigraph::auth::Permissions::all(), None).await;
    for (token, cursor) in [(&token, cursor), (&app.token, "garbage")] {
        let answer = send(&app, Method::POST, LIST, token, &json!({ "cursor": cursor })).await;
        assert_eq!(whole(&answer), (400, expected.clone()));
    }
}

#[rstest]
#[tokio::test]
async fn bodies_that_are_none_whatever_they_say_they_are(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let object = error("invalid_body", "the body must be a JSON object", json!({}));
    let json = error("invalid_body", "the body is not valid JSON", json!({}));
    for (method, path) in [
        (Method::POST, LIST.to_owned()),
        (Method::POST, format!("{LIST}/init")),
        (Method::POST, "/api/web/v1/adminapi/authenticate".to_owned()),
        (Method::PUT, format!("{LIST}/x/complete")),
    ] {
        for (body, expected) in
            [("[]", &object), ("1", &object), ("{", &json), ("limit=1", &json), ("\u{0}", &json)]
        {
            let answer = raw(&app, method.clone(), &path, "application/json", body).await;
            assert_eq!(whole(&answer), (400, expected.clone()), "{path} {body}");
        }
        let large = raw(&app, method, &path, "application/json", vec![b' '; 256 * 1024 + 1]).await;
        let message = "the body is too large: the limit is 262144 bytes (`limits.rest_body`)";
        assert_eq!(whole(&large), (413, error("payload_too_large", message, json!({}))), "{path}");
    }
    // The document names no type, and clients send what their library does: the body alone decides.
    for content_type in ["application/json", "text/plain", "application/x-www-form-urlencoded", ""] {
        let answer = raw(&app, Method::POST, LIST, content_type, "{}").await;
        assert_eq!(answer.status, 200, "{content_type}");
    }
}

#[rstest]
#[tokio::test]
async fn callers_that_may_not(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let needed = error(
        "unauthenticated",
        "an access token is required: send `Authorization: Bearer TOKEN`",
        json!({}),
    );
    let answer = app.send(Request::post(LIST).body(Body::from("{}")).unwrap()).await;
    assert_eq!((whole(&answer), answer.header("www-authenticate")), ((401, needed), "Bearer"));
    let blind = app.token_with(&[Permission::IdproofingEdit]).await;
    let answer = send(&app, Method::POST, LIST, &blind, &json!({})).await;
    let message = "this requires the permission IDPROOFING:VIEW";
    assert_eq!(
        whole(&answer),
        (403, error("forbidden", message, json!({ "permission": "IDPROOFING:VIEW" })))
    );
    app.clock.set(app.clock.now().plus_seconds(3_606));
    let answer = send(&app, Method::POST, LIST, &app.token, &json!({})).await;
    let message = "this access token has expired: get a new one from /oauth2/token";
    assert_eq!(whole(&answer), (401, error("unauthenticated", message, json!({}))));
}

#[rstest]
#[tokio::test]
async fn requests_that_are_not_there_and_steps_out_of_turn(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for id in ["nobody", "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b", "0", "a%20b", "%00"] {
        let shown = id.replace("%20", " ").replace("%00", "\0");
        let expected = error("request_not_found", "there is no such request", json!({ "requestId": shown }));
        for (method, path, body) in [
            (Method::GET, format!("{LIST}/{id}"), &b""[..]),
            (Method::PUT, format!("{LIST}/{id}/complete"), b"{\"documentAuthenticationResult\":\"PASSED\"}"),
            (Method::PUT, format!("{LIST}/{id}/image/0"), IMAGE),
        ] {
            let answer = raw(&app, method, &path, "", body).await;
            assert_eq!(whole(&answer), (404, expected.clone()), "{path}");
        }
    }
    let denied = NewProofing { device: DeviceCheck::Deny, ..NewProofing::default() };
    let done = NewProofing { state: State::Complete, ..NewProofing::default() };
    for (new, step, code, message) in [
        (
            denied.clone(),
            "image/0",
            "device_denied",
            "the device check of this request said DENY: it takes no further step",
        ),
        (
            denied,
            "complete",
            "device_denied",
            "the device check of this request said DENY: it takes no further step",
        ),
        (done.clone(), "image/1", "request_completed", "this request is COMPLETE: it takes no further step"),
        (done, "complete", "request_completed", "this request is COMPLETE: it takes no further step"),
        (
            NewProofing::default(),
            "complete",
            "image_missing",
            "this request is INIT: upload an image of the document before completing it",
        ),
    ] {
        let id = app.proofing(new).await.id;
        let body =
            if step == "complete" { &b"{\"documentAuthenticationResult\":\"PASSED\"}"[..] } else { IMAGE };
        let answer = raw(&app, Method::PUT, &format!("{LIST}/{id}/{step}"), "", body).await;
        assert_eq!(whole(&answer), (409, error(code, message, json!({ "requestId": id }))), "{step}");
    }
}

#[rstest]
#[tokio::test]
async fn images_scores_and_scenarios_that_are_none(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let id = app.proofing(NewProofing { state: State::Image, ..NewProofing::default() }).await.id;
    let large = [IMAGE, &vec![0; 13 * 1024 * 1024]].concat();
    let too_large = "the body is too large: the limit is 12582912 bytes (`limits.image`)";
    for (step, image, status, code, message, parameters) in [
        ("image/0", &b""[..], 400, "empty_image", "the image has no bytes", json!({})),
        (
            "image/0",
            b"GIF89a!",
            400,
            "unsupported_image_type",
            "the image is not a JPEG, PNG or WebP",
            json!({}),
        ),
        (
            "image/2",
            IMAGE,
            400,
            "invalid_side",
            "the side must be 0 for the front or 1 for the back",
            json!({ "side": "2" }),
        ),
        (
            "image/0?classified=1",
            IMAGE,
            400,
            "invalid_value",
            "`classified` must be one of true, false",
            json!({ "classified": "1" }),
        ),
        (
            "image/0?classified=true&classified=false",
            IMAGE,
            400,
            "invalid_value",
            "`classified` must occur once, with true or false",
            json!({}),
        ),
        ("image/0", &large, 413, "payload_too_large", too_large, json!({})),
        (
            "complete",
            br#"{"documentAuthenticationResult":"PASSED","faceMatchScore":101}"#,
            400,
            "invalid_face_match_score",
            "a score must be a number from 0 to 100",
            json!({}),
        ),
        (
            "complete",
            br#"{"documentAuthenticationResult":"PASSED","faceMatchScore":-1}"#,
            400,
            "invalid_face_match_score",
            "a score must be a number from 0 to 100",
            json!({}),
        ),
        (
            "complete",
            br#"{"documentAuthenticationResult":"OK"}"#,
            400,
            "invalid_value",
            "`documentAuthenticationResult` must be one of NONE, UNKNOWN, PASSED, FAILED, SKIPPED, ATTENTION",
            json!({ "documentAuthenticationResult": "OK" }),
        ),
        (
            "complete",
            b"",
            400,
            "missing_document_authentication_result",
            "`documentAuthenticationResult` is required",
            json!({}),
        ),
    ] {
        let answer = raw(
            &app,
            Method::PUT,
            &format!("{LIST}/{id}/{step}"),
            "application/octet-stream",
            image.to_vec(),
        )
        .await;
        assert_eq!(whole(&answer), (status, error(code, message, parameters)), "{step}");
    }
}
