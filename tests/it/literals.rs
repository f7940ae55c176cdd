//! Documents that differ only in their strings share one prepared document, and are answered as if each had its own.

use std::sync::Arc;

use rstest::rstest;
use serde_json::json;
use verigraph::auth::Permission;

use crate::harness::{Db, NewIdentification, NewUser, TestApp};

/// A comment keeps a document from being shared. Behind the document it moves nothing.
const ALONE: &str = "\n#";

async fn answers(app: &TestApp, token: &str, query: &str) -> (String, String) {
    let alone = app.post(token, &json!({ "query": format!("{query}{ALONE}") })).await;
    let shared = app.post(token, &json!({ "query": query })).await;
    (shared.text, alone.text)
}

fn is_shared(app: &TestApp, one: &str, other: &str) -> bool {
    let document = |text: &str| app.app.documents.prepare(text).unwrap().document;
    Arc::ptr_eq(&document(one), &document(other))
}

#[rstest]
#[tokio::test]
async fn documents_that_differ_in_strings_are_answered_as_if_each_was_alone(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let mut users = Vec::new();
    for name in ["aaaa", "bbbb", "cccc"] {
        let user = app.user(NewUser { ref_id: Some(name), ..NewUser::default() }).await;
        app.identification(user, NewIdentification::default()).await;
        users.push(user.to_string());
    }
    let narrow = app.token_with(&[Permission::UsersView]).await;
    let none = "00000000-0000-7000-8000-000000000000";
    let bad = "not an id, but of the same length!!!";
    assert_eq!(bad.len(), none.len());
    let ids: Vec<&str> = users.iter().map(String::as_str).chain([none, bad]).collect();

    for form in [
        r#"{ user(id: "{1}") { id refId identifications(first: 2) { totalCount edges { node { id } } } } }"#,
        r#"query Named { a: user(id: "{1}") { id } b: user(id: "{2}") { ...F } } fragment F on User { number }"#,
        r#"{ users(filters: { refIds: ["{3}"] }) { edges { node { id } } totalCount } }"#,
        // The user is not a node of this list: a business error, or null.
        r#"{ identification(id: "{1}") { id user { id } } }"#,
        r#"query($first: Int = 1) { users(first: $first, after: "{1}") { edges { node { id } } } }"#,
        r#"{ users(first: 1000, filters: { refIds: ["{3}", "{4}"] }) { edges { cursor } } }"#,
        r#"{ auditEvents(filters: { userId: "{1}" }) { edges { node { id } } } }"#,
    ] {
        for (first, second) in ids.iter().zip(ids.iter().rev()) {
            let (short, other) = (&first[..4], &second[..4]);
            let document = form.replace("{1}", first).replace("{2}", second);
            let document = document.replace("{3}", if first.starts_with('0') { "aaaa" } else { short });
            let document = document.replace("{4}", other);
            for token in [&app.token, &narrow] {
                let (shared, alone) = answers(&app, token, &document).await;
                assert_eq!(shared, alone, "{document}");
            }
        }
    }
    let by_id = |id: &str| format!("{{ user(id: \"{id}\") {{ id refId }} }}");
    answers(&app, &app.token, &by_id(ids[0])).await;
    assert!(is_shared(&app, &by_id(ids[1]), &by_id(ids[2])), "the documents of one form are one");
    let (shared, _) = answers(&app, &app.token, &by_id(ids[1])).await;
    assert_eq!(shared, json!({ "data": { "user": { "id": ids[1], "refId": "bbbb" } } }).to_string());
}

#[tokio::test]
async fn a_document_is_invalid_whatever_was_valid_before() {
    let app = TestApp::start(Db::Sqlite).await;
    // Equal arguments may be selected twice under one name; different ones may not.
    let twice = |a: &str, b: &str| format!("{{ user(id: \"{a}\") {{ id }} user(id: \"{b}\") {{ number }} }}");
    let since = |text: &str| {
        format!("{{ users(filters: {{ createdAt: {{ from: \"{text}\" }} }}) {{ totalCount }} }}")
    };
    let cases = [
        (twice("a", "a"), twice("a", "b")),
        (twice("a", "b"), twice("a", "a")),
        (since("2024-01-01T00:00:00Z"), since("2024-01-01T00:00:0xZ")),
        (since("2024-01-01T00:00:0xZ"), since("2024-01-01T00:00:00Z")),
    ];
    for (first, second) in cases {
        for document in [&first, &second, &first] {
            let (shared, alone) = answers(&app, &app.token, document).await;
            assert_eq!(shared, alone, "{document}");
        }
        assert!(!is_shared(&app, &first, &second), "{first}");
    }
}

#[tokio::test]
async fn a_client_cannot_set_the_variables_of_strings() {
    let app = TestApp::start(Db::Sqlite).await;
    let user = app.user(NewUser::default()).await.to_string();
    let other = app.user(NewUser::default()).await.to_string();
    for id in [&user, &other, &user] {
        let query = format!("{{ user(id: \"{id}\") {{ id }} }}");
        let answer = app
            .post(&app.token, &json!({ "query": query, "variables": { "0": user, "1": user, "": 1 } }))
            .await;
        assert_eq!(answer.text, json!({ "data": { "user": { "id": id } } }).to_string());
    }
}
