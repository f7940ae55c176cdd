//! A field that was added without a rule.

use std::sync::Arc;

use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema};
use rstest::rstest;
use serde_json::{Value, json};
use verigraph::{
    Error,
    auth::{Audience, Caller, Permissions},
    graphql::{self, PolicyHook, Request},
    schema::POLICY,
};

use crate::harness::{Db, TestApp};

struct Query;

#[Object]
impl Query {
    async fn forgotten(&self) -> Option<&str> {
        Some("told")
    }

    async fn needed(&self) -> &str {
        "told"
    }
}

/// A caller with every permission.
async fn caller(app: &TestApp) -> Caller {
    let caller = app.app.callers.of_token(&app.token, Audience::Graph, app.clock.now()).await.unwrap();
    assert_eq!(caller.permissions, Permissions::all());
    caller
}

/// The answer of a schema with fields without a rule, with and without a request in the context.
async fn answer(app: &TestApp, query: &str, with_request: bool) -> Value {
    let schema =
        Schema::build(Query, EmptyMutation, EmptySubscription).extension(PolicyHook::default()).finish();
    let document = app.app.documents.prepare("{ viewer { __typename } }").unwrap();
    let request = Arc::new(Request::new(caller(app).await, document.document, app.app.services.clone()));
    let mut execute = async_graphql::Request::new(query);
    if with_request {
        execute = execute.data(request.clone());
    }
    let response = schema.execute(execute).await;
    serde_json::to_value(graphql::answer(response, &request, "an-id")).unwrap()
}

#[rstest]
#[tokio::test]
async fn a_field_without_a_rule_is_denied_to_every_caller(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let caller = caller(&app).await;
    for (name, field) in [("User", "unlisted"), ("Forgotten", "id"), ("Query", ""), ("", ""), ("user", "id")]
    {
        let denied = POLICY.check(&caller, name, field);
        assert!(matches!(denied, Err(Error::Fault(_))), "{name}.{field}: {denied:?}");
    }
    let mut nobody = caller;
    nobody.permissions = Permissions::default();
    assert!(POLICY.check(&nobody, "User", "unlisted").is_err());
}

#[tokio::test]
async fn a_field_without_a_rule_is_an_internal_error() {
    let app = TestApp::start(Db::Sqlite).await;
    let fault = |column: u64, name: &str| {
        json!([{
            "message": "internal error",
            "locations": [{ "line": 1, "column": column }],
            "path": [name],
            "extensions": { "code": "INTERNAL", "requestId": "an-id" },
        }])
    };
    let nullable = answer(&app, "{ forgotten __typename }", true).await;
    let left = json!({ "forgotten": null, "__typename": "Query" });
    assert_eq!(nullable, json!({ "data": left, "errors": fault(3, "forgotten") }));
    let needed = answer(&app, "{ needed __typename }", true).await;
    assert_eq!(needed, json!({ "data": null, "errors": fault(3, "needed") }));
}

/// A path into the schema without a caller in the context.
#[tokio::test]
async fn no_field_resolves_outside_of_a_request() {
    let app = TestApp::start(Db::Sqlite).await;
    let text = answer(&app, "{ forgotten needed }", false).await.to_string();
    assert!(!text.contains("told"), "{text}");
}
