//! The middleware rejects requests in the format of the path's API, for every kind of error.

use std::io;

use axum::{
    body::Body,
    http::{Method, Request},
};
use futures_util::stream;
use serde_json::{Value, json};
use verigraph::config::Config;

use super::start;
use crate::harness::{Answer, TestApp};

/// A path of each API, and an unknown path.
const SURFACES: [(Method, &str, &str); 12] = [
    (Method::POST, "/api/web/v1/idproofing", "/api/web/v1/idproofing/a/b"),
    (Method::GET, "/api/web/v1/idproofing/x", "/api/web/v1/nothing"),
    (Method::POST, "/api/web/v1/adminapi/authenticate", "/api/web/v1"),
    (Method::GET, "/api/v2/verifications", "/api/v2/nothing"),
    (Method::GET, "/api/v2/verifications/18", "/api/v2"),
    (Method::GET, "/v2/verifications/18", "/v2/verifications/"),
    (Method::POST, "/v2/sessions", "/v2/users"),
    (Method::GET, "/v2/users/x/documents", "/v2/users/x/y"),
    (Method::GET, "/sessions/x", "/sessions/x/y"),
    (Method::POST, "/oauth2/token", "/oauth2/nothing"),
    (Method::POST, "/graphql", "/api"),
    (Method::GET, "/openapi.json", "/api/web/v10/idproofing"),
];

