//! Variables are accepted exactly where GraphQL's reference implementation accepts them.
//! `web/test/schema.test.ts` checks that implementation against the same table.

use serde::Deserialize;
use serde_json::{Value, json};

use super::start;
use crate::harness::TestApp;

#[derive(Deserialize)]
struct Usage {
    document: String,
    valid: bool,
}

fn usages() -> Vec<Usage> {
    serde_json::from_str(include_str!("usages.json")).unwrap()
}

/// A value of a variable's type, for documents that are executed.
fn values(document: &str) -> Value {
    let of = [
        ("id", json!("x")),
        ("ids", json!(["x"])),
        ("user", json!("x")),
        ("name", json!("User")),
        ("first", json!(1)),
        ("if", json!(true)),
        ("status", json!("Valid")),
        ("statuses", json!(["Valid"])),
        ("process", json!("QES")),
        ("level", json!("Valid")),
        ("levels", json!({})),
        ("reasons", json!(["FraudDetected"])),
        ("direction", json!("Asc")),
        ("filters", json!({})),
        ("input", json!({ "userId": "x", "process": "PVID" })),
    ];
    let given = of.into_iter().filter(|(name, _)| document.contains(&format!("${name}:")));
    given.map(|(name, value)| (name.to_owned(), value)).collect::<serde_json::Map<_, _>>().into()
}

async fn errors(app: &TestApp, document: &str, variables: Value) -> Vec<Value> {
    let operation = document.starts_with("query A").then_some("A");
    let body = json!({ "query": document, "variables": variables, "operationName": operation });
    let answer = app.post(&app.token, &body).await.json();
    answer["errors"].as_array().cloned().unwrap_or_default()
}

#[tokio::test]
async fn variables_are_accepted_exactly_where_their_types_allow() {
    let app = start().await;
    for Usage { document, valid } in usages() {
        // Subscriptions run over sockets; their documents are validated in the same way.
        if document.starts_with("subscription") {
            continue;
        }
        // Twice: a rejected document is rejected again, and an accepted one runs from the cache.
        for _ in 0..2 {
            let found = if valid {
                errors(&app, &document, values(&document)).await
            } else {
                refused(&app, &document).await
            };
            let misplaced = found.iter().filter(|error| {
                error["message"].as_str().unwrap().contains("is used where")
                    && error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
            });
            assert_eq!(misplaced.count() == 0, valid, "{document}: {found:?}");
            if valid {
                assert_eq!(found, Vec::<Value>::new(), "{document}");
            }
        }
    }
}

/// The errors of an invalid document, with values of the declared types.
async fn refused(app: &TestApp, document: &str) -> Vec<Value> {
    let declared = document.split_once('(').unwrap().1.split_once(')').unwrap().0;
    let mut variables = serde_json::Map::new();
    for one in declared.split(", ") {
        let (name, ty) = one.split_once(": ").unwrap();
        let Some(ty) = ty.split(" = ").next().filter(|ty| ty.ends_with('!')) else { continue };
        variables.insert(name.trim_start_matches('$').to_owned(), value(ty.trim_end_matches('!')));
    }
    errors(app, document, variables.into()).await
}

fn value(ty: &str) -> Value {
    if let Some(of) = ty.strip_prefix('[') {
        return json!([value(of.trim_end_matches(']').trim_end_matches('!'))]);
    }
    match ty {
        "Int" | "Float" => json!(1),
        "Boolean" => json!(true),
        "IdentificationStatus" => json!("Valid"),
        "IdentificationProcess" => json!("QES"),
        "CancelIdentificationInput" => json!({ "identificationId": "x" }),
        _ => json!("x"),
    }
}

#[tokio::test]
async fn an_error_names_both_types_and_both_locations() {
    let app = start().await;
    let found = errors(&app, "query ($id: ID) { node(id: $id) { id } }", json!({ "id": "x" })).await;
    let expected = json!([{
        "message": "the variable `$id` of type `ID` is used where `ID!` is expected: declare it as that type",
        "locations": [{ "line": 1, "column": 28 }, { "line": 1, "column": 8 }],
        "extensions": { "code": "GRAPHQL_VALIDATION_FAILED" },
    }]);
    assert_eq!(json!(found), expected);
}
