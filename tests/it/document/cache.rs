//! A document is read and validated once; the values of its variables are checked every time.

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::start;
use crate::harness::{NewUser, TestApp};

const PAGE: &str = "query ($first: Int, $by: UsersOrderByInput, $f: UserFiltersInput) {
    users(first: $first, orderBy: $by, filters: $f) { edges { node { refId } } } }";

async fn people(app: &TestApp) {
    for (ref_id, at) in [("a", 1), ("b", 2), ("c", 3)] {
        app.user(NewUser { ref_id: Some(ref_id), updated_at: Some(at), ..NewUser::default() }).await;
    }
}

async fn page(app: &TestApp, variables: Value) -> Value {
    let body = app.run_as(&app.token, PAGE, variables).await;
    if let Some(errors) = body.get("errors") {
        errors[0]["message"].clone()
    } else {
        let edges = body["data"]["users"]["edges"].as_array().unwrap();
        edges.iter().map(|edge| edge["node"]["refId"].clone()).collect()
    }
}

#[tokio::test]
async fn variables_of_a_cached_document_are_validated_again() {
    let app = start().await;
    people(&app).await;
    let int = "invalid variable `$first`: a value of type `Int` is required";
    let page_limit =
        "invalid argument `first`: 101 is not between 0 and 100, the limit of a page (`limits.page`)";
    for _ in 0..2 {
        for (variables, expected) in [
            (json!({ "first": 2 }), json!(["c", "b"])),
            (json!({ "first": "x" }), json!(int)),
            (json!({ "first": 101 }), json!(page_limit)),
            (json!({ "first": 1 }), json!(["c"])),
            (json!({}), json!(["c", "b", "a"])),
            (json!({ "by": { "direction": "Asc" } }), json!(["a", "b", "c"])),
            (
                json!({ "by": { "direction": "Up" } }),
                json!("invalid variable `$by`: one of Asc, Desc is required"),
            ),
            (
                json!({ "by": { "up": true } }),
                json!("invalid variable `$by`: `UsersOrderByInput` has no field `up`"),
            ),
            (json!({ "by": { "direction": null, "field": "updatedAt" }, "first": 1 }), json!(["c"])),
            (json!({ "f": { "refIds": ["a", "c"] } }), json!(["c", "a"])),
            (json!({ "f": { "refIds": "a" } }), json!(["a"])),
            (
                json!({ "f": { "refIds": [1] } }),
                json!("invalid variable `$f`: a value of type `String` is required"),
            ),
            (json!({ "first": 1, "unknown": [[[1]]] }), json!(["c"])),
        ] {
            assert_eq!(page(&app, variables.clone()).await, expected, "{variables}");
        }
    }
}

#[tokio::test]
async fn an_invalid_first_value_does_not_poison_the_cache() {
    let app = start().await;
    people(&app).await;
    assert!(page(&app, json!({ "first": "x" })).await.is_string());
    assert_eq!(page(&app, json!({ "first": 1 })).await, json!(["c"]));
}

#[tokio::test]
async fn a_part_that_was_skipped_at_first_is_validated_too() {
    let app = start().await;
    let query = "query ($skip: Boolean!) { viewer { permissions nothing @skip(if: $skip) } }";
    for skip in [true, false, true] {
        let body = app.run_as(&app.token, query, json!({ "skip": skip })).await;
        assert_eq!(body["errors"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED", "{skip}");
    }
}

#[tokio::test]
async fn each_operation_of_a_cached_document_is_limited() {
    let app = start().await;
    let wide: Vec<_> = (0..11).map(|n| format!("a{n}: viewer {{ permissions }}")).collect();
    let wide = wide.join(" ");
    let query = format!("query Small {{ viewer {{ project {{ mode }} }} }} query Wide {{ {wide} }}");
    for _ in 0..2 {
        let small = app.post(&app.token, &json!({ "query": query, "operationName": "Small" })).await;
        assert_eq!(small.json(), json!({ "data": { "viewer": { "project": { "mode": "Live" } } } }));
        let wide = app.post(&app.token, &json!({ "query": query, "operationName": "Wide" })).await;
        assert_eq!(wide.code(), "QUERY_TOO_COMPLEX");
    }
}

#[tokio::test]
async fn defaults_apply_to_omitted_variables() {
    let app = start().await;
    people(&app).await;
    let query = "query ($first: Int = 1, $way: OrderByDirection = Asc, $by: UsersOrderByField! = updatedAt,
                        $f: UserFiltersInput = { statuses: [Active], refIds: [\"a\", \"b\"] }) {
        users(first: $first, orderBy: { direction: $way, field: $by }, filters: $f) { edges { node { refId } } } }";
    let rows = |names: &[&str]| {
        let edges: Vec<_> = names.iter().map(|name| json!({ "node": { "refId": name } })).collect();
        json!({ "data": { "users": { "edges": edges } } })
    };
    for (variables, expected) in [
        (json!({}), rows(&["a"])),
        (json!({ "first": 2 }), rows(&["a", "b"])),
        (json!({ "way": "Desc" }), rows(&["b"])),
        (json!({ "f": null, "way": "Desc" }), rows(&["c"])),
    ] {
        assert_eq!(app.run_as(&app.token, query, variables.clone()).await, expected, "{variables}");
    }
}

#[tokio::test]
async fn the_same_document_runs_concurrently() {
    let app = start().await;
    people(&app).await;
    // At most the in-flight limit of a credential.
    let answers = join_all((0..24).map(|n| page(&app, json!({ "first": n % 4 })))).await;
    for (n, answer) in answers.iter().enumerate() {
        assert_eq!(answer.as_array().map(Vec::len), Some((n % 4).min(3)), "{answer}");
    }
}
