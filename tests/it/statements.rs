//! The number of statements depends on the depth of a query, never on its rows.

use entity::identification::Process;
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    harness::{Db, NewGrant, NewIdentification, NewUser, TestApp},
    seed::documented_user,
};

const PEOPLE: &str = "query ($users: Int!, $each: Int!) { users(first: $users) { totalCount edges { node {
    id identifications(first: $each) { totalCount edges { node { status levels { expert { __typename } } } } } } } } }";

async fn people(app: &TestApp, users: usize, each: usize) {
    for _ in 0..users {
        let user = app.user(NewUser::default()).await;
        for _ in 0..each {
            app.identification(user, NewIdentification::default()).await;
        }
    }
}

/// The answer, and the number of statements it took.
async fn counted(app: &TestApp, query: &str, variables: Value) -> (Value, usize) {
    app.take_statements();
    let data = app.query_as(&app.token, query, variables).await;
    (data, app.take_statements().len())
}

#[rstest]
#[tokio::test]
async fn the_documented_query_is_one_statement(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    documented_user(&app).await;
    let query = include_str!("seed/identifications.graphql");
    assert_eq!(counted(&app, query, json!({})).await.1, 1);
}

#[rstest]
#[tokio::test]
async fn any_number_of_users_with_identifications_and_totals_is_two_statements(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    people(&app, 12, 4).await;
    let (data, few) = counted(&app, PEOPLE, json!({ "users": 3, "each": 2 })).await;
    assert_eq!(data["users"]["totalCount"], 12);
    assert_eq!(data["users"]["edges"][2]["node"]["identifications"]["totalCount"], 4);
    assert_eq!(data["users"]["edges"][2]["node"]["identifications"]["edges"].as_array().unwrap().len(), 2);
    let (_, many) = counted(&app, PEOPLE, json!({ "users": 11, "each": 3 })).await;
    assert_eq!((few, many), (2, 2));
}

#[rstest]
#[tokio::test]
async fn a_page_with_the_whole_list_gives_its_total_without_a_count(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    people(&app, 3, 1).await;
    let (data, statements) = counted(&app, "{ users { totalCount edges { node { id } } } }", json!({})).await;
    assert_eq!((data["users"]["totalCount"].clone(), statements), (json!(3), 1));
}

#[rstest]
#[tokio::test]
async fn a_total_alone_selects_no_rows(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    people(&app, 3, 2).await;
    let (data, statements) =
        counted(&app, "{ users(first: 0) { totalCount edges { cursor } } }", json!({})).await;
    assert_eq!((data, statements), (json!({ "users": { "totalCount": 3, "edges": [] } }), 1));
    let query = "{ users { edges { node { identifications(first: 0) { totalCount edges { cursor } } } } } }";
    let (data, statements) = counted(&app, query, json!({})).await;
    let lists =
        data["users"]["edges"].as_array().unwrap().iter().map(|edge| &edge["node"]["identifications"]);
    assert!(lists.eq([&json!({ "totalCount": 2, "edges": [] }); 3]));
    assert_eq!(statements, 2);
}

/// The row beyond the page is read only if the selection has a field that needs it.
#[rstest]
#[tokio::test]
async fn a_page_of_size_zero_reads_one_row_only_for_page_info(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    people(&app, 3, 2).await;
    let of_root =
        |arguments: &str, flag: &str| format!("{{ users({arguments}) {{ pageInfo {{ {flag} }} }} }}");
    for (arguments, flag, statements) in [
        ("first: 0", "hasNextPage", 1),
        ("first: 0", "hasPreviousPage", 0),
        ("first: 0", "startCursor", 0),
        ("last: 0", "hasPreviousPage", 1),
        ("last: 0", "hasNextPage", 0),
    ] {
        assert_eq!(
            counted(&app, &of_root(arguments, flag), json!({})).await.1,
            statements,
            "{arguments} {flag}"
        );
    }
    app.take_bound_statements();
    app.query(&of_root("first: 0", "hasNextPage")).await;
    let [statement] = app.take_bound_statements().try_into().unwrap();
    assert!(statement.to_string().contains("LIMIT 1"), "{statement}");
    let query = "{ users { edges { node { identifications(last: 0) { pageInfo { hasPreviousPage } } } } } }";
    let (data, statements) = counted(&app, query, json!({})).await;
    let lists =
        data["users"]["edges"].as_array().unwrap().iter().map(|edge| &edge["node"]["identifications"]);
    assert!(lists.eq([&json!({ "pageInfo": { "hasPreviousPage": true } }); 3]));
    assert_eq!(statements, 2);
    let query = "{ user(id: \"$YOUR_USER_ID\") { identifications(first: 0) { totalCount pageInfo { hasNextPage } } } }";
    assert_eq!(counted(&app, query, json!({})).await.1, 1);
}

