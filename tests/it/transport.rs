//! GraphQL over HTTP, by the draft of the GraphQL-over-HTTP working group.

mod event_stream;
mod persisted;
mod surfaces;
mod wall;

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use serde_json::{Value, json};

use crate::harness::{Answer, Db, TestApp};

const JSON: &str = "application/json";
const RESPONSE: &str = "application/graphql-response+json";
const VIEWER: &str = "{ viewer { project { mode } } }";

async fn start() -> TestApp {
    TestApp::start(Db::Sqlite).await
}

fn viewer() -> Value {
    json!({ "data": { "viewer": { "project": { "mode": "Live" } } } })
}

fn error(code: &str, message: &str) -> Value {
    json!({ "errors": [{ "message": message, "extensions": { "code": code } }] })
}

/// A request with a token, these headers and this body.
async fn send(
    app: &TestApp,
    method: Method,
    uri: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> Answer {
    let mut request =
        Request::builder().method(method).uri(uri).header("authorization", format!("Bearer {}", app.token));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app.send(request.body(body.into()).unwrap()).await
}

async fn post(app: &TestApp, accept: &str, body: &Value) -> Answer {
    let headers = [("content-type", JSON), ("accept", accept)];
    send(app, Method::POST, "/graphql", &headers, body.to_string()).await
}

async fn get(app: &TestApp, parameters: &[(&str, &str)]) -> Answer {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
    send(app, Method::GET, &format!("/graphql?{query}"), &[("accept", RESPONSE)], Body::empty()).await
}

fn summary(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.header("content-type").to_owned())
}

#[tokio::test]
async fn answers_in_the_accepted_media_type() {
    let app = start().await;
    let (json_utf8, response_utf8) = (format!("{JSON}; charset=utf-8"), format!("{RESPONSE}; charset=utf-8"));
    for (accept, media) in [
        (RESPONSE, &response_utf8),
        (JSON, &json_utf8),
        ("*/*", &json_utf8),
        ("application/*", &json_utf8),
        ("application/json; charset=utf-8", &json_utf8),
        ("application/graphql-response+json; charset=utf-8, application/json; charset=utf-8", &response_utf8),
        ("text/html;q=0.2, application/graphql-response+json;q=0.1", &response_utf8),
    ] {
        let answer = post(&app, accept, &json!({ "query": VIEWER })).await;
        assert_eq!((summary(&answer), answer.json()), ((200, media.clone()), viewer()), "{accept}");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    let body = json!({ "query": VIEWER }).to_string();
    let answer = send(&app, Method::POST, "/graphql", &[("content-type", JSON)], body).await;
    assert_eq!((summary(&answer), answer.json()), ((200, json_utf8), viewer()));
}

#[tokio::test]
async fn rejects_a_client_that_accepts_no_supported_media_type() {
    let app = start().await;
    for accept in ["text/plain", "image/*", "application/json;q=0", "application/xml, text/html"] {
        let answer = post(&app, accept, &json!({ "query": VIEWER })).await;
        assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE, "{accept}");
        let advice = "accept application/graphql-response+json or application/json";
        assert_eq!(answer.json(), error("BAD_REQUEST", advice), "{accept}");
    }
}

