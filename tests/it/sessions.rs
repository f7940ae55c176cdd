//! Verification sessions: over GraphQL, and over the user verification API.

mod api_keys;
mod documented;
mod graph;
mod images;
mod rest;
mod unread;
mod viewed;
mod zones;

use axum::{
    body::Body,
    http::{Method, Request},
};
use serde_json::{Value, json};
use verigraph::auth::Permissions;

use crate::harness::{Answer, TestApp};

/// An API key of a new credential of the test's project, with every permission.
pub async fn key(app: &TestApp) -> String {
    app.credential(app.project, Permissions::all(), None).await.api_key.unwrap()
}

/// Sends a request with an API key.
pub async fn send(app: &TestApp, method: Method, path: &str, key: &str, body: impl Into<Body>) -> Answer {
    let request = Request::builder().method(method).uri(path).header("x-api-key", key);
    app.send(request.header("content-type", "application/json").body(body.into()).unwrap()).await
}

/// Gets a path with an API key.
pub async fn get(app: &TestApp, key: &str, path: &str) -> Answer {
    send(app, Method::GET, path, key, Body::empty()).await
}

/// Status and message of an error, which must have the format of this API.
pub fn refused(answer: &Answer) -> (u16, String) {
    let body = answer.json();
    let keys: Vec<_> = body.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["statusCode", "message", "error"], "{body}");
    assert_eq!(body["statusCode"], json!(answer.status.as_u16()));
    assert_eq!(body["error"], answer.status.canonical_reason().unwrap());
    (answer.status.as_u16(), body["message"].as_str().unwrap().to_owned())
}

/// Starts a session over REST.
pub async fn start_session(app: &TestApp, key: &str, body: &Value) -> Value {
    let answer = send(app, Method::POST, "/v2/sessions", key, body.to_string()).await;
    assert_eq!(answer.status, 200, "{body}: {}", answer.text);
    answer.json()
}
