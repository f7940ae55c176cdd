//! Searches, orders and paging.

use std::cmp::Ordering;

use axum::http::Method;
use entity::proofing_request::{DeviceCheck, DocumentAuthentication, Model, State};
use rstest::rstest;
use sea_orm::{ActiveEnum, Iterable};
use serde_json::{Value, json};

use super::{LIST, page, refused, send};
use crate::harness::{Db, NewProofing, Random, TestApp};

const ORDERS: [&str; 5] =
    ["requestTime", "deviceCheckResult", "state", "documentAuthenticationResult", "faceMatch"];

/// Whether a row that was created at this second matches a search.
type Passes = fn(&Model, i64) -> bool;

/// Random requests, many of which are equal in every column except the id.
async fn insert(app: &TestApp, random: &mut Random, many: usize) -> Vec<Model> {
    let mut rows = Vec::new();
    let documents: Vec<_> = DocumentAuthentication::iter().map(Some).chain([None]).collect();
    for _ in 0..many {
        let state = *random.one_of(&State::iter().collect::<Vec<_>>());
        let is_complete = state == State::Complete;
        let new = NewProofing {
            state,
            device: *random.one_of(&DeviceCheck::iter().collect::<Vec<_>>()),
            document: random.one_of(&documents).filter(|_| is_complete),
            score: random.one_of(&[None, Some(0), Some(79), Some(80), Some(100)]).filter(|_| is_complete),
            request_time: 1_767_225_600_000 + 1_000 * i64::try_from(random.below(6)).unwrap(),
            ..NewProofing::default()
        };
        rows.push(app.proofing(new).await);
    }
    rows
}

/// The value of a row in a column as text; times and booleans compare like their texts here.
fn value(row: &Model, name: &str) -> Option<String> {
    match name {
        "requestTime" => Some(row.request_time.0.to_string()),
        "deviceCheckResult" => Some(row.device_check_result.to_value()),
        "state" => Some(row.state.to_value()),
        "documentAuthenticationResult" => row.document_authentication_result.map(|result| result.to_value()),
        _ => row.face_match.map(|it| it.to_string()),
    }
}

/// The expected order: nulls last and ties by time and then by id, in the direction of the order.
fn sorted(mut rows: Vec<Model>, name: &str, ascending: bool) -> Vec<String> {
    let turn = |order: Ordering| if ascending { order } else { order.reverse() };
    rows.sort_by(|one, other| {
        let by = match (value(one, name), value(other, name)) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(one), Some(other)) => turn(one.cmp(&other)),
        };
        by.then(turn((one.request_time, one.id).cmp(&(other.request_time, other.id))))
    });
    rows.into_iter().map(|row| row.id.to_string()).collect()
}

fn ids(page: &Value) -> Vec<String> {
    let rows = page["results"].as_array().unwrap();
    rows.iter().map(|row| row["requestId"].as_str().unwrap().to_owned()).collect()
}

#[rstest]
#[tokio::test]
async fn every_order_is_paged_forward_and_back_by_cursors_alone(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let mut random = Random::seeded();
    let rows = insert(&app, &mut random, 31).await;
    for name in ORDERS {
        for ascending in [true, false] {
            let expected = sorted(rows.clone(), name, ascending);
            let limit = 1 + random.below(9);
            let order = json!({ "name": name, "ascending": ascending });
            let mut at = page(&app, &json!({ "orderByAttribute": order, "limit": limit })).await;
            assert_eq!(at["paging"]["prevCursor"], Value::Null);
            let mut seen = ids(&at);
            while let Some(cursor) = at["paging"]["nextCursor"].as_str() {
                at = page(&app, &json!({ "cursor": cursor, "limit": limit })).await;
                seen.extend(ids(&at));
            }
            assert_eq!(seen, expected, "{name} {ascending} by {limit}");
            let mut back = ids(&at);
            while let Some(cursor) = at["paging"]["prevCursor"].as_str() {
                at = page(&app, &json!({ "cursor": cursor, "limit": limit })).await;
                assert!(at["paging"]["nextCursor"].is_string());
                back.splice(0..0, ids(&at));
            }
            assert_eq!(back, expected, "{name} {ascending} by {limit}, back");
        }
    }
}

