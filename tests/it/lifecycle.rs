//! The write side: users, identifications and levels over time, credentials, clocks.

mod clock;
mod credentials;
mod erasure;
mod following;
mod history;
mod identifications;
mod keys;
mod retention;
mod sandbox;
mod slow;
mod users;

use serde_json::{Value, json};

use crate::harness::TestApp;

/// What a mutation answers, with every permission unless a token says otherwise.
pub async fn mutate_as(app: &TestApp, token: &str, name: &str, input: &str, fields: &str) -> Value {
    let document = format!(
        "mutation {{ it: {name}(input: {{ {input} }}) {{ __typename ... on Rejection {{ message }} {fields} }} }}"
    );
    app.query_as(token, &document, json!({})).await["it"].take()
}

/// The same with every permission.
pub async fn mutate(app: &TestApp, name: &str, input: &str, fields: &str) -> Value {
    mutate_as(app, &fresh_token(app).await, name, input, fields).await
}

/// The type that a mutation answers with.
pub async fn result_type(app: &TestApp, name: &str, input: &str) -> String {
    mutate(app, name, input, "").await["__typename"].as_str().unwrap().to_owned()
}

/// A token of the test's credential that is good whatever the clock says.
pub async fn fresh_token(app: &TestApp) -> String {
    app.token_of(app.credential, verigraph::auth::Permissions::all(), 3600).await
}

/// The id in an answer.
pub fn id(value: &Value) -> String {
    value["id"].as_str().unwrap_or_else(|| panic!("no id: {value}")).to_owned()
}
