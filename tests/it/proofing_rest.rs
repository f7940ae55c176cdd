//! The ID proofing API as its clients call it.

pub mod images;
mod life;
mod list;
mod refusals;
mod scenarios;
mod tokens;
mod uploads;
mod whole;

use axum::{
    body::Body,
    http::{Method, Request, header},
};
use serde_json::{Value, json};

use crate::harness::{Answer, TestApp};

const LIST: &str = "/api/web/v1/idproofing";

/// Sends a request with a JSON body.
async fn send(app: &TestApp, method: Method, path: &str, token: &str, body: &Value) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .body(Body::from(body.to_string()));
    app.send(request.unwrap()).await
}

/// A page of the list, which must succeed.
pub async fn page(app: &TestApp, body: &Value) -> Value {
    let answer = send(app, Method::POST, LIST, &app.token, body).await;
    assert_eq!(answer.status, 200, "{body}: {}", answer.text);
    answer.json()
}

/// Status and code of an error, which must have the documented format.
fn refused(answer: &Answer) -> (u16, String) {
    let body = answer.json();
    let keys: Vec<_> = body.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["errorCode", "errorMessage", "parameters"], "{body}");
    assert!(body["parameters"].is_object(), "{body}");
    assert_ne!(body["errorMessage"], json!(""));
    (answer.status.as_u16(), body["errorCode"].as_str().unwrap().to_owned())
}
