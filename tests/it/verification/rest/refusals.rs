//! Errors of the verification-history API.

use axum::{
    body::Body,
    http::{Method, Request},
};
use rstest::rstest;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use verigraph::auth::{Audience, Permission, Permissions};

use super::{LIST, body, get, get_as};
use crate::harness::{Db, TestApp};

/// The body of an error.
fn error(code: &str, message: &str, details: Value) -> Value {
    let mut body = json!({ "error": { "code": code, "message": message } });
    body["error"]["details"] = details;
    body
}

#[rstest]
#[tokio::test]
async fn every_invalid_parameter_is_named(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for (query, field) in [
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("limit=-1", "limit"),
        ("limit=", "limit"),
        ("limit=ten", "limit"),
        ("limit=1.5", "limit"),
        ("limit=%2B1", "limit"),
        ("limit=99999999999999999999", "limit"),
        ("limit=1&limit=2", "limit"),
        ("offset=-1", "offset"),
        ("offset=x", "offset"),
        ("offset=", "offset"),
        ("sort_by=id", "sort_by"),
        ("sort_by=", "sort_by"),
        ("sort_by=CreateTime", "sort_by"),
        ("sort_order=up", "sort_order"),
        ("sort_order=DESC", "sort_order"),
        ("filter[clientId]=", "filter[clientId]"),
        ("filter[clientId]=abc", "filter[clientId]"),
        ("filter[clientId]=-5", "filter[clientId]"),
        ("filter[clientId]=1&filter%5BclientId%5D=2", "filter[clientId]"),
        ("filter[userId]=1", "filter[userId]"),
        ("filter[clientid]=1", "filter[clientid]"),
        ("filter=1", "filter"),
        ("filter[clientId][]=1", "filter[clientId][]"),
    ] {
        let answer = get(&app, &format!("{LIST}?{query}")).await;
        assert_eq!(answer.status, 400, "{query}: {}", answer.text);
        let body = answer.json();
        assert_eq!(body["error"]["code"], "BAD_USER_INPUT", "{query}");
        let details = body["error"]["details"].as_array().unwrap();
        assert_eq!((details.len(), details[0]["field"].as_str()), (1, Some(field)), "{query}");
        assert!(details[0]["issue"].as_str().is_some_and(|issue| !issue.is_empty()), "{query}");
        let keys: Vec<_> = body["error"].as_object().unwrap().keys().collect();
        assert_eq!(keys, ["code", "message", "details"]);
    }
    // An impossible client has no rows; unknown parameters are ignored.
    for query in ["filter[clientId]=0", "filter[clientId]=99999999999999999999", "page=2", ""] {
        assert_eq!(
            body(&app, &format!("{LIST}?{query}")).await,
            json!({ "total": 0, "data": [] }),
            "{query}"
        );
    }
    for (path, status) in [
        ("x", 400),
        ("-1", 400),
        ("1.0", 400),
        ("%00", 400),
        ("0", 404),
        ("1", 404),
        ("99999999999999999999", 404),
    ] {
        for base in [LIST, "/v2/verifications"] {
            let answer = get(&app, &format!("{base}/{path}")).await;
            assert_eq!(answer.status.as_u16(), status, "{base}/{path}");
            assert!(answer.json()["error"]["message"].is_string());
        }
    }
    assert_eq!(get(&app, "/v2/verifications/levels").await.status, 400);
}

#[rstest]
#[tokio::test]
async fn every_path_needs_a_token_with_permission(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let blind: Permissions = Permission::ALL
        .iter()
        .copied()
        .filter(|permission| *permission != Permission::VerificationsView)
        .collect();
    let blind = app.token_for(app.project, blind, None).await;
    let seeing = app.token_with(&[Permission::VerificationsView]).await;
    let paths = [LIST, "/api/v2/verifications/1", "/v2/verifications/1", "/api/v2/verifications/levels"];
    for path in paths {
        for headers in [
            vec![],
            vec![("authorization", "Bearer nonsense")],
            vec![("authorization", app.token.as_str())],
            vec![("authorization", "Bearer ")],
        ] {
            let answer = app.get(path, &headers).await;
            assert_eq!(answer.status, 401, "{path} {headers:?}");
            assert_eq!(answer.json()["error"]["code"], "UNAUTHENTICATED");
            assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"verigraph\"");
        }
        let answer = get_as(&app, &blind, path).await;
        let expected = json!({ "error": { "code": "FORBIDDEN",
            "message": "this requires the permission VERIFICATIONS:VIEW", "details": [] } });
        assert_eq!((answer.status.as_u16(), answer.json()), (403, expected), "{path}");
        assert!([200, 404].contains(&get_as(&app, &seeing, path).await.status.as_u16()));
        let bearer = format!("Bearer {}", app.token);
        for method in ["POST", "PUT", "DELETE", "PATCH"] {
            let request =
                axum::http::Request::builder().method(method).uri(path).header("authorization", &bearer);
            let answer = app.send(request.body(axum::body::Body::empty()).unwrap()).await;
            assert_eq!(
                (answer.status.as_u16(), answer.header("allow")),
                (405, "GET,HEAD"),
                "{method} {path}"
            );
            assert_eq!(answer.json()["error"]["code"], "BAD_REQUEST");
        }
    }
    let life = app.clock.now();
    app.clock.set(life.plus_seconds(2 * 3_600));
    assert_eq!(get_as(&app, &seeing, LIST).await.status, 401);
}

