//! Errors in the documented format.

use axum::http::Method;
use rstest::rstest;
use serde_json::{Value, json};
use verigraph::auth::{Permission, Permissions};

use super::{LIST, page, refused, send};
use crate::harness::{Db, NewProofing, NewUser, TestApp};

const OPERATORS: [&str; 13] = [
    "EQUALS",
    "NOT_EQUALS",
    "CONTAINS",
    "NOT_CONTAINS",
    "STARTS_WITH",
    "ENDS_WITH",
    "GREATER_THAN",
    "GREATER_THAN_OR_EQUAL",
    "LESS_THAN",
    "LESS_THAN_OR_EQUAL",
    "IN",
    "EXISTS",
    "NOT_EXISTS",
];

async fn list(app: &TestApp, body: &Value) -> (u16, String) {
    let answer = send(app, Method::POST, LIST, &app.token, body).await;
    if answer.status == 200 { (200, String::new()) } else { refused(&answer) }
}

#[rstest]
#[tokio::test]
async fn every_unsupported_operator_of_an_attribute_is_rejected(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (equals, times) = (&OPERATORS[..1], &OPERATORS[6..10]);
    for (name, value, allowed) in [
        ("requestTime", "2018-08-04T18:15:30", times),
        ("deviceCheckResult", "ALLOW", equals),
        ("state", "DEVICE", equals),
        ("documentAuthenticationResult", "PASSED", equals),
        ("faceMatch", "true", equals),
    ] {
        for operator in OPERATORS {
            let search = json!([{ "name": name, "operator": operator, "value": value }]);
            let expected =
                if allowed.contains(&operator) { (200, "") } else { (400, "invalid_search_attribute") };
            let (status, code) = list(&app, &json!({ "searchByAttributes": search })).await;
            assert_eq!((status, code.as_str()), expected, "{name} {operator}");
        }
    }
}

#[rstest]
#[tokio::test]
async fn an_invalid_search_is_rejected(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for (name, operator, value) in [
        ("nonsense", "EQUALS", json!("a")),
        ("", "EQUALS", json!("a")),
        ("State", "EQUALS", json!("INIT")),
        ("state", "EQUAL", json!("INIT")),
        ("state", "equals", json!("INIT")),
        ("state", "EQUALS", json!("init")),
        ("state", "EQUALS", json!("")),
        ("state", "EQUALS", json!(null)),
        ("state", "EQUALS", json!(["INIT"])),
        ("deviceCheckResult", "EQUALS", json!("PASSED")),
        ("deviceCheckResult", "EQUALS", json!("A\0")),
        ("documentAuthenticationResult", "EQUALS", json!("ALLOW")),
        ("faceMatch", "EQUALS", json!("yes")),
        ("faceMatch", "EQUALS", json!(true)),
        ("faceMatch", "EQUALS", json!("TRUE")),
        ("requestTime", "LESS_THAN", json!("yesterday")),
        ("requestTime", "LESS_THAN", json!("2018-13-04T18:15:30")),
        ("requestTime", "LESS_THAN", json!("2018-02-30T00:00:00")),
        ("requestTime", "LESS_THAN", json!("2018-08-04T25:00:00")),
        ("requestTime", "LESS_THAN", json!(1_533_406_530)),
        ("requestTime", "LESS_THAN", json!("1533406530")),
        ("requestTime", "LESS_THAN", json!("")),
    ] {
        let search = json!([{ "name": name, "operator": operator, "value": value }]);
        let found = list(&app, &json!({ "searchByAttributes": search })).await;
        assert_eq!(found, (400, "invalid_search_attribute".to_owned()), "{search}");
    }
    for search in [
        json!([{ "name": "state", "operator": "EQUALS" }]),
        json!([{ "name": "state" }]),
        json!([1]),
        json!("state"),
        json!({}),
    ] {
        let found = list(&app, &json!({ "searchByAttributes": search })).await;
        assert_eq!(found, (400, "invalid_search_attribute".to_owned()), "{search}");
    }
    for order in [
        json!({}),
        json!({ "name": "state" }),
        json!({ "ascending": true }),
        json!([]),
        json!("state"),
        json!({ "name": "faceMatchScore", "ascending": true }),
        json!({ "name": "state", "ascending": "true" }),
    ] {
        let found = list(&app, &json!({ "orderByAttribute": order })).await;
        assert_eq!(found, (400, "invalid_order_by_attribute".to_owned()), "{order}");
    }
}

