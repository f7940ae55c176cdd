//! GraphQL over Server-Sent Events: the graphql-sse protocol in distinct connections mode.

use std::time::Duration;

use axum::{
    body::{Body, BodyDataStream},
    http::{Request, StatusCode, header},
    response::Response,
};
use futures_util::StreamExt;
use http_body_util::BodyExt;
use rstest::rstest;
use serde_json::{Value, json};
use tower::ServiceExt;
use verigraph::{
    auth::{Permission, Permissions, credential},
    config::{Config, Limits},
    event::Kind,
};

use crate::{
    harness::{Db, NewUser, TestApp},
    subscriptions::{EVENTS, record_event},
};

/// A stream of events, as a client reads it.
struct Events {
    body: BodyDataStream,
    read: String,
}

async fn post(app: &TestApp, token: &str, query: &str) -> Response {
    let request = Request::post("/graphql")
        .header(header::ACCEPT, "text/event-stream")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .body(Body::from(json!({ "query": query }).to_string()));
    app.router.clone().oneshot(request.unwrap()).await.unwrap()
}

impl Events {
    fn of(response: Response) -> Self {
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
        Self { body: response.into_body().into_data_stream(), read: String::new() }
    }

    async fn open(app: &TestApp, token: &str, query: &str) -> Self {
        Self::of(post(app, token, query).await)
    }

    /// The next event: its name and its data. Comments keep the connection open and are skipped.
    async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            while let Some(end) = self.read.find("\n\n") {
                let event: String = self.read.drain(..end + 2).collect();
                let field = |name: &str| {
                    event.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map(str::trim)
                };
                if let Some(name) = field("event") {
                    let data = field("data").unwrap_or_default();
                    return Some((name.to_owned(), serde_json::from_str(data).unwrap_or(Value::Null)));
                }
            }
            let more = tokio::time::timeout(Duration::from_secs(20), self.body.next()).await.unwrap()?;
            self.read.push_str(std::str::from_utf8(&more.unwrap()).unwrap());
        }
    }

    async fn answer(&mut self) -> Value {
        let (name, data) = self.next().await.unwrap();
        assert_eq!(name, "next", "{data}");
        data
    }

    async fn is_complete(&mut self) {
        assert_eq!(self.next().await, Some(("complete".to_owned(), Value::Null)));
        assert_eq!(self.next().await, None);
    }
}

#[rstest]
#[tokio::test]
async fn a_query_is_streamed_with_its_completion(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let mut events = Events::open(&app, &app.token, "{ viewer { project { mode } } }").await;
    assert_eq!(events.answer().await, json!({ "data": { "viewer": { "project": { "mode": "Live" } } } }));
    events.is_complete().await;
}

#[rstest]
#[tokio::test]
async fn a_subscription_streams_its_events(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let mut events = Events::open(&app, &app.token, EVENTS).await;
    // Waits until the subscription is active, because the protocol has no message for it.
    tokio::time::sleep(Duration::from_millis(300)).await;
    for kind in [Kind::UserCreated, Kind::UserUpdated] {
        let user = app.user(NewUser::default()).await;
        record_event(&app, kind, user, Some(user)).await;
        let answer = events.answer().await;
        assert_eq!(answer["data"]["event"]["resourceId"], json!(user), "{answer}");
    }
}

#[rstest]
#[tokio::test]
async fn an_invalid_document_is_an_answer_with_errors(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for (query, code) in [("{ nothing }", "GRAPHQL_VALIDATION_FAILED"), ("{", "GRAPHQL_VALIDATION_FAILED")] {
        let mut events = Events::open(&app, &app.token, query).await;
        let answer = events.answer().await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{answer}");
        events.is_complete().await;
    }
}

/// Some clients send the same `Accept` header with every operation.
#[rstest]
#[tokio::test]
async fn a_client_that_also_accepts_json_gets_a_stream_for_subscriptions_only(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let ask = async |query: &str| {
        let request = Request::post("/graphql")
            .header(
                header::ACCEPT,
                "application/graphql-response+json, application/json, text/event-stream, multipart/mixed",
            )
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::AUTHORIZATION, format!("Bearer {}", app.token))
            .body(Body::from(json!({ "query": query }).to_string()));
        let response = app.router.clone().oneshot(request.unwrap()).await.unwrap();
        response.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned()
    };
    let json = "application/graphql-response+json; charset=utf-8";
    for query in
        ["{ viewer { permissions } }", "query subscription { viewer { permissions } }", "{ nothing }", "{"]
    {
        assert_eq!(ask(query).await, json, "{query}");
    }
    assert_eq!(ask(EVENTS).await, "text/event-stream");
}

#[rstest]
#[tokio::test]
async fn a_get_runs_no_mutation(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let get = async |query: &str| {
        let query: String = form_urlencoded::byte_serialize(query.as_bytes()).collect();
        let request = Request::get(format!("/graphql?query={query}"))
            .header(header::ACCEPT, "text/event-stream")
            .header(header::AUTHORIZATION, format!("Bearer {}", app.token))
            .body(Body::empty());
        Events::of(app.router.clone().oneshot(request.unwrap()).await.unwrap())
    };
    let mut events = get("mutation { createUser(input: { refId: \"x\" }) { __typename } }").await;
    let answer = events.answer().await;
    assert_eq!((&answer["data"], answer["errors"].as_array().unwrap().len()), (&Value::Null, 1), "{answer}");
    events.is_complete().await;
    assert_eq!(app.query("{ users { totalCount } }").await["users"]["totalCount"], 0);
    let mut events = get("{ users { totalCount } }").await;
    assert_eq!(events.answer().await, json!({ "data": { "users": { "totalCount": 0 } } }));
}

#[rstest]
#[tokio::test]
async fn an_invalidated_token_ends_the_stream(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let pair = app.credential(app.project, Permissions::all(), None).await;
    let token = app.token_of(pair.credential, Permissions::all(), 3600).await;
    let mut events = Events::open(&app, &token, EVENTS).await;
    credential::revoke(&app.store, &app.clock, &pair.client_id).await.unwrap();
    let answer = events.answer().await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{answer}");
    events.is_complete().await;
}

#[rstest]
#[tokio::test]
async fn a_subscription_needs_its_permission(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let token = app.token_with(&[Permission::UsersView]).await;
    let mut events = Events::open(&app, &token, "subscription { verificationGranted { reason } }").await;
    let answer = events.answer().await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN", "{answer}");
    events.is_complete().await;
}

#[rstest]
#[tokio::test]
async fn a_stream_requires_a_token(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let response = post(&app, "nonsense", EVENTS).await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
}

#[rstest]
#[tokio::test]
async fn streams_count_as_sockets_until_their_client_disconnects(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let mut app = TestApp::start(db).await;
    let limits = Limits { sockets_per_credential: 1, ..Limits::default() };
    app.restart_with(Config { limits, ..Config::default() });
    let events = Events::open(&app, &app.token, EVENTS).await;
    let refused = post(&app, &app.token, EVENTS).await;
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    let text = refused.into_body().collect().await.unwrap().to_bytes();
    assert!(String::from_utf8_lossy(&text).contains("`limits.sockets_per_credential`"));
    drop(events);
    for _ in 0..100 {
        if post(&app, &app.token, "{ viewer { permissions } }").await.status() == StatusCode::OK {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("a stream without a reader keeps its place");
}
