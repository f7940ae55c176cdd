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

/// The result of a mutation with a token.
pub async fn mutate_as(app: &TestApp, token: &str, name: &str, input: &str, fields: &str) -> Value {
    let document = format!(
        "mutation {{ it: {name}(input: {{ {input} }}) {{ __typename ... on Rejection {{ message }} {fields} }} }}"
    );
    app.query_as(token, &document, json!({})).await["it"].take()
}

/// The result of a mutation with every permission.
pub async fn mutate(app: &TestApp, name: &str, input: &str, fields: &str) -> Value {
    mutate_as(app, &fresh_token(app).await, name, input, fields).await
}

/// The type of a mutation's result.
pub async fn result_type(app: &TestApp, name: &str, input: &str) -> String {
    mutate(app, name, input, "").await["__typename"].as_str().unwrap().to_owned()
}

/// A token of the test's credential that is valid at the current time of the clock.
pub async fn fresh_token(app: &TestApp) -> String {
    app.token_of(app.credential, verigraph::auth::Permissions::all(), 3600).await
}

/// The id in an answer.
pub fn id(value: &Value) -> String {
    value["id"].as_str().unwrap_or_else(|| panic!("no id: {value}")).to_owned()
}