/// The error as clients of a path read it.
fn refusal(path: &str, status: u16, (code, message): (&str, &str), id: &str) -> Value {
    if path.starts_with("/api/web/v1/") || path == "/api/web/v1" {
        let word = match status {
            400 => "bad_request",
            404 => "not_found",
            405 => "method_not_allowed",
            408 => "timeout",
            413 => "payload_too_large",
            503 => "overloaded",
            _ => "internal_error",
        };
        let parameters = if status == 500 { json!({ "requestId": id }) } else { json!({}) };
        json!({ "errorCode": word, "errorMessage": message, "parameters": parameters })
    } else if path == "/api/v2" || path.starts_with("/api/v2/") || path.starts_with("/v2/verifications") {
        let details = if status == 500 { json!([{ "field": "requestId", "issue": id }]) } else { json!([]) };
        let code = if status == 404 { "NOT_FOUND" } else { code };
        json!({ "error": { "code": code, "message": message, "details": details } })
    } else if ["/v2/sessions", "/v2/users", "/sessions"]
        .iter()
        .any(|prefix| path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    {
        let reason = axum::http::StatusCode::from_u16(status).unwrap().canonical_reason();
        let mut body = json!({ "statusCode": status, "message": message, "error": reason });
        if status == 500 {
            body["requestId"] = id.into();
        }
        body
    } else if path.starts_with("/oauth2") {
        let word = match status {
            500 => "server_error",
            503 => "temporarily_unavailable",
            _ => "invalid_request",
        };
        json!({ "error": word, "error_description": message })
    } else if status == 500 {
        json!({ "errors": [{ "message": message, "extensions": { "code": code, "requestId": id } }] })
    } else {
        json!({ "errors": [{ "message": message, "extensions": { "code": code } }] })
    }
}

async fn send(app: &TestApp, method: &Method, path: &str, body: Body) -> Answer {
    let (token, form) = (format!("Bearer {}", app.token), "application/x-www-form-urlencoded");
    let request = Request::builder().method(method).uri(path);
    let request = if path == "/oauth2/token" {
        request.header("content-type", form)
    } else {
        request.header("content-type", "application/json").header("authorization", token)
    };
    app.send(request.body(body).unwrap()).await
}

fn assert_refused(answer: &Answer, path: &str, status: u16, why: (&str, &str)) {
    let expected = refusal(path, status, why, answer.header("x-request-id"));
    assert_eq!((answer.status.as_u16(), answer.json()), (status, expected), "{path}");
    assert_eq!(answer.header("content-type"), "application/json", "{path}");
    assert_eq!(answer.header("retry-after"), if status == 503 { "1" } else { "" }, "{path}");
}

/// A server with these limits.
async fn limited(change: impl FnOnce(&mut Config)) -> TestApp {
    let mut app = start().await;
    let mut config = Config::default();
    change(&mut config);
    app.restart_with(config);
    app
}

#[tokio::test]
async fn an_unknown_path_is_rejected_in_the_format_of_its_api() {
    let app = start().await;
    let others = ["/api/webv1/idproofing", "/api/v22", "/v2", "/v2/userss", "/uploads.txt", "/nowhere"];
    for path in SURFACES.iter().map(|(.., path)| *path).chain(others) {
        let answer = send(&app, &Method::GET, path, Body::empty()).await;
        assert_refused(&answer, path, 404, ("BAD_REQUEST", "there is no such path"));
    }
}

#[tokio::test]
async fn a_wrong_method_is_rejected_in_the_format_of_its_api() {
    let app = start().await;
    for (method, path, _) in SURFACES {
        for other in [Method::DELETE, Method::PATCH] {
            let answer = send(&app, &other, path, Body::from("{}")).await;
            assert_refused(&answer, path, 405, ("BAD_REQUEST", "this path does not support this method"));
            assert!(answer.header("allow").contains(method.as_str()), "{path}: {}", answer.header("allow"));
        }
    }
}

#[tokio::test]
async fn an_overloaded_server_answers_in_the_format_of_each_api() {
    let app = limited(|config| config.limits.in_flight = 0).await;
    for (method, path, _) in SURFACES {
        let answer = send(&app, &method, path, Body::from("{}")).await;
        let message = "too many requests are in flight: the limit is 0 (`limits.in_flight`)";
        assert_refused(&answer, path, 503, ("OVERLOADED", message));
    }
}

#[tokio::test]
async fn large_slow_and_incomplete_bodies_are_rejected_in_the_format_of_their_api() {
    let app = limited(|config| config.limits.body_seconds = 0).await;
    for (method, path, _) in SURFACES {
        let (limit, setting) =
            if path.starts_with("/api/web") || path.contains("sessions") || path.contains("users") {
                (262_144, "limits.rest_body")
            } else {
                (65_536, "limits.body")
            };
        let answer = send(&app, &method, path, Body::from(vec![b' '; limit + 1])).await;
        let message = format!("the body is too large: the limit is {limit} bytes (`{setting}`)");
        assert_refused(&answer, path, 413, ("BAD_REQUEST", &message));
        let never = stream::pending::<io::Result<Vec<u8>>>();
        let answer = send(&app, &method, path, Body::from_stream(never)).await;
        let message = "the body took longer than 0 seconds (`limits.body_seconds`)";
        assert_refused(&answer, path, 408, ("TIMEOUT", message));
        let broken = stream::iter([Ok(vec![b'{']), Err(io::Error::other("secret of the socket"))]);
        let answer = send(&app, &method, path, Body::from_stream(broken)).await;
        assert_refused(&answer, path, 400, ("BAD_REQUEST", "the body ended early"));
    }
}

#[tokio::test]
async fn a_panic_is_reported_in_the_format_of_each_api() {
    let mut app = start().await;
    app.restart_broken();
    for (method, path, _) in SURFACES {
        let body = match path {
            // Static documents cannot fail.
            "/openapi.json" => continue,
            "/oauth2/token" => "grant_type=client_credentials&client_id=a&client_secret=b",
            "/graphql" => "{\"query\":\"{ users { totalCount } }\"}",
            _ => "{\"applicationId\":\"a\",\"sharedSecret\":\"b\"}",
        };
        let answer = send(&app, &method, path, Body::from(body)).await;
        assert_refused(&answer, path, 500, ("INTERNAL", "internal error"));
    }
}

#[tokio::test]
async fn a_path_that_is_not_utf_8_is_rejected_in_the_format_of_its_api() {
    let app = start().await;
    for path in [
        "/api/web/v1/idproofing/%FF",
        "/api/v2/verifications/%FF",
        "/v2/verifications/%C3%28",
        "/v2/users/%FF",
    ] {
        let answer = send(&app, &Method::GET, path, Body::empty()).await;
        assert_refused(&answer, path, 400, ("BAD_REQUEST", "the path is not valid UTF-8"));
    }
    let answer = send(&app, &Method::PUT, "/api/web/v1/idproofing/%FF/complete", Body::from("{}")).await;
    assert_refused(&answer, "/api/web/v1/idproofing", 400, ("BAD_REQUEST", "the path is not valid UTF-8"));
    let answer = send(&app, &Method::PUT, "/uploads/%FF", Body::empty()).await;
    assert_refused(&answer, "/api/web/v1", 400, ("BAD_REQUEST", "the path is not valid UTF-8"));
}
