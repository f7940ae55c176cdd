//! The guard in front of the executor: which documents it rejects, with which message, and how fast.

mod attack;
mod cache;
mod cost;
mod introspection;
mod limits;
mod positions;

use serde_json::{Value, json};

use crate::harness::{Db, TestApp};

async fn start() -> TestApp {
    TestApp::start(Db::Sqlite).await
}

/// Code and message of the only error of a rejected document.
async fn refusal(app: &TestApp, document: &str, variables: Value) -> (String, String) {
    let shown: String = document.chars().take(200).collect();
    let answer = app.post(&app.token, &json!({ "query": document, "variables": variables })).await;
    assert_eq!(answer.status, 400, "{shown}\n{}", answer.text);
    let body = answer.json();
    assert_eq!(body.get("data"), None, "{shown}");
    let error = &body["errors"][0];
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&error["extensions"]["code"]), text(&error["message"]))
}

/// Asserts that a limit rejects each document.
async fn refused(app: &TestApp, attacks: Vec<(String, Value, &str, &str)>) {
    for (document, variables, code, message) in attacks {
        let shown: String = document.chars().take(200).collect();
        let (found_code, found) = refusal(app, &document, variables).await;
        assert_eq!((found_code.as_str(), found.as_str()), (code, message), "{shown}");
    }
}
