//! A tag-limited credential gets the same as one without limits, without users that have none of its tags.

mod arguments;
mod people;
mod rest;

use std::collections::HashSet;

use rstest::rstest;
use serde_json::{Value, json};
use uuid::Uuid;

use self::{
    arguments::{ListArguments, ids},
    people::{Limited, Person},
};
use crate::harness::{Db, Random, TestApp};

/// The ids of everything that a caller sees, computed by the test.
fn seen(people: &[Person], caller: &Limited) -> HashSet<Uuid> {
    let people = people.iter().filter(|person| caller.sees(person));
    people.flat_map(Person::rows).collect()
}

/// Reads a whole list in pages, forwards or backwards, and checks the page info of each.
async fn walk(
    app: &TestApp,
    token: &str,
    arguments: &ListArguments,
    user: Uuid,
    size: usize,
    back: bool,
) -> (Vec<Uuid>, Value) {
    let (count, end, more, cursor) = if back {
        ("last", "before", "hasPreviousPage", "startCursor")
    } else {
        ("first", "after", "hasNextPage", "endCursor")
    };
    let mut all = Vec::new();
    let mut place = String::new();
    loop {
        let query = arguments.page(user, &format!("{count}: {size}{place}"));
        let page = arguments.read(app.query_as(token, &query, json!({})).await);
        let mut rows = ids(&page);
        assert!(rows.len() <= size, "{query}: {page}");
        if back {
            rows.extend(all);
            all = rows;
        } else {
            all.extend(rows);
        }
        if page["pageInfo"][more] == false {
            return (all, page["totalCount"].clone());
        }
        place = format!(", {end}: {}", page["pageInfo"][cursor]);
    }
}

/// Every list, every kind of filter, every order, from either end, in pages of any size.
#[rstest]
#[tokio::test]
async fn a_tag_limited_list_is_the_full_list_without_invisible_rows(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let mut random = Random::seeded();
    let people = people::insert(&app, &mut random).await;
    let callers = people::limited(&app, &mut random).await;
    for arguments in ListArguments::all(&mut random, &people) {
        let back = random.below(2) == 0;
        let caller = random.one_of(&callers);
        let seen = seen(&people, caller);
        let user = random.one_of(&people);
        let query = arguments.page(user.id, "first: 100");
        let whole = arguments.read(app.query(&query).await);
        let case = format!("limited to {:?}: {query}", caller.tags);
        if arguments.list.contains('.') && !caller.sees(user) {
            let data = app.query_as(&caller.token, &query, json!({})).await;
            assert_eq!(data, json!({ "user": null }), "{case}");
            continue;
        }
        let expected: Vec<Uuid> = ids(&whole).into_iter().filter(|id| seen.contains(id)).collect();
        let size = 1 + random.below(7);
        let (found, total) = walk(&app, &caller.token, &arguments, user.id, size, back).await;
        assert_eq!((&found, total), (&expected, json!(expected.len())), "{case}");
        let only_total = arguments.page(user.id, "first: 0");
        let only_total = arguments.read(app.query_as(&caller.token, &only_total, json!({})).await);
        assert_eq!(only_total["totalCount"], json!(expected.len()), "{case}");

        // From a cursor of a caller that sees more, including a cursor of an invisible row.
        let edges = whole["edges"].as_array().unwrap();
        if edges.is_empty() {
            continue;
        }
        let at = random.below(edges.len());
        let after = arguments.page(user.id, &format!("first: 100, after: {}", edges[at]["cursor"]));
        let after = arguments.read(app.query_as(&caller.token, &after, json!({})).await);
        let rest = ids(&whole).split_off(at + 1);
        let rest: Vec<Uuid> = rest.into_iter().filter(|id| seen.contains(id)).collect();
        assert_eq!(ids(&after), rest, "{case}");
    }
}

#[rstest]
#[tokio::test]
async fn nested_lists_are_tag_limited(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let mut random = Random::seeded();
    let people = people::insert(&app, &mut random).await;
    for caller in people::limited(&app, &mut random).await {
        let seen = seen(&people, &caller);
        let first = 1 + random.below(3);
        let query = format!(
            "{{ users(first: 100) {{ edges {{ node {{
                id tags identificationLevels {{ expert QES PVID }}
                identifications(first: {first}) {{
                    totalCount edges {{ cursor node {{ id levels {{ __typename }} }} }} }}
                total: identifications(first: 0) {{ totalCount }}
                currentVerificationLevel {{ name }}
                verifications(first: {first}) {{ totalCount edges {{ cursor node {{ id }} }} }}
                granted: verifications(first: 0) {{ totalCount }}
            }} }} }}
            identifications(first: 100) {{ edges {{ node {{ id user {{ id tags }} }} }} }}
            verifications(first: 100) {{ edges {{ node {{ id user {{ id tags }} }} }} }} }}"
        );
        let mut expected = app.query(&query).await;
        for list in ["users", "identifications", "verifications"] {
            let edges = expected[list]["edges"].as_array_mut().unwrap();
            edges.retain(|edge| seen.contains(&edge["node"]["id"].as_str().unwrap().parse().unwrap()));
        }
        assert_eq!(
            app.query_as(&caller.token, &query, json!({})).await,
            expected,
            "limited to {:?}",
            caller.tags
        );
    }
}