#[tokio::test]
async fn accepts_only_json_in_utf_8() {
    let app = start().await;
    let body = json!({ "query": VIEWER }).to_string();
    for media in [
        JSON,
        "Application/JSON",
        "application/json; charset=utf-8",
        "application/json;charset=\"UTF-8\"",
        RESPONSE,
    ] {
        let answer = send(&app, Method::POST, "/graphql", &[("content-type", media)], body.clone()).await;
        assert_eq!((answer.status, answer.json()), (StatusCode::OK, viewer()), "{media}");
    }
    let form = "application/x-www-form-urlencoded";
    let multipart = "multipart/form-data; boundary=x";
    for media in
        ["text/plain", form, multipart, "application/graphql", "application/json; charset=latin1", "", "json"]
    {
        let answer = send(&app, Method::POST, "/graphql", &[("content-type", media)], body.clone()).await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{media}");
        assert_eq!(
            answer.json(),
            error("BAD_REQUEST", "send the request as application/json, in UTF-8"),
            "{media}"
        );
    }
    let answer = send(&app, Method::POST, "/graphql", &[], body).await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn a_malformed_body_is_a_400_in_every_media_type() {
    let app = start().await;
    let deep = format!(
        "{{\"query\":\"{{a}}\",\"variables\":{{\"a\":{}{}}}}}",
        "[".repeat(20_000),
        "]".repeat(20_000)
    );
    for (body, message) in [
        ("", "the body is not valid JSON"),
        ("{", "the body is not valid JSON"),
        ("{\"query\":\"{a}\"} more", "the body is not valid JSON"),
        (&deep, "the body is not valid JSON"),
        ("\"{ viewer }\"", "the body must be a JSON object with a `query`"),
        ("null", "the body must be a JSON object with a `query`"),
        ("{}", "`query` is missing or not a string"),
        ("{\"query\":null}", "`query` is missing or not a string"),
        ("{\"query\":[\"{a}\"]}", "`query` is missing or not a string"),
        ("[{\"query\":\"{a}\"}]", "batches are not supported: send one operation per request"),
        ("[]", "batches are not supported: send one operation per request"),
        ("{\"query\":\"{a}\",\"operationName\":7}", "`operationName` must be a string"),
        ("{\"query\":\"{a}\",\"variables\":[]}", "`variables` must be an object"),
        ("{\"query\":\"{a}\",\"variables\":\"{}\"}", "`variables` must be an object"),
        ("{\"query\":\"{a}\",\"extensions\":1}", "`extensions` must be an object"),
    ] {
        for accept in [JSON, RESPONSE] {
            let headers = [("content-type", JSON), ("accept", accept)];
            let answer = send(&app, Method::POST, "/graphql", &headers, body.to_owned()).await;
            let expected = (StatusCode::BAD_REQUEST, error("BAD_REQUEST", message));
            assert_eq!((answer.status, answer.json()), expected, "{}", &body[..body.len().min(60)]);
        }
    }
}

#[tokio::test]
async fn an_invalid_document_is_a_400_without_data_and_in_plain_json_a_200() {
    let app = start().await;
    let requests = [
        json!({ "query": "{" }),
        json!({ "query": "" }),
        json!({ "query": "{ nobody }" }),
        json!({ "query": "query A { viewer { permissions } }", "operationName": "B" }),
        json!({ "query": "query A { viewer { permissions } } query B { viewer { permissions } }" }),
        json!({ "query": "query ($n: Int!) { users(first: $n) { totalCount } }" }),
        json!({ "query": "query ($n: Int!) { users(first: $n) { totalCount } }", "variables": { "n": "7" } }),
        json!({ "query": "mutation { deleteEverything }" }),
        json!({ "query": "subscription { everything }" }),
    ];
    for request in requests {
        for (accept, status) in [(RESPONSE, StatusCode::BAD_REQUEST), (JSON, StatusCode::OK)] {
            let answer = post(&app, accept, &request).await;
            let body = answer.json();
            let code = &body["errors"][0]["extensions"]["code"];
            assert_eq!((answer.status, code), (status, &json!("GRAPHQL_VALIDATION_FAILED")), "{request}");
            assert_eq!(body.get("data"), None, "{request}");
        }
    }
}

#[tokio::test]
async fn a_field_error_is_a_200_with_data() {
    let app = start().await;
    for accept in [RESPONSE, JSON] {
        let answer = post(
            &app,
            accept,
            &json!({ "query": "{ user(id: \"x\") { id } users(after: \"x\") { totalCount } }" }),
        )
        .await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.code(), "BAD_CURSOR");
        assert!(answer.json().get("data").is_some());
    }
}