#[rstest]
#[tokio::test]
async fn a_total_that_is_not_selected_is_not_counted(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    people(&app, 3, 3).await;
    let query = "{ users(first: 2) { edges { node { identifications(first: 2) { edges { cursor } } } } } }";
    app.take_statements();
    app.query(query).await;
    let statements = app.take_statements();
    assert_eq!(statements.len(), 2);
    assert!(statements.iter().all(|sql| !sql.to_lowercase().contains("count(")), "{statements:#?}");
}

/// Totals of pages after a cursor need a statement of their own: one for all parents.
#[rstest]
#[tokio::test]
async fn totals_of_nested_pages_are_one_statement(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let query = "query ($after: String) { users { edges { node {
            identifications(first: 1, after: $after) { totalCount pageInfo { endCursor } } } } } }";
    people(&app, 4, 3).await;
    let (data, _) = counted(&app, query, json!({})).await;
    let cursor = &data["users"]["edges"][0]["node"]["identifications"]["pageInfo"]["endCursor"];
    let (data, statements) = counted(&app, query, json!({ "after": cursor })).await;
    assert_eq!(statements, 3);
    assert_eq!(data["users"]["edges"][3]["node"]["identifications"]["totalCount"], 3);
}

#[rstest]
#[tokio::test]
async fn every_level_of_a_deep_query_is_one_statement(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    people(&app, 5, 2).await;
    let query = "{ users { edges { node { tags identificationLevels { expert } identifications { edges { node {
            user { tags identificationLevels { QES } identifications(first: 1) { edges { node { id } } } } } } } } } } }";
    // users; tags, levels and identifications of all; users again by id; identifications of those. Tags and
    // levels are cached and not read again.
    assert_eq!(counted(&app, query, json!({})).await.1, 6);
}

#[rstest]
#[tokio::test]
async fn aliases_of_one_list_are_a_statement_each(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    documented_user(&app).await;
    let query = "{ user(id: \"$YOUR_USER_ID\") {
            newest: identifications(first: 1) { edges { node { process } } }
            pvid: identifications(filters: {processes: [PVID]}) { edges { node { process } } }
            none: identifications(filters: {processes: []}) { totalCount } } }";
    let (data, statements) = counted(&app, query, json!({})).await;
    assert_eq!(
        data["user"],
        json!({
            "newest": { "edges": [{ "node": { "process": "Expert" } }] },
            "pvid": { "edges": [{ "node": { "process": "PVID" } }] },
            "none": { "totalCount": 0 },
        })
    );
    assert_eq!(statements, 4);
}

#[rstest]
#[tokio::test]
async fn a_page_of_the_history_has_a_bounded_number_of_statements(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let levels = [app.level(None, "Level 0", 0).await, app.level(None, "Level 1", 1).await];
    for _ in 0..6 {
        let user = app.user(NewUser::default()).await;
        for level in levels {
            app.granted(user, level, NewGrant::default()).await;
        }
    }
    let query = "query ($first: Int!) { verifications(first: $first) { totalCount edges { node {
            number reason createdAt } } } }";
    for first in [2, 11] {
        assert_eq!(counted(&app, query, json!({ "first": first })).await.1, 1, "{first}");
    }
    // The page with its total, the levels, and the users with their current level. A level is read once.
    let query = "query ($first: Int!) { verifications(first: $first) { totalCount edges { node {
            user { number currentVerificationLevel { name } verifications(first: 1) { totalCount edges { cursor } } }
            currentLevel { name } previousLevel { name } grantedBy { label } } } } }";
    let few = counted(&app, query, json!({ "first": 2 })).await.1;
    let many = counted(&app, query, json!({ "first": 11 })).await.1;
    assert_eq!((few, many), (6, 5));
    let query =
        "{ verifications { totalCount edges { node { currentLevel { name } previousLevel { id } } } } }";
    assert_eq!(counted(&app, query, json!({})).await.1, 1);
}

#[rstest]
#[tokio::test]
async fn many_nodes_are_one_statement_for_types_and_one_per_type(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let process = Process::Qes;
    let run = app.identification(user, NewIdentification { process, ..Default::default() }).await;
    let query = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";
    let ids = json!({ "ids": [run, "nothing", user, run, "018c16d6-0000-7000-8000-000000000002"] });
    let (data, statements) = counted(&app, query, ids).await;
    let run = json!({ "__typename": "Identification", "id": run });
    let user = json!({ "__typename": "User", "id": user });
    assert_eq!(data, json!({ "nodes": [run, null, user, run, null] }));
    assert_eq!(statements, 3);
}

#[rstest]
#[tokio::test]
async fn introspection_and_the_viewer_need_no_statement(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let query = "{ __typename __schema { types { name } } viewer { project { name } credential { label } } }";
    assert_eq!(counted(&app, query, json!({})).await.1, 0);
}
