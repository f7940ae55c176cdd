//! Documents by their hash (automatic persisted queries), as Apollo's clients send them.

use rstest::rstest;
use serde_json::{Value, json};
use verigraph::{auth::Permissions, graphql::document::Hash};

use crate::harness::{Db, NewUser, TestApp};

const QUERY: &str = "query ($id: String!) { user(id: $id) { refId } }";
/// The hash of the query above, computed by another program.
const HASH: &str = "0223554540ab0f1d896631504042a1bafbf4af4fb99148b76e6a29a53f075a02";

fn by_hash(hash: &str) -> Value {
    json!({ "variables": { "id": "one" }, "extensions": { "persistedQuery": { "version": 1, "sha256Hash": hash } } })
}

fn with_text(hash: &str, query: &str) -> Value {
    let mut body = by_hash(hash);
    body["query"] = query.into();
    body
}

#[rstest]
#[tokio::test]
async fn a_document_can_be_requested_by_its_hash_after_its_first_use(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    app.user(NewUser { ref_id: Some("one"), ..NewUser::default() }).await;
    let unknown = app.post(&app.token, &by_hash(HASH)).await;
    let expected = json!({ "errors": [{
        "message": "PersistedQueryNotFound",
        "extensions": { "code": "PERSISTED_QUERY_NOT_FOUND" },
    }] });
    assert_eq!((unknown.status.as_u16(), unknown.json()), (400, expected));
    let expected = json!({ "data": { "user": { "refId": "one" } } });
    assert_eq!(app.post(&app.token, &with_text(HASH, QUERY)).await.json(), expected);
    assert_eq!(app.post(&app.token, &by_hash(HASH)).await.json(), expected);
    assert_eq!(app.post(&app.token, &by_hash(&HASH.to_uppercase())).await.json(), expected);
    let parameters: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("variables", "{\"id\":\"one\"}")
        .append_pair("extensions", &by_hash(HASH)["extensions"].to_string())
        .finish();
    let bearer = format!("Bearer {}", app.token);
    let got = app.get(&format!("/graphql?{parameters}"), &[("authorization", &bearer)]).await;
    assert_eq!((got.status.as_u16(), got.json()), (200, expected));
}

#[rstest]
#[tokio::test]
async fn a_hash_gives_no_access_to_another_project_or_without_permission(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    app.post(&app.token, &with_text(HASH, QUERY)).await;
    let other = app.new_project().await;
    let other = app.token_for(other, Permissions::all(), None).await;
    assert_eq!(app.post(&other, &by_hash(HASH)).await.code(), "PERSISTED_QUERY_NOT_FOUND");
    let nobody = app.token_with(&[]).await;
    assert_eq!(app.post(&nobody, &by_hash(HASH)).await.code(), "FORBIDDEN");
    assert_eq!(app.post("", &by_hash(HASH)).await.status, 401);
}

#[rstest]
#[tokio::test]
async fn a_stored_document_has_passed_the_limits_and_matches_its_hash(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    for (hash, query) in [(HASH, "{ viewer { permissions } }"), (&"0".repeat(64), QUERY)] {
        let answer = app.post(&app.token, &with_text(hash, query)).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "BAD_REQUEST"));
        assert_eq!(app.post(&app.token, &by_hash(hash)).await.code(), "PERSISTED_QUERY_NOT_FOUND");
    }
    let deep = "{".repeat(50);
    let hash = Hash::of(&deep).to_string();
    assert_eq!(app.post(&app.token, &with_text(&hash, &deep)).await.code(), "DOCUMENT_TOO_LARGE");
    assert_eq!(app.post(&app.token, &by_hash(&hash)).await.code(), "PERSISTED_QUERY_NOT_FOUND");
    for wrong in [
        json!({ "version": 2, "sha256Hash": HASH }),
        json!({ "sha256Hash": HASH }),
        json!({ "version": 1 }),
        json!({ "version": 1, "sha256Hash": 7 }),
        json!({ "version": 1, "sha256Hash": "abc" }),
        json!(1),
    ] {
        let answer =
            app.post(&app.token, &json!({ "query": QUERY, "extensions": { "persistedQuery": wrong } })).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "BAD_REQUEST"), "{wrong}");
    }
}

/// A mutation is rejected over GET by its hash as well as by its text.
#[rstest]
#[tokio::test]
async fn a_mutation_by_its_hash_needs_post(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let mutation = "mutation { createProofingRequest(input: {}) { __typename } }";
    let hash = Hash::of(mutation).to_string();
    app.post(&app.token, &with_text(&hash, mutation)).await;
    let parameters: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("extensions", &by_hash(&hash)["extensions"].to_string())
        .finish();
    let bearer = format!("Bearer {}", app.token);
    assert_eq!(app.get(&format!("/graphql?{parameters}"), &[("authorization", &bearer)]).await.status, 405);
}
