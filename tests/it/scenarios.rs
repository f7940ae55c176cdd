//! Scenarios: a file drives a complete verification, deterministically.

mod command;
pub mod keys;
mod mutation;
mod names;
mod shipped;
mod stand_in;

use entity::project::Mode;
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::{
    auth::{Caller, Permissions, TokenSubject},
    config::{Config, Webhooks},
};

use crate::harness::TestApp;

/// A server with receivers on the same machine, which sends one delivery at a time.
pub fn with_receivers(mut app: TestApp) -> TestApp {
    let webhooks = Webhooks { allow_private: true, concurrency: 1, ..Webhooks::default() };
    app.restart_with(Config { webhooks, ..Config::default() });
    app
}

/// A Sandbox project, and a token of it.
pub async fn sandbox(app: &TestApp) -> (Uuid, String) {
    let project = app.project_of(Mode::Sandbox).await;
    (project, app.token_for(project, Permissions::all(), None).await)
}

/// A caller with every permission in a new project of a mode.
pub async fn caller(app: &TestApp, mode: Mode) -> Caller {
    let project = app.project_of(mode).await;
    let credential = app.credential(project, Permissions::all(), None).await.credential;
    let subject = TokenSubject::Credential(credential);
    app.app.callers.reread(&[subject], app.clock.now()).await.unwrap().remove(&subject).unwrap()
}

/// Runs a scenario.
const RUN: &str = "mutation ($input: RunScenarioInput!) { runScenario(input: $input) { __typename
    ... on Rejection { message }
    ... on RunScenarioSuccessPayload { name userId identificationId verificationSessionId documentId proofingRequestId
        verificationId verificationResultId objects { name id } happenings { after step what outcome isRefused resourceId } } } }";

/// Runs a scenario over GraphQL.
pub async fn run(app: &TestApp, token: &str, scenario: &str, key: Option<&str>) -> Value {
    let input = json!({ "scenario": scenario, "idempotencyKey": key });
    app.query_as(token, RUN, json!({ "input": input })).await["runScenario"].clone()
}
