//! Rejections of searches and of their pages.

use axum::http::Method;
use rstest::rstest;
use serde_json::{Value, json};

use super::{
    super::{LIST, page, send},
    error, whole,
};
use crate::harness::{Answer, Db, NewProofing, TestApp};

/// Operators of the published enum that no attribute supports.
const UNSUPPORTED: [&str; 8] =
    ["NOT_EQUALS", "CONTAINS", "NOT_CONTAINS", "STARTS_WITH", "ENDS_WITH", "IN", "EXISTS", "NOT_EXISTS"];
/// Operators that only times support.
const OF_TIMES: [&str; 4] = ["GREATER_THAN", "GREATER_THAN_OR_EQUAL", "LESS_THAN", "LESS_THAN_OR_EQUAL"];

async fn search(app: &TestApp, attribute: Value) -> Answer {
    send(app, Method::POST, LIST, &app.token, &json!({ "searchByAttributes": [attribute] })).await
}

/// For each attribute: the eight operators that no attribute supports, and those that only others support.
#[rstest]
#[tokio::test]
async fn rejects_every_unsupported_operator_of_each_attribute(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let mut refused = 0;
    for (name, value) in [
        ("requestTime", "2018-08-04T18:15:30"),
        ("deviceCheckResult", "ALLOW"),
        ("state", "INIT"),
        ("documentAuthenticationResult", "PASSED"),
        ("faceMatch", "true"),
    ] {
        let others: &[&str] = if name == "requestTime" { &["EQUALS"] } else { &OF_TIMES };
        let takes = if name == "requestTime" { OF_TIMES.join(", ") } else { "EQUALS".to_owned() };
        for operator in UNSUPPORTED.iter().chain(others) {
            let answer = search(&app, json!({ "name": name, "operator": operator, "value": value })).await;
            let message = format!("`{name}` does not support {operator}, only: {takes}");
            let expected =
                error("invalid_search_attribute", &message, json!({ "name": name, "operator": operator }));
            assert_eq!(whole(&answer), (400, expected));
            refused += 1;
        }
    }
    assert_eq!(refused, 5 * 8 + 1 + 4 * 4);
}

#[rstest]
#[tokio::test]
async fn rejects_unknown_names_operators_and_values(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let time = "`requestTime` must be a time in UTC such as 2018-08-04T18:15:30";
    for (name, operator, value, message) in [
        ("nonsense", "EQUALS", Some("a"), "there is no search attribute `nonsense`"),
        ("faceMatchScore", "EQUALS", Some("80"), "there is no search attribute `faceMatchScore`"),
        ("state", "BETWEEN", Some("INIT"), "there is no operator `BETWEEN`"),
        ("state", "EQUALS", None, "`state` has no value"),
        ("requestTime", "LESS_THAN", None, "`requestTime` has no value"),
        ("state", "EQUALS", Some("DONE"), "`state` has no value `DONE`"),
        ("deviceCheckResult", "EQUALS", Some("PASSED"), "`deviceCheckResult` has no value `PASSED`"),
        (
            "documentAuthenticationResult",
            "EQUALS",
            Some("DENY"),
            "`documentAuthenticationResult` has no value `DENY`",
        ),
        ("faceMatch", "EQUALS", Some("1"), "`faceMatch` has no value `1`"),
        ("requestTime", "LESS_THAN", Some("yesterday"), time),
        ("requestTime", "GREATER_THAN", Some("2019-02-29T00:00:00"), time),
        ("requestTime", "GREATER_THAN", Some("2018-08-04"), time),
    ] {
        let mut parameters = json!({ "name": name, "operator": operator });
        let known = !message.starts_with("there is no");
        if let Some(value) = value.filter(|_| known) {
            parameters["value"] = value.into();
        }
        let answer = search(&app, json!({ "name": name, "operator": operator, "value": value })).await;
        assert_eq!(whole(&answer), (400, error("invalid_search_attribute", message, parameters)));
    }
    let many = vec![json!({ "name": "state", "operator": "EQUALS", "value": "INIT" }); 101];
    let answer = send(&app, Method::POST, LIST, &app.token, &json!({ "searchByAttributes": many })).await;
    let expected =
        error("invalid_search_attribute", "too many search attributes: the limit is 100", json!({}));
    assert_eq!(whole(&answer), (400, expected));
    let order = json!({ "orderByAttribute": { "name": "requestId", "ascending": true } });
    let answer = send(&app, Method::POST, LIST, &app.token, &order).await;
    let message = "requests cannot be ordered by `requestId`";
    let expected = error("invalid_order_by_attribute", message, json!({ "name": "requestId" }));
    assert_eq!(whole(&answer), (400, expected));
}

#[rstest]
#[tokio::test]
async fn rejects_invalid_limits_and_cursors(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for limit in [0, 101, -1] {
        let answer = send(&app, Method::POST, LIST, &app.token, &json!({ "limit": limit })).await;
        let expected =
            error("invalid_limit", "the limit must be between 1 and 100", json!({ "limit": limit }));
        assert_eq!(whole(&answer), (400, expected));
    }
    let answer = send(&app, Method::POST, LIST, &app.token, &json!({ "limit": "abc" })).await;
    let message = "the body is invalid: invalid type: string \"abc\", expected i64";
    assert_eq!(whole(&answer), (400, error("invalid_body", message, json!({}))));
    for _ in 0..2 {
        app.proofing(NewProofing::default()).await;
    }
    let cursor = page(&app, &json!({ "limit": 1 })).await["paging"]["nextCursor"].take();
    let cursor = cursor.as_str().unwrap();
    let expected = error("invalid_cursor", "this is not a cursor of one of your lists", json!({}));
    for end in 0..cursor.len() {
        let answer = send(&app, Method::POST, LIST, &app.token, &json!({ "cursor": &cursor[..end] })).await;
        assert_eq!(whole(&answer), (400, expected.clone()), "the first {end} letters");
    }
    let other = app.new_project().await;
    let token = app.token_for(other, verigraph::auth::Permissions::all(), None).await;
    for (token, cursor) in [(&token, cursor), (&app.token, "garbage")] {
        let answer = send(&app, Method::POST, LIST, token, &json!({ "cursor": cursor })).await;
        assert_eq!(whole(&answer), (400, expected.clone()));
    }
}
