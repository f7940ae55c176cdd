//! The lists of the REST APIs: a tag-limited caller gets the full list without invisible rows, in every
//! order, with every filter, in pages of any size.

use std::collections::HashSet;

use axum::{
    body::Body,
    http::{Method, Request},
};
use rstest::rstest;
use serde_json::{Value, json};

use super::{
    people::{self, Limited, Person},
    seen,
};
use crate::harness::{Answer, Db, Random, TestApp};

const PROOFINGS: &str = "/api/web/v1/idproofing";
const HISTORY: &str = "/api/v2/verifications";

async fn send(app: &TestApp, token: &str, method: Method, path: &str, body: String) -> Answer {
    let request =
        Request::builder().method(method).uri(path).header("authorization", format!("Bearer {token}"));
    app.send(request.body(Body::from(body)).unwrap()).await
}

async fn proofings(app: &TestApp, token: &str, body: &Value) -> Value {
    let answer = send(app, token, Method::POST, PROOFINGS, body.to_string()).await;
    assert_eq!(answer.status, 200, "{body}: {}", answer.text);
    answer.json()
}

async fn history(app: &TestApp, token: &str, query: &str) -> Value {
    let answer = send(app, token, Method::GET, &format!("{HISTORY}?{query}"), String::new()).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.text);
    answer.json()
}

/// Every search for one equal value, a time range, and the empty search.
fn searches() -> Vec<Value> {
    let equals = |name: &str, value: &str| json!([{ "name": name, "operator": "EQUALS", "value": value }]);
    let mut all = vec![json!([])];
    all.extend(["ALLOW", "DENY", "NONE", "REVIEW"].map(|value| equals("deviceCheckResult", value)));
    all.extend(["COMPLETE", "DEVICE", "IMAGE", "INIT"].map(|value| equals("state", value)));
    let results = ["NONE", "UNKNOWN", "PASSED", "FAILED", "SKIPPED", "ATTENTION"];
    all.extend(results.map(|value| equals("documentAuthenticationResult", value)));
    all.extend(["true", "false"].map(|value| equals("faceMatch", value)));
    all.push(json!([
        { "name": "requestTime", "operator": "GREATER_THAN", "value": "2023-11-14T22:13:20.001" },
        { "name": "requestTime", "operator": "LESS_THAN_OR_EQUAL", "value": "2023-11-14T22:13:20.003" },
    ]));
    all
}

/// Reads the whole list forwards by cursors, then backwards from its last page.
async fn walk(app: &TestApp, token: &str, first: &Value, size: usize) -> (Vec<Value>, Vec<Value>) {
    let mut pages = vec![proofings(app, token, first).await];
    while let Some(cursor) = pages.last().unwrap()["paging"]["nextCursor"].as_str() {
        let next = proofings(app, token, &json!({ "cursor": cursor, "limit": size })).await;
        pages.push(next);
    }
    let rows = |page: &Value| page["results"].as_array().unwrap().clone();
    let forward = pages.iter().flat_map(rows).collect();
    let mut page = pages.pop().unwrap();
    let mut back = rows(&page);
    while let Some(cursor) = page["paging"]["prevCursor"].as_str() {
        page = proofings(app, token, &json!({ "cursor": cursor, "limit": size })).await;
        back.splice(0..0, rows(&page));
    }
    (forward, back)
}

fn sees_client(people: &[Person], caller: &Limited) -> HashSet<i64> {
    people.iter().filter(|person| caller.sees(person)).map(|person| person.number).collect()
}