#[rstest]
#[tokio::test]
async fn invalid_limits_and_bodies_are_rejected(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for limit in [json!(0), json!(-1), json!(101), json!(i64::MAX)] {
        assert_eq!(
            list(&app, &json!({ "limit": limit })).await,
            (400, "invalid_limit".to_owned()),
            "{limit}"
        );
    }
    for body in [
        json!([]),
        json!(null),
        json!("{}"),
        json!({ "limit": "10" }),
        json!({ "limit": 1.5 }),
        json!({ "cursor": 1 }),
        json!({ "attributes": "a" }),
    ] {
        assert_eq!(list(&app, &body).await, (400, "invalid_body".to_owned()), "{body}");
    }
    let large = json!({ "cursor": "x".repeat(300_000) });
    assert_eq!(list(&app, &large).await, (413, "payload_too_large".to_owned()));
    let wrong = send(&app, Method::PUT, LIST, &app.token, &json!({})).await;
    assert_eq!(refused(&wrong), (405, "method_not_allowed".to_owned()));
}

#[rstest]
#[tokio::test]
async fn malformed_and_foreign_cursors_are_rejected(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let other = app.new_project().await;
    for project in [app.project, other] {
        for _ in 0..2 {
            app.proofing(NewProofing { project: Some(project), ..NewProofing::default() }).await;
        }
    }
    let mine = page(&app, &json!({ "limit": 1 })).await;
    let cursor = mine["paging"]["nextCursor"].as_str().unwrap();
    let token = app.token_for(other, Permissions::all(), None).await;
    let foreign = send(&app, Method::POST, LIST, &token, &json!({ "cursor": cursor })).await;
    assert_eq!(refused(&foreign), (400, "invalid_cursor".to_owned()));
    let graph = app.query("{ proofingRequests { edges { cursor } } }").await;
    let graph = graph["proofingRequests"]["edges"][0]["cursor"].as_str().unwrap().to_owned();
    for garbage in ["", "%", "null", "e30", "W10", &cursor[1..], &cursor.repeat(2), &graph, "\0"] {
        let found = list(&app, &json!({ "cursor": garbage })).await;
        assert_eq!(found, (400, "invalid_cursor".to_owned()), "{garbage}");
    }
}

#[rstest]
#[tokio::test]
async fn every_path_needs_a_token_with_its_permission(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let id = app.proofing(NewProofing::default()).await.id;
    let paths = [(Method::POST, LIST.to_owned()), (Method::GET, format!("{LIST}/{id}"))];
    let others: Permissions =
        Permissions::all().iter().filter(|it| *it != Permission::IdproofingView).collect();
    let without = app.token_for(app.project, others, None).await;
    let only = app.token_with(&[Permission::IdproofingView]).await;
    for (method, path) in paths {
        for token in ["", "nonsense", "Basic x"] {
            let answer = send(&app, method.clone(), &path, token, &json!({})).await;
            assert_eq!(refused(&answer), (401, "unauthenticated".to_owned()), "{path} {token}");
        }
        let answer = send(&app, method.clone(), &path, &without, &json!({})).await;
        assert_eq!(refused(&answer), (403, "forbidden".to_owned()), "{path}");
        assert_eq!(answer.json()["parameters"], json!({ "permission": "IDPROOFING:VIEW" }));
        assert_eq!(send(&app, method, &path, &only, &json!({})).await.status, 200);
    }
}

/// A request without a user is visible to callers without tag limits only.
#[rstest]
#[tokio::test]
async fn a_tag_limited_token_sees_requests_of_visible_users_only(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let [vip, other] = [&["vip"][..], &[]].map(|tags| NewUser { tags, ..NewUser::default() });
    let (vip, other) = (app.user(vip).await, app.user(other).await);
    let mut ids = Vec::new();
    for user in [Some(vip), Some(other), None] {
        ids.push(app.proofing(NewProofing { user, ..NewProofing::default() }).await.id);
    }
    let token = app.token_for(app.project, Permissions::all(), Some(&["vip"])).await;
    let found = send(&app, Method::POST, LIST, &token, &json!({})).await.json();
    assert_eq!(found["results"].as_array().unwrap().len(), 1);
    assert_eq!(found["results"][0]["requestId"], json!(ids[0]));
    for (id, status) in ids.iter().zip([200, 404, 404]) {
        let one = send(&app, Method::GET, &format!("{LIST}/{id}"), &token, &Value::Null).await;
        assert_eq!(one.status, status);
    }
}
