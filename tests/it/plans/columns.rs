//! Columns that a selection does not need are not read. A field has the same value whatever is selected beside it.

use std::collections::BTreeMap;

use rstest::rstest;
use serde_json::{Value, json};

use super::fill;
use crate::harness::{Db, TestApp};

/// Root fields, and forms of a field of their nodes.
const LISTS: &[(&str, &[&str])] = &[
    (
        "identifications(first: 50)",
        &[
            "createdAt",
            "updatedAt",
            "version",
            "status",
            "process",
            "identityDocumentType",
            "user { id }",
            "levels { expert { ... on ValidIdentificationLevelStatusInfo { validUntil } } }",
            "levels { qes { ... on ValidIdentificationLevelStatusInfo { validUntil } } }",
            "levels { pvid { ... on ValidIdentificationLevelStatusInfo { validUntil } } }",
            "levels { expert { ... on ExpiredIdentificationLevelStatusInfo { expiredAt } } }",
            "levels { qes { ... on ExpiredIdentificationLevelStatusInfo { expiredAt } } }",
            "levels { pvid { ... on ExpiredIdentificationLevelStatusInfo { expiredAt } } }",
            "levels { expert { ... on InvalidIdentificationLevelStatusInfo { reasons } } }",
            "levels { qes { ... on InvalidIdentificationLevelStatusInfo { reasons } } }",
            "levels { pvid { ... on InvalidIdentificationLevelStatusInfo { reasons } } }",
            "levels { expert { __typename } qes { __typename } pvid { __typename } }",
        ],
    ),
    (
        "proofingRequests(first: 50)",
        &[
            "version",
            "requestTime",
            "state",
            "deviceCheckResult",
            "documentAuthenticationResult",
            "faceMatch",
            "faceMatchScore",
            "frontImageClassified",
            "frontImageUploadTime",
            "backImageClassified",
            "backImageUploadTime",
            "user { id }",
        ],
    ),
    (
        "users(first: 50)",
        &[
            "refId",
            "number",
            "version",
            "legalHoldReason",
            "status",
            "createdAt",
            "joinedAt",
            "firstName",
            "birthDate",
            "verifiedEmails",
            "masked { fullName }",
            "tags",
            "identifications(first: 2) { totalCount edges { node { id } } }",
        ],
    ),
];

/// The values of a selection, by the id of the node.
async fn values(app: &TestApp, list: &str, selection: &str) -> BTreeMap<String, Value> {
    let query = format!("{{ list: {list} {{ edges {{ node {{ id {selection} }} }} }} }}");
    let answer = app.post(&app.token, &json!({ "query": query })).await;
    let json = answer.json();
    let edges = json["data"]["list"]["edges"].as_array().unwrap_or_else(|| panic!("{}", answer.text));
    edges.iter().map(|edge| (edge["node"]["id"].as_str().unwrap().to_owned(), edge["node"].clone())).collect()
}

/// Whether a value, or a part of it, is neither null nor empty.
fn has_value(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.values().any(has_value),
        Value::Array(items) => !items.is_empty(),
        value => !value.is_null(),
    }
}

#[rstest]
#[tokio::test]
async fn a_field_has_the_same_value_alone_and_among_all(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    fill(&app).await;
    for (list, fields) in LISTS {
        let all: Vec<_> =
            fields.iter().enumerate().map(|(place, field)| format!("f{place}: {field}")).collect();
        let together = values(&app, list, &all.join(" ")).await;
        assert!(together.len() > 4);
        for (place, field) in fields.iter().enumerate() {
            let name = format!("f{place}");
            let alone = values(&app, list, &format!("{name}: {field}")).await;
            for (id, node) in &together {
                assert_eq!(alone[id][&name], node[&name], "{list} {field}");
            }
            assert!(
                together.values().any(|node| has_value(&node[&name])),
                "no row of {list} has a value of {field}"
            );
        }
    }
}
