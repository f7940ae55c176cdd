//! Columns that a selection does not need are not read. The fields of levels, which are declared by paths, have the same value
//! whatever is selected beside them; `authorization::rows` tests those of all lists.

use std::collections::BTreeMap;

use rstest::rstest;
use serde_json::Value;

use super::fill;
use crate::harness::{Db, TestApp};

/// Forms of `levels`, each of which needs other columns.
const LEVELS: &[&str] = &[
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
];

/// The identifications' values of a selection, by the id of the identification.
async fn values(app: &TestApp, selection: &str) -> BTreeMap<String, Value> {
    let query = format!("{{ identifications(first: 50) {{ edges {{ node {{ id {selection} }} }} }} }}");
    let data = app.query(&query).await;
    let edges = data["identifications"]["edges"].as_array().unwrap();
    edges.iter().map(|edge| (edge["node"]["id"].as_str().unwrap().to_owned(), edge["node"].clone())).collect()
}

/// Whether an object has a level with a value.
fn has_value(levels: &Value) -> bool {
    levels
        .as_object()
        .unwrap()
        .values()
        .any(|level| level.as_object().is_some_and(|fields| !fields.is_empty()))
}

#[rstest]
#[tokio::test]
async fn a_level_has_the_same_value_alone_and_among_all(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    fill(&app).await;
    let all: Vec<_> = LEVELS.iter().enumerate().map(|(place, form)| format!("f{place}: {form}")).collect();
    let together = values(&app, &all.join(" ")).await;
    for (place, form) in LEVELS.iter().enumerate() {
        let name = format!("f{place}");
        let alone = values(&app, &format!("{name}: {form}")).await;
        for (id, node) in &together {
            assert_eq!(alone[id][&name], node[&name], "{form}");
        }
        assert!(
            together.values().any(|node| has_value(&node[&name])),
            "no identification has a value of {form}"
        );
    }
}
