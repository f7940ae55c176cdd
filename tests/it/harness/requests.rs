use axum::{
    body::Body,
    http::{Method, Request, header},
};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{Answer, TestApp, described};

impl TestApp {
    /// Sends a request through the whole middleware stack. The response must match `openapi.json`.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let answer = Answer { status: head.status, headers: head.headers, text };
        described::check(&method, &path, &answer);
        answer
    }

    /// Sends a GraphQL request with a token, and accepts the current media type.
    pub async fn post(&self, token: &str, body: &Value) -> Answer {
        let request = Request::post("/graphql")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/graphql-response+json")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(Body::from(body.to_string()))
            .unwrap();
        self.send(request).await
    }

    /// Sends a request without a body.
    pub async fn get(&self, uri: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(Method::GET).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// The body of the answer to a document, including errors.
    pub async fn run_as(&self, token: &str, query: &str, variables: Value) -> Value {
        self.post(token, &json!({ "query": query, "variables": variables })).await.json()
    }

    /// The data of the answer to a document that must not fail.
    pub async fn query_as(&self, token: &str, query: &str, variables: Value) -> Value {
        let mut body = self.run_as(token, query, variables).await;
        assert!(body.get("errors").is_none(), "{query}\n{body:#}");
        body["data"].take()
    }

    /// The data of the answer to a document that must not fail, with every permission.
    pub async fn query(&self, query: &str) -> Value {
        self.query_as(&self.token, query, json!({})).await
    }
}
