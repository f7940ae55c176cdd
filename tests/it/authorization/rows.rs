//! Rows that are written directly have the values that the executor would return, in the same order.

use async_graphql::parser::types::FieldDefinition;
use rstest::rstest;
use serde_json::json;
use verigraph::auth::Permissions;

use super::{
    fixture::Fixture,
    graph::{Graph, Step, base},
    masked,
};
use crate::harness::{Db, TestApp};

/// The fields of levels besides their status.
const LEVEL: &str = "{ __typename ... on InvalidIdentificationLevelStatusInfo { reasons }
    ... on ExpiredIdentificationLevelStatusInfo { expiredAt } ... on ValidIdentificationLevelStatusInfo { validUntil } }";

/// What a connection has besides its edges.
const BESIDE: &str =
    "totalCount __typename pageInfo { hasNextPage hasPreviousPage startCursor endCursor __typename }";

/// Every field of a type that needs no argument; of composite fields only `__typename`.
fn selections(graph: &Graph, of: &str) -> Vec<String> {
    let is_free =
        |field: &&FieldDefinition| field.arguments.iter().all(|argument| argument.node.ty.node.nullable);
    let written = |field: &FieldDefinition| {
        let name = &field.name.node;
        match graph.parents_in(&field.ty.node).is_empty() {
            true => name.to_string(),
            false if name == "levels" => format!("{name} {{ expert {LEVEL} qes {LEVEL} pvid {LEVEL} }}"),
            false => format!("{name} {{ __typename }}"),
        }
    };
    graph.parents[of].iter().filter(is_free).map(written).collect()
}

/// The lists of the query root, with their arguments and the type of their items.
fn lists(graph: &Graph, fixture: &Fixture) -> Vec<(String, String)> {
    let list = |field: &FieldDefinition| {
        let of = base(&field.ty.node).strip_suffix("Connection")?.to_owned();
        let step = Step { parent: "Query".to_owned(), field: field.clone() };
        Some((format!("{}{}", field.name.node, fixture.arguments(&[step])), of))
    };
    graph.parents["Query"].iter().filter_map(list).collect()
}

#[rstest]
#[tokio::test]
async fn a_list_is_the_same_for_every_form_of_its_selection(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let fixture = Fixture::insert(&app).await;
    let token = app.token_for(app.project, Permissions::all(), None).await;
    let graph = Graph::served();
    let (mut tried, mut rows) = (0, 0);
    for (list, of) in lists(&graph, &fixture) {
        let fields = selections(&graph, &of).join(" ");
        let typename = "__typename";
        let whole = |node: &str, fragments: &str| {
            format!("query It {{ it: {list} {{ edges {{ {node} }} {BESIDE} }} }} {fragments}")
        };
        // Plans write the first four.
        let forms = [
            whole(&format!("cursor node {{ {typename} @include(if: true) {fields} }}"), ""),
            whole(&format!("cursor node {{ {typename} {fields} }}"), ""),
            whole(
                "...E",
                &format!(
                    "fragment E on {of}Edge {{ cursor node {{ ...N }} }} fragment N on {of} {{ {typename} {fields} }}"
                ),
            ),
            whole(
                &format!(
                    "... {{ cursor }} ... on {of}Edge {{ node {{ ... on {of} {{ {typename} }} ... {{ {fields} }} }} }}"
                ),
                "",
            ),
            // Resolved by the executor: a fragment on an interface, and a repeated key.
            whole(&format!("... on Edge {{ cursor }} node {{ {typename} {fields} }}"), ""),
            whole(&format!("cursor node {{ {typename} }} node {{ {fields} }}"), ""),
        ];
        let mut answers = Vec::new();
        for form in forms {
            let answer = app.post(&token, &json!({ "query": form })).await;
            assert!(answer.json().get("errors").is_none(), "{form}\n{}", answer.text);
            rows += answer.json()["data"]["it"]["edges"].as_array().unwrap().len();
            // The keys in their order, which a map would not preserve.
            let keys: Vec<_> = answer.text.split('"').skip(1).step_by(2).map(str::to_owned).collect();
            let keys: Vec<_> = keys.into_iter().filter(|key| !key.starts_with("/images/")).collect();
            answers.push((masked(answer.json()), keys));
        }
        let first = answers.remove(0);
        for (place, answer) in answers.into_iter().enumerate() {
            assert_eq!(answer, first, "{list}, form {}", place + 1);
        }
        tried += 1;
    }
    assert!(tried >= 9 && rows >= 6 * tried, "{tried} lists, {rows} rows");
}

/// Lists skip columns that are not selected. The selected ones equal those of the object, whose row is read
/// completely.
#[rstest]
#[tokio::test]
async fn a_row_is_the_same_in_a_list_and_alone_for_every_selection(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let fixture = Fixture::insert(&app).await;
    let token = app.token_for(app.project, Permissions::all(), None).await;
    let graph = Graph::served();
    let node = graph.parents["Query"].iter().find(|field| field.name.node == "node").unwrap();
    let nodes = graph.parents_in(&node.ty.node);
    let ask = async |query: String| masked(app.query_as(&token, &query, json!({})).await);
    let mut compared = 0;
    for (list, of) in lists(&graph, &fixture).into_iter().filter(|(_, of)| nodes.contains(of)) {
        // A sandbox user has the id of its user, which `node` returns.
        if of == "SandboxUser" {
            continue;
        }
        for field in selections(&graph, &of) {
            let rows = ask(format!("{{ it: {list} {{ edges {{ node {{ id {field} }} }} }} }}")).await;
            for row in rows["it"]["edges"].as_array().unwrap() {
                let id = &row["node"]["id"];
                let itself =
                    ask(format!("{{ it: node(id: {id}) {{ ... on {of} {{ id {field} }} }} }}")).await;
                assert_eq!(row["node"], itself["it"], "{list}: {field}");
                compared += 1;
            }
        }
    }
    assert!(compared > 200, "{compared}");
}