#[rstest]
#[tokio::test]
async fn a_cursor_keeps_search_and_order_and_ignores_those_of_the_body(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let mut random = Random::seeded();
    let rows = insert(&app, &mut random, 80).await;
    let search = json!([{ "name": "faceMatch", "operator": "EQUALS", "value": "true" }]);
    let order = json!({ "name": "state", "ascending": true });
    let first =
        page(&app, &json!({ "searchByAttributes": search, "orderByAttribute": order, "limit": 2 })).await;
    let matching: Vec<_> = rows.into_iter().filter(|row| row.face_match == Some(true)).collect();
    let expected = sorted(matching, "state", true);
    assert!(expected.len() > 2);
    // Even values that would be rejected without a cursor.
    let rest = page(
        &app,
        &json!({
            "cursor": first["paging"]["nextCursor"],
            "searchByAttributes": [{ "name": "nonsense" }],
            "orderByAttribute": 7,
        }),
    )
    .await;
    // A cursor keeps the limit of its page, unless the body has one.
    assert_eq!(rest["paging"]["limit"], 2);
    assert_eq!([ids(&first), ids(&rest)].concat(), expected[..4.min(expected.len())]);
    let all = page(&app, &json!({ "cursor": first["paging"]["nextCursor"], "limit": 100 })).await;
    assert_eq!(all["paging"]["limit"], 100);
    assert_eq!([ids(&first), ids(&all)].concat(), expected);
}

#[rstest]
#[tokio::test]
async fn search_attributes_are_combined_with_and(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let mut random = Random::seeded();
    let rows = insert(&app, &mut random, 40).await;
    let time = |row: &Model| (row.request_time.0 - 1_767_225_600_000) / 1_000;
    let cases: [(Value, Passes); 12] = [
        (json!([["requestTime", "GREATER_THAN", "2026-01-01T00:00:02"]]), |_, at| at > 2),
        (json!([["requestTime", "GREATER_THAN_OR_EQUAL", "2026-01-01T00:00:02Z"]]), |_, at| at >= 2),
        (json!([["requestTime", "LESS_THAN", "2026-01-01T00:00:02.000"]]), |_, at| at < 2),
        (json!([["requestTime", "LESS_THAN_OR_EQUAL", "2026-01-01T00:00:02.000Z"]]), |_, at| at <= 2),
        (
            json!([
                ["requestTime", "GREATER_THAN", "2026-01-01T00:00:01"],
                ["requestTime", "LESS_THAN", "2026-01-01T00:00:04"]
            ]),
            |_, at| at > 1 && at < 4,
        ),
        (json!([["deviceCheckResult", "EQUALS", "REVIEW"]]), |row, _| {
            row.device_check_result == DeviceCheck::Review
        }),
        (json!([["state", "EQUALS", "IMAGE"]]), |row, _| row.state == State::Image),
        (json!([["state", "EQUALS", "DEVICE"]]), |_, _| false),
        (json!([["documentAuthenticationResult", "EQUALS", "NONE"]]), |row, _| {
            row.document_authentication_result == Some(DocumentAuthentication::None)
        }),
        (json!([["faceMatch", "EQUALS", "false"], ["state", "EQUALS", "COMPLETE"]]), |row, _| {
            row.face_match == Some(false) && row.state == State::Complete
        }),
        (json!([["state", "EQUALS", "INIT"], ["state", "EQUALS", "COMPLETE"]]), |_, _| false),
        (json!([["faceMatch", "EQUALS", "true"], ["state", "EQUALS", "IMAGE"]]), |_, _| false),
    ];
    for (search, passes) in cases {
        let attributes: Vec<Value> = search
            .as_array()
            .unwrap()
            .iter()
            .map(|it| json!({ "name": it[0], "operator": it[1], "value": it[2] }))
            .collect();
        let found = page(&app, &json!({ "searchByAttributes": attributes })).await;
        let passing: Vec<_> = rows.iter().filter(|row| passes(row, time(row))).cloned().collect();
        assert_eq!(ids(&found), sorted(passing, "requestTime", false), "{search}");
    }
}

#[rstest]
#[tokio::test]
async fn an_empty_body_returns_the_latest_100_and_a_page_is_one_statement(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let row = app.proofing(NewProofing { request_time: 1_550_582_127_999, ..NewProofing::default() }).await;
    app.take_statements();
    let found = page(&app, &json!({})).await;
    assert_eq!(app.take_statements().len(), 1);
    let expected = json!({
        "paging": { "limit": 100, "nextCursor": null, "prevCursor": null },
        "results": [{
            "backImageClassified": null, "backImageUploadTime": null, "deviceCheckResult": "ALLOW",
            "documentAuthenticationResult": null, "faceMatch": null, "faceMatchScore": null,
            "frontImageClassified": null, "frontImageUploadTime": null,
            "requestId": row.id, "requestTime": "2019-02-19T13:15:27Z", "state": "INIT",
        }],
    });
    assert_eq!(found, expected);
    assert_eq!(
        page(&app, &json!({ "attributes": ["any"], "limit": 1, "cursor": null })).await["results"],
        expected["results"]
    );
    let one = send(&app, Method::GET, &format!("{LIST}/{}", row.id), &app.token, &Value::Null).await;
    assert_eq!(one.json(), expected["results"][0]);
    let nobody = send(&app, Method::GET, &format!("{LIST}/nobody"), &app.token, &Value::Null).await;
    assert_eq!(refused(&nobody), (404, "request_not_found".to_owned()));
}
