//! The errors next to a denied field: all of them, in document order, each time the same.

use rstest::rstest;
use serde_json::json;
use verigraph::{
    auth::{Permission, policy::rule::Requirement},
    schema::POLICY,
};

use super::graph::Graph;
use crate::harness::{Db, NewIdentification, NewUser, TestApp};

/// How often the same document is requested.
const TIMES: usize = 20;

#[test]
fn a_root_field_that_needs_a_permission_is_nullable() {
    for field in &Graph::served().parents["Query"] {
        let name = field.name.node.as_str();
        let is_open = POLICY.rule("Query", name).unwrap().need == Requirement::Token;
        assert!(is_open || field.ty.node.nullable, "{name}");
    }
}

#[rstest]
#[tokio::test]
async fn a_denied_list_does_not_affect_other_lists(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    app.user(NewUser { ref_id: Some("one"), ..NewUser::default() }).await;
    let token = app.token_with(&[Permission::UsersView]).await;
    let query = "{ proofingRequests { totalCount } users { totalCount } webhookEventTypes verificationLevels { id } }";
    let answer = app.run_as(&token, query, json!({})).await;
    let data = json!({ "proofingRequests": null, "users": { "totalCount": 1 }, "webhookEventTypes": null, "verificationLevels": null });
    assert_eq!(answer["data"], data);
    let paths: Vec<_> = answer["errors"].as_array().unwrap().iter().map(|error| &error["path"][0]).collect();
    assert_eq!(paths, ["proofingRequests", "webhookEventTypes", "verificationLevels"]);
}

#[rstest]
#[tokio::test]
async fn errors_are_listed_in_document_order(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for _ in 0..12 {
        let user = app.user(NewUser::default()).await;
        app.identification(user, NewIdentification::default()).await;
    }
    let token = app.token_with(&[Permission::UsersView]).await;
    // Some are denied, some have an invalid argument, some are in rows.
    let query = "{
            credentials { totalCount }
            wrong: users(first: 1000) { totalCount }
            users { edges { node { lastName identifications { totalCount } } } totalCount }
            auditEvents { edges { node { id } } }
            again: users(after: \"x\") { totalCount }
            levelValidities { level }
        }";
    let first = app.run_as(&token, query, json!({})).await;
    let paths: Vec<String> =
        first["errors"].as_array().unwrap().iter().map(|error| error["path"].to_string()).collect();
    let of_rows = |field: &str| {
        (0..12).map(|row| format!("[\"users\",\"edges\",{row},\"node\",\"{field}\"]")).collect::<Vec<_>>()
    };
    let mut expected = vec!["[\"credentials\"]".to_owned(), "[\"wrong\"]".to_owned()];
    expected.extend(of_rows("lastName"));
    expected.extend(of_rows("identifications"));
    expected.extend(["auditEvents", "again", "levelValidities"].map(|name| format!("[\"{name}\"]")));
    assert_eq!(paths, expected);
    assert_eq!(first["data"]["users"]["totalCount"], 12);
    for _ in 0..TIMES {
        assert_eq!(app.run_as(&token, query, json!({})).await, first);
    }
}
