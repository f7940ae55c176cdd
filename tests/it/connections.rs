//! Page arguments of every connection, as clients give them.

use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::{Db, NewIdentification, NewUser, TestApp};

/// Every connection, as a field with a placeholder for its arguments, and the path of its answer.
const CONNECTIONS: [(&str, &str); 3] = [
    (
        "{ users(ARGUMENTS) { totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }",
        "/users",
    ),
    (
        "{ identifications(ARGUMENTS) { totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }",
        "/identifications",
    ),
    (
        "{ user(id: \"whose\") { identifications(ARGUMENTS) { totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }",
        "/user/identifications",
    ),
];

/// Seven rows in every list, one second apart.
async fn seven(app: &TestApp) {
    let at = |second: i64| Some(1_700_000_000_000 + 1_000 * second);
    let whose = app.user(NewUser { ref_id: Some("whose"), updated_at: at(0), ..NewUser::default() }).await;
    for second in 1..7 {
        app.user(NewUser { updated_at: at(second), ..NewUser::default() }).await;
    }
    for second in 0..7 {
        let updated_at = at(second);
        app.identification(whose, NewIdentification { updated_at, ..Default::default() }).await;
    }
}

async fn page(app: &TestApp, (query, path): (&str, &str), arguments: &str) -> Value {
    let arguments = if arguments.is_empty() { String::new() } else { format!("({arguments})") };
    let data = app.query(&query.replace("(ARGUMENTS)", &arguments)).await;
    data.pointer(path).unwrap().clone()
}

async fn error(app: &TestApp, (query, _): (&str, &str), arguments: &str) -> (String, String) {
    let answer = app.post(&app.token, &json!({ "query": query.replace("ARGUMENTS", arguments) })).await;
    assert_eq!(answer.status, 200, "{arguments}");
    let message = answer.json()["errors"][0]["message"].as_str().unwrap().to_owned();
    (answer.code(), message)
}

fn ids(page: &Value) -> Vec<String> {
    let edges = page["edges"].as_array().unwrap();
    edges.iter().map(|edge| edge["node"]["id"].as_str().unwrap().to_owned()).collect()
}

#[rstest]
#[tokio::test]
async fn pages_from_either_end_are_in_list_order(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    seven(&app).await;
    for connection in CONNECTIONS {
        let whole = page(&app, connection, "").await;
        let all = ids(&whole);
        assert_eq!((all.len(), &whole["totalCount"]), (7, &json!(7)));
        let first = page(&app, connection, "first: 3").await;
        let last = page(&app, connection, "last: 3").await;
        assert_eq!((ids(&first), ids(&last)), (all[..3].to_vec(), all[4..].to_vec()));
        for (page, previous, next) in [(&whole, false, false), (&first, false, true), (&last, true, false)] {
            let edges = page["edges"].as_array().unwrap();
            let (start, end) = (&edges[0]["cursor"], &edges[edges.len() - 1]["cursor"]);
            let expected = json!({ "hasNextPage": next, "hasPreviousPage": previous, "startCursor": start, "endCursor": end });
            assert_eq!(page["pageInfo"], expected);
            assert_eq!(page["totalCount"], 7);
        }
        let end = &first["pageInfo"]["endCursor"];
        let next = page(&app, connection, &format!("first: 2, after: {end}")).await;
        assert_eq!(ids(&next), all[3..5]);
        let start = &last["pageInfo"]["startCursor"];
        let before = page(&app, connection, &format!("last: 2, before: {start}")).await;
        assert_eq!(ids(&before), all[2..4]);
        let between = page(&app, connection, &format!("after: {end}, before: {start}")).await;
        assert_eq!(ids(&between), all[3..4]);
        let empty = page(&app, connection, &format!("after: {}", whole["pageInfo"]["endCursor"])).await;
        let nothing =
            json!({ "hasNextPage": false, "hasPreviousPage": true, "startCursor": null, "endCursor": null });
        assert_eq!((ids(&empty), &empty["pageInfo"], &empty["totalCount"]), (vec![], &nothing, &json!(7)));
    }
}

#[rstest]
#[tokio::test]
async fn the_opposite_direction_reverses_the_list(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    seven(&app).await;
    for connection in CONNECTIONS {
        let mut down = ids(&page(&app, connection, "orderBy: {field: updatedAt}").await);
        let up = ids(&page(&app, connection, "orderBy: {direction: Asc}").await);
        down.reverse();
        assert_eq!(down, up);
    }
}

#[rstest]
#[tokio::test]
async fn an_invalid_page_size_is_rejected_with_the_limit(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    seven(&app).await;
    for connection in CONNECTIONS {
        for (arguments, name, size) in [
            ("first: 101", "first", 101),
            ("first: -1", "first", -1),
            ("last: 101", "last", 101),
            ("last: -7", "last", -7),
        ] {
            let text = format!(
                "invalid argument `{name}`: {size} is not between 0 and 100, the limit of a page (`limits.page`)"
            );
            assert_eq!(error(&app, connection, arguments).await, ("BAD_USER_INPUT".to_owned(), text));
        }
        let text = "invalid argument `last`: set `first` or `last`, not both";
        for arguments in ["first: 3, last: 3", "first: 50, last: 3", "first: 0, last: 0"] {
            assert_eq!(
                error(&app, connection, arguments).await,
                ("BAD_USER_INPUT".to_owned(), text.to_owned())
            );
        }
    }
}

#[rstest]
#[tokio::test]
async fn a_cursor_of_another_list_is_rejected(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    seven(&app).await;
    for connection in CONNECTIONS {
        let cursor = page(&app, connection, "first: 1").await["pageInfo"]["endCursor"].clone();
        let refused = |name: &str| {
            let text = format!("invalid argument `{name}`: the cursor is not valid for this list and order");
            ("BAD_CURSOR".to_owned(), text)
        };
        for (arguments, name) in [
            ("after: \"garbage\"".to_owned(), "after"),
            ("before: \"\"".to_owned(), "before"),
            (format!("after: {cursor}, orderBy: {{direction: Asc}}"), "after"),
            (format!("before: {cursor}, orderBy: {{field: createdAt}}"), "before"),
        ] {
            assert_eq!(error(&app, connection, &arguments).await, refused(name), "{arguments}");
        }
    }
    // A cursor of users is invalid for identifications, although both lists have the same order.
    let cursor = page(&app, CONNECTIONS[0], "first: 1").await["pageInfo"]["endCursor"].clone();
    assert_eq!(error(&app, CONNECTIONS[1], &format!("after: {cursor}")).await.0, "BAD_CURSOR");
    // A cursor of all identifications is invalid for those of one user.
    let cursor = page(&app, CONNECTIONS[1], "first: 1").await["pageInfo"]["endCursor"].clone();
    assert_eq!(error(&app, CONNECTIONS[2], &format!("after: {cursor}")).await.0, "BAD_CURSOR");
}