#[rstest]
#[tokio::test]
async fn an_internal_error_is_masked_and_has_the_request_id(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    app.store.write().execute_unprepared("DROP TABLE verifications").await.unwrap();
    let answer = get(&app, LIST).await;
    let id = answer.header("x-request-id");
    let expected = json!({ "error": { "code": "INTERNAL", "message": "internal error",
        "details": [{ "field": "requestId", "issue": id }] } });
    assert_eq!((answer.status.as_u16(), answer.json()), (500, expected));
}

/// The status and the whole body.
#[rstest]
#[tokio::test]
async fn each_error_has_the_documented_status_and_body(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let numbers = "write a whole number between 1 and 1000";
    let number = "write a whole number";
    let natural = "write a whole number, 0 or more";
    let sorts = "items can be sorted only by createTime";
    let filters = "unknown filter: items can be filtered only by filter[clientId]";
    for (query, field, issue) in [
        ("limit=0", "limit", numbers),
        ("limit=1001", "limit", numbers),
        ("offset=-1", "offset", natural),
        ("sort_by=id", "sort_by", sorts),
        ("sort_order=up", "sort_order", "write asc or desc"),
        ("filter[status]=1", "filter[status]", filters),
        ("filter%5Bstatus%5D=1", "filter[status]", filters),
        ("filter[clientId]=x", "filter[clientId]", number),
        ("filter%5BclientId%5D=1.5", "filter[clientId]", number),
        ("limit=1&limit=1", "limit", "send it once"),
    ] {
        let answer = get(&app, &format!("{LIST}?{query}")).await;
        let message = format!("invalid parameter `{field}`: {issue}");
        let expected = error("BAD_USER_INPUT", &message, json!([{ "field": field, "issue": issue }]));
        assert_eq!((answer.status.as_u16(), answer.json()), (400, expected), "{query}");
    }
    for base in [LIST, "/v2/verifications"] {
        let answer = get(&app, &format!("{base}/4711")).await;
        let expected = error("NOT_FOUND", "there is no such verification", json!([]));
        assert_eq!((answer.status.as_u16(), answer.json()), (404, expected));
        let answer = get(&app, &format!("{base}/x")).await;
        let message = "invalid parameter `id`: write a whole number";
        let expected = error("BAD_USER_INPUT", message, json!([{ "field": "id", "issue": number }]));
        assert_eq!((answer.status.as_u16(), answer.json()), (400, expected));
    }
    // The literal path segment takes precedence over an id.
    assert_eq!(get(&app, "/api/v2/verifications/levels").await.json(), json!({ "total": 0, "data": [] }));
    let answer = app.get(LIST, &[]).await;
    let message = "an access token is required: send `Authorization: Bearer TOKEN`";
    assert_eq!((answer.status.as_u16(), answer.json()), (401, error("UNAUTHENTICATED", message, json!([]))));
    let wrong = Request::builder().method(Method::POST).uri(LIST).body(Body::empty()).unwrap();
    let answer = app.send(wrong).await;
    let expected = error("BAD_REQUEST", "this path does not support this method", json!([]));
    assert_eq!((answer.status.as_u16(), answer.json()), (405, expected));
    app.clock.set(app.clock.now().plus_seconds(3_606));
    let answer = get(&app, LIST).await;
    let message = "this access token has expired: get a new one from /oauth2/token";
    assert_eq!((answer.status.as_u16(), answer.json()), (401, error("UNAUTHENTICATED", message, json!([]))));
}

#[tokio::test]
async fn a_credential_over_its_in_flight_limit_gets_retry_after() {
    let app = TestApp::start(Db::Sqlite).await;
    let caller = app.app.callers.of_token(&app.token, Audience::Graph, app.clock.now()).await.unwrap();
    let most = app.app.limits.in_flight_per_credential;
    let places: Vec<_> = (0..most).map(|_| app.app.acquire_permit(&caller).unwrap()).collect();
    let answer = get(&app, LIST).await;
    assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (503, "1"));
    assert_eq!(answer.json()["error"]["code"], "OVERLOADED");
    drop(places);
    assert_eq!(get(&app, LIST).await.status, 200);
}