#[rstest]
#[tokio::test]
async fn a_tag_limited_list_of_proofing_requests_is_the_full_list_without_invisible_rows(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let mut random = Random::seeded();
    let people = people::insert(&app, &mut random).await;
    let callers = people::limited(&app, &mut random).await;
    let mut shown = 0;
    for name in ["requestTime", "deviceCheckResult", "state", "documentAuthenticationResult", "faceMatch"] {
        for ascending in [true, false] {
            for search in searches() {
                let caller = random.one_of(&callers);
                let seen = seen(&people, caller);
                let size = 1 + random.below(9);
                let mut query = json!({
                    "orderByAttribute": { "name": name, "ascending": ascending }, "searchByAttributes": search,
                });
                let whole = proofings(&app, &app.token, &query).await;
                assert_eq!(whole["paging"]["nextCursor"], Value::Null);
                let is_seen =
                    |row: &Value| seen.contains(&row["requestId"].as_str().unwrap().parse().unwrap());
                let all = whole["results"].as_array().unwrap();
                let expected: Vec<Value> = all.iter().filter(|row| is_seen(row)).cloned().collect();
                shown += expected.len();
                query["limit"] = size.into();
                let case = format!("limited to {:?}: {query}", caller.tags);
                let (forward, back) = walk(&app, &caller.token, &query, size).await;
                assert_eq!(forward, expected, "{case}");
                assert_eq!(back, expected, "{case}, backwards");

                // From a cursor of a caller that sees more, after a row that may be invisible.
                let theirs = proofings(&app, &app.token, &query).await;
                let Some(cursor) = theirs["paging"]["nextCursor"].as_str() else { continue };
                let rest = proofings(&app, &caller.token, &json!({ "cursor": cursor, "limit": 100 })).await;
                let expected: Vec<Value> = all[size..].iter().filter(|row| is_seen(row)).cloned().collect();
                assert_eq!(rest["results"], json!(expected), "{case}, from {cursor}");
            }
        }
    }
    assert!(shown > 0);
}

#[rstest]
#[tokio::test]
async fn a_tag_limited_history_is_the_full_history_without_invisible_rows(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let mut random = Random::seeded();
    let people = people::insert(&app, &mut random).await;
    for caller in people::limited(&app, &mut random).await {
        let clients = sees_client(&people, &caller);
        let filters = people.iter().map(|person| format!("filter[clientId]={}", person.number));
        let some: Vec<String> = random.some_of(&filters.collect::<Vec<_>>());
        for filter in some.into_iter().chain([String::new(), "filter[clientId]=0".to_owned()]) {
            for order in ["asc", "desc"] {
                let query = format!("sort_by=createTime&sort_order={order}&{filter}");
                let whole = history(&app, &app.token, &format!("{query}&limit=1000")).await;
                let all = whole["data"].as_array().unwrap();
                let is_seen = |row: &&Value| clients.contains(&row["clientId"].as_i64().unwrap());
                let expected: Vec<&Value> = all.iter().filter(is_seen).collect();
                let size = 1 + random.below(9);
                let mut found = Vec::new();
                for offset in (0..=expected.len()).step_by(size) {
                    let page = format!("{query}&limit={size}&offset={offset}");
                    let page = history(&app, &caller.token, &page).await;
                    assert_eq!(page["total"], expected.len(), "limited to {:?}: {query}", caller.tags);
                    found.extend(page["data"].as_array().unwrap().clone());
                }
                assert_eq!(json!(found), json!(expected), "limited to {:?}: {query} by {size}", caller.tags);
            }
        }
    }
}

#[rstest]
#[tokio::test]
async fn no_id_of_a_rest_api_gives_access_to_an_invisible_row(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let mut random = Random::seeded();
    let people = people::insert(&app, &mut random).await;
    let requests = proofings(&app, &app.token, &json!({})).await["results"].take();
    let grants = history(&app, &app.token, "limit=1000").await["data"].take();
    for caller in people::limited(&app, &mut random).await {
        let (seen, clients) = (seen(&people, &caller), sees_client(&people, &caller));
        for row in requests.as_array().unwrap() {
            let id = row["requestId"].as_str().unwrap();
            let answer =
                send(&app, &caller.token, Method::GET, &format!("{PROOFINGS}/{id}"), String::new()).await;
            let expected = if seen.contains(&id.parse().unwrap()) {
                (200, row.clone())
            } else {
                let parameters = json!({ "requestId": id });
                (
                    404,
                    json!({ "errorCode": "request_not_found", "errorMessage": "there is no such request", "parameters": parameters }),
                )
            };
            assert_eq!((answer.status.as_u16(), answer.json()), expected, "limited to {:?}", caller.tags);
        }
        for row in grants.as_array().unwrap() {
            for base in [HISTORY, "/v2/verifications"] {
                let path = format!("{base}/{}", row["id"]);
                let answer = send(&app, &caller.token, Method::GET, &path, String::new()).await;
                let expected = if clients.contains(&row["clientId"].as_i64().unwrap()) {
                    (200, json!({ "total": 1, "data": [row] }))
                } else {
                    let message = "there is no such verification";
                    (404, json!({ "error": { "code": "NOT_FOUND", "message": message, "details": [] } }))
                };
                assert_eq!((answer.status.as_u16(), answer.json()), expected, "limited to {:?}", caller.tags);
            }
        }
    }
}
