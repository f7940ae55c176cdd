//! Pages of size zero, of every connection of the schema.

use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    authorization::{
        fixture::Fixture,
        graph::{Graph, base},
    },
    harness::{Db, TestApp},
};

const INFO: &str =
    "totalCount edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";

/// Every connection of the schema: a document with a placeholder for its arguments, and the path of its
/// answer.
fn connections() -> Vec<(String, String)> {
    let graph = Graph::served();
    let of = |parent: &str| {
        let fields =
            graph.parents[parent].iter().filter(|field| base(&field.ty.node).ends_with("Connection"));
        fields.map(|field| field.name.node.to_string()).collect::<Vec<_>>()
    };
    let mut found = Vec::new();
    // The fixture's project is Live, which has no list of sandbox users.
    for name in of("Query").into_iter().filter(|name| name != "sandboxUsers") {
        let until = if name == "levelForecast" { "until: \"2030-01-01T00:00:00Z\", " } else { "" };
        found.push((format!("{{ it: {name}({until}ARGUMENTS) {{ {INFO} }} }}"), "/it".to_owned()));
    }
    for name in of("User") {
        let list = format!("{name}(ARGUMENTS) {{ {INFO} }}");
        found.push((format!("{{ it: user(id: \"first\") {{ {list} }} }}"), format!("/it/{name}")));
        // For two users at once, one of which has no rows.
        let users = format!(
            "{{ it: users(orderBy: {{field: number, direction: Asc}}) {{ edges {{ node {{ {list} }} }} }} }}"
        );
        found.push((users, format!("/it/edges/0/node/{name}")));
    }
    assert!(found.len() > 15, "{found:?}");
    found
}

/// The page, without its cursors, and the cursors.
async fn page(app: &TestApp, (query, path): &(String, String), arguments: &str) -> (Value, [Value; 2]) {
    let data = app.query(&query.replace("ARGUMENTS", arguments)).await;
    let page = data.pointer(path).unwrap_or_else(|| panic!("{query}: {data}"));
    let info = &page["pageInfo"];
    let summary = json!({
        "rows": page["edges"].as_array().unwrap_or_else(|| panic!("{query} {path}: {data}")).len(),
        "total": page["totalCount"],
        "next": info["hasNextPage"],
        "previous": info["hasPreviousPage"],
    });
    (summary, [info["startCursor"].clone(), info["endCursor"].clone()])
}

#[rstest]
#[tokio::test]
async fn an_empty_page_reports_whether_the_list_continues(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    Fixture::insert(&app).await;
    for connection in connections() {
        let (whole, [start, end]) = page(&app, &connection, "first: 100").await;
        let total = whole["total"].as_u64().unwrap();
        assert!(total > 0, "the fixture has no row of {connection:?}");
        for (arguments, next, previous) in [
            ("first: 0".to_owned(), true, false),
            ("last: 0".to_owned(), false, true),
            // There are no rows beyond either end.
            (format!("first: 0, after: {end}"), false, true),
            (format!("last: 0, before: {start}"), true, false),
            (format!("first: 0, before: {start}"), false, false),
            (format!("last: 0, after: {end}"), false, false),
            (format!("first: 0, after: {start}"), total > 1, true),
            (format!("last: 0, before: {end}"), true, total > 1),
        ] {
            let (summary, cursors) = page(&app, &connection, &arguments).await;
            let expected = json!({ "rows": 0, "total": total, "next": next, "previous": previous });
            assert_eq!(summary, expected, "{arguments}: {connection:?}");
            assert_eq!(cursors, [Value::Null, Value::Null], "{arguments}: {connection:?}");
        }
    }
}

#[rstest]
#[tokio::test]
async fn an_empty_list_has_no_further_pages(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for arguments in ["first: 0", "last: 0"] {
        let query = format!(
            "{{ identifications({arguments}) {{ totalCount pageInfo {{ hasNextPage hasPreviousPage }} }} }}"
        );
        let nothing =
            json!({ "totalCount": 0, "pageInfo": { "hasNextPage": false, "hasPreviousPage": false } });
        assert_eq!(app.query(&query).await, json!({ "identifications": nothing }));
    }
}
