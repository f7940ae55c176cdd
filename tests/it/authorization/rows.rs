//! Rows that are written at once say what the executor would have said of them, in the same order.

use async_graphql::parser::types::FieldDefinition;
use serde_json::json;
use verigraph::auth::Permissions;

use super::{
    fixture::Fixture,
    graph::{Graph, Step, base},
    masked,
};
use crate::on_both;

/// Every field of a type that needs no argument; of what a field gives, the name of its type.
fn selection(graph: &Graph, of: &str) -> String {
    let is_free =
        |field: &&FieldDefinition| field.arguments.iter().all(|argument| argument.node.ty.node.nullable);
    let written = |field: &FieldDefinition| {
        let inner = if graph.parents_in(&field.ty.node).is_empty() { "" } else { " { __typename }" };
        format!("{}{inner}", field.name.node)
    };
    graph.parents[of].iter().filter(is_free).map(written).collect::<Vec<_>>().join(" ")
}

on_both! {
    async fn a_list_reads_the_same_however_its_rows_are_asked_for(app: TestApp) {
        let fixture = Fixture::insert(&app).await;
        let token = app.token_for(app.project, Permissions::all(), None).await;
        let graph = Graph::served();
        let (mut lists, mut rows) = (0, 0);
        for field in &graph.parents["Query"] {
            let Some(of) = base(&field.ty.node).strip_suffix("Connection") else { continue };
            let step = Step { parent: "Query".to_owned(), field: field.clone() };
            let list = format!("{}{}", field.name.node, fixture.arguments(&[step]));
            let fields = selection(&graph, of);
            let typename = "__typename";
            let whole = |node: &str, fragments: &str| {
                format!("query It {{ it: {list} {{ edges {{ {node} }} }} }} {fragments}")
            };
            // The first one is the executor's: it has a directive.
            let forms = [
                whole(&format!("cursor node {{ {typename} @include(if: true) {fields} }}"), ""),
                whole(&format!("cursor node {{ {typename} {fields} }}"), ""),
                whole("...E", &format!("fragment E on {of}Edge {{ cursor node {{ ...N }} }} fragment N on {of} {{ {typename} {fields} }}")),
                whole(&format!("... {{ cursor }} ... on {of}Edge {{ node {{ ... on {of} {{ {typename} }} ... {{ {fields} }} }} }}"), ""),
                // Again the executor's: a fragment on an interface, and a key that stands twice.
                whole(&format!("... on Edge {{ cursor }} node {{ {typename} {fields} }}"), ""),
                whole(&format!("cursor node {{ {typename} }} node {{ {fields} }}"), ""),
            ];
            let mut answers = Vec::new();
            for form in forms {
                let answer = app.post(&token, &json!({ "query": form })).await;
                assert!(answer.json().get("errors").is_none(), "{form}\n{}", answer.text);
                rows += answer.json()["data"]["it"]["edges"].as_array().unwrap().len();
                // Keys in their order, which a map would not tell.
                let keys: Vec<_> = answer.text.split('"').skip(1).step_by(2).map(str::to_owned).collect();
                let keys: Vec<_> = keys.into_iter().filter(|key| !key.starts_with("/images/")).collect();
                answers.push((masked(answer.json()), keys));
            }
            let first = answers.remove(0);
            for (place, answer) in answers.into_iter().enumerate() {
                assert_eq!(answer, first, "{list}, form {}", place + 1);
            }
            lists += 1;
        }
        assert!(lists >= 9 && rows >= 6 * lists, "{lists} lists, {rows} rows");
    }
}