#[tokio::test]
async fn a_variable_of_the_wrong_type_is_named() {
    let app = start().await;
    let query = "query ($n: Int!, $by: UsersOrderByInput) { users(first: $n, orderBy: $by) { totalCount } }";
    for (variables, message) in [
        (json!({}), "invalid variable `$n`: a value is required"),
        (json!({ "n": null }), "invalid variable `$n`: it must not be null"),
        (json!({ "n": "7" }), "invalid variable `$n`: a value of type `Int` is required"),
        (json!({ "n": 1.5 }), "invalid variable `$n`: a value of type `Int` is required"),
        (json!({ "n": 2_147_483_648_i64 }), "invalid variable `$n`: a value of type `Int` is required"),
        (
            json!({ "n": 1, "by": 1 }),
            "invalid variable `$by`: an object of type `UsersOrderByInput` is required",
        ),
        (
            json!({ "n": 1, "by": { "up": 1 } }),
            "invalid variable `$by`: `UsersOrderByInput` has no field `up`",
        ),
        (
            json!({ "n": 1, "by": { "direction": "Up" } }),
            "invalid variable `$by`: one of Asc, Desc is required",
        ),
    ] {
        let answer = post(&app, RESPONSE, &json!({ "query": query, "variables": variables })).await;
        let expected = (StatusCode::BAD_REQUEST, error("GRAPHQL_VALIDATION_FAILED", message));
        assert_eq!((answer.status, answer.json()), expected, "{variables}");
    }
}

#[tokio::test]
async fn queries_are_accepted_over_get() {
    let app = start().await;
    let answer = get(&app, &[("query", VIEWER)]).await;
    assert_eq!((answer.status, answer.json()), (StatusCode::OK, viewer()));
    let query = "query A($id: String!) { user(id: $id) { id } } query B { viewer { project { mode } } }";
    let variables = ("variables", "{\"id\":\"nobody\"}");
    let answer = get(&app, &[("query", query), ("operationName", "A"), variables]).await;
    assert_eq!(answer.json(), json!({ "data": { "user": null } }));
    let answer =
        get(&app, &[("query", query), ("operationName", "B"), ("variables", ""), ("extensions", "{}")]).await;
    assert_eq!(answer.json(), viewer());
    let answer = get(&app, &[("query", VIEWER), ("variables", "not json")]).await;
    assert_eq!(answer.json(), error("BAD_REQUEST", "`variables` must be an object"));
    let answer = get(&app, &[]).await;
    assert_eq!(answer.json(), error("BAD_REQUEST", "`query` is missing or not a string"));
}

#[tokio::test]
async fn only_queries_are_accepted_over_get() {
    let app = start().await;
    let both = "query A { viewer { permissions } } mutation B { change }";
    for parameters in [&[("query", "mutation { change }")][..], &[("query", both), ("operationName", "B")]] {
        let answer = get(&app, parameters).await;
        assert_eq!((answer.status, answer.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "POST"));
        assert_eq!(answer.json(), error("BAD_REQUEST", "only queries run over GET: use POST"));
    }
}

#[tokio::test]
async fn a_browser_is_redirected_to_the_explorer() {
    let app = start().await;
    let accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    for path in ["/graphql", "/", "/explorer"] {
        let answer = app.get(path, &[("accept", accept)]).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (StatusCode::SEE_OTHER, "/explorer/"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn other_methods_are_rejected_with_the_allowed_ones() {
    let app = start().await;
    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        for (path, allowed) in [("/graphql", ["GET", "POST"].as_slice()), ("/oauth2/token", &["POST"])] {
            let answer = send(&app, method.clone(), path, &[("content-type", JSON)], "{}").await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
            let allow = answer.header("allow");
            assert!(allowed.iter().all(|method| allow.contains(method)), "{method} {path}: {allow}");
        }
    }
}