#[rstest]
#[tokio::test]
async fn nested_sessions_documents_and_results_are_tag_limited(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let mut random = Random::seeded();
    let people = people::insert(&app, &mut random).await;
    for caller in people::limited(&app, &mut random).await {
        let seen = seen(&people, &caller);
        let first = 1 + random.below(3);
        let query = format!(
            "{{ users(first: 30) {{ edges {{ node {{ id
                    verificationSessions(first: {first}) {{ totalCount edges {{ cursor node {{
                        id refId documents {{ __typename ... on UnclassifiedDocument {{ id findings }} }} }} }} }}
                    none: verificationSessions(first: 0) {{ totalCount }}
                    verificationResults(first: {first}) {{ totalCount edges {{ cursor node {{ id status }} }} }}
                }} }} }}
                verificationSessions(first: 100) {{ edges {{ node {{ id user {{ id tags }}
                    documents {{ ... on UnclassifiedDocument {{ id }} }} }} }} }}
                verificationResults(first: 100) {{ edges {{ node {{ id user {{ id tags }} data {{ identityId }} }} }} }} }}"
        );
        let mut expected = app.query(&query).await;
        for list in ["users", "verificationSessions", "verificationResults"] {
            let edges = expected[list]["edges"].as_array_mut().unwrap();
            edges.retain(|edge| seen.contains(&edge["node"]["id"].as_str().unwrap().parse().unwrap()));
        }
        let found = app.query_as(&caller.token, &query, json!({})).await;
        assert_eq!(found, expected, "limited to {:?}", caller.tags);
    }
}

#[rstest]
#[tokio::test]
async fn no_id_gives_access_to_an_invisible_row(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let mut random = Random::seeded();
    let people = people::insert(&app, &mut random).await;
    let everything: Vec<Uuid> = people.iter().flat_map(Person::rows).collect();
    for caller in people::limited(&app, &mut random).await {
        let seen = seen(&people, &caller);
        let shown = |id: &Uuid| if seen.contains(id) { json!({ "id": id }) } else { Value::Null };
        for ids in everything.chunks(100) {
            let nodes = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
            let nodes = app.query_as(&caller.token, nodes, json!({ "ids": ids })).await;
            let expected: Vec<Value> = ids.iter().map(shown).collect();
            assert_eq!(nodes, json!({ "nodes": expected }), "limited to {:?}", caller.tags);
        }
        for person in &people {
            let user = "query ($id: String!, $node: ID!, $ref: String!) {
                    user(id: $id) { id } other: user(id: $ref) { id } node(id: $node) { id }
                    page: user(id: $ref) { identifications { totalCount } verifications { totalCount } } }";
            let variables = json!({ "id": person.id, "node": person.id, "ref": person.ref_id });
            let it = shown(&person.id);
            let page = json!({
                "identifications": { "totalCount": person.identifications.len() },
                "verifications": { "totalCount": person.grants.len() },
            });
            let page = if it.is_null() { Value::Null } else { page };
            let expected = json!({ "user": it, "other": it, "node": it, "page": page });
            let found = app.query_as(&caller.token, user, variables).await;
            assert_eq!(
                found, expected,
                "limited to {:?}, the user's tags are {:?}",
                caller.tags, person.tags
            );
            let runs = person.identifications.iter().map(|id| ("identification", id));
            let sessions = person.sessions.iter().map(|id| ("verificationSession", id));
            let results = person.results.iter().map(|id| ("verificationResult", id));
            let runs = runs.chain(sessions).chain(results);
            for (root, id) in runs.chain(person.grants.iter().map(|(id, _)| ("verification", id))) {
                let query = "query ($id: ID!) { ROOT(id: $id) { id user { id } } node(id: $id) { id } }";
                let query = query.replace("ROOT", root);
                let found = app.query_as(&caller.token, &query, json!({ "id": id })).await;
                let nested = if it.is_null() { Value::Null } else { json!({ "id": id, "user": it }) };
                let expected = json!({ root: nested, "node": shown(id) });
                assert_eq!(
                    found, expected,
                    "limited to {:?}, the user's tags are {:?}",
                    caller.tags, person.tags
                );
            }
        }
    }
}
