//! What a client receives for a subscription that is rejected: whole answers, byte by byte.

use std::{fmt::Write, fs, net::SocketAddr};

use rstest::rstest;
use serde_json::{Value, json};
use verigraph::auth::Permission;

use super::{Client, serve};
use crate::harness::{Db, TestApp};

/// Each document, its variables and its answer.
const ANSWERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/subscriptions/rejections.txt");

#[rstest]
#[tokio::test]
async fn a_rejected_subscription_has_exactly_this_answer(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let mut answers = String::new();
    for (query, variables) in [
        ("subscription { identificationUpdated(userId: \"no\") { id } }", json!({})),
        ("subscription { a: identificationUpdated(userId: 5) { id } }", json!({})),
        ("subscription ($u: ID) {\n  identificationUpdated(userId: $u) { id }\n}", json!({ "u": "x" })),
        ("subscription ($u: ID = \"y\") { identificationUpdated(userId: $u) { id } }", json!({})),
        ("subscription { event(types: []) { eventId } }", json!({})),
        ("subscription { b: event(types: [\"Nope\"]) { eventId } }", json!({})),
        ("subscription { event(types: \"Webhook.Probe\") { eventId } }", json!({})),
        ("subscription ($t: [String!]) { event(types: $t) { eventId } }", json!({ "t": "User.Deleted" })),
        ("subscription ($t: String!) { event(types: [$t]) { eventId } }", json!({ "t": "A" })),
        ("subscription { event @skip(if: true) { eventId } }", json!({})),
        ("subscription ($s: Boolean!) { event @include(if: $s) { eventId } }", json!({ "s": false })),
        ("subscription { ...F } fragment F on Subscription { event { eventId } }", json!({})),
        ("subscription { ... { event { eventId } } }", json!({})),
        ("subscription { __typename }", json!({})),
        ("subscription { nothing }", json!({})),
        ("subscription { event { nothing } }", json!({})),
        ("subscription { event { eventId } verificationGranted { id } }", json!({})),
    ] {
        answer(served.address, &app.token, query, &variables, &mut answers).await;
    }
    let limited = app.token_with(&[Permission::UsersView]).await;
    for query in [
        "subscription { c: verificationGranted { id } }",
        "subscription { identificationUpdated(userId: \"no\") { id } }",
        "subscription { event(types: [\"User.Created\", \"Verification.Granted\"]) { eventId } }",
        "subscription { event(types: [\"Verification.Granted\", \"Nope\"]) { eventId } }",
    ] {
        answer(served.address, &limited, query, &json!({}), &mut answers).await;
    }
    let expected = fs::read_to_string(ANSWERS).unwrap_or_default();
    assert!(answers == expected, "{ANSWERS} should be:\n{answers}");
}

async fn answer(address: SocketAddr, token: &str, query: &str, variables: &Value, answers: &mut String) {
    let mut client = Client::open(address, token).await;
    let payload = json!({ "query": query, "variables": variables });
    client.send(json!({ "type": "subscribe", "id": "a", "payload": payload })).await;
    let answer = client.next().await;
    writeln!(answers, "{query}\n{variables}\n{answer}\n").unwrap();
}
