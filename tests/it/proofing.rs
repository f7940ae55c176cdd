//! Proofing requests over GraphQL.

mod counts;
mod keys;
mod totals;

use entity::proofing_request::{DeviceCheck, DocumentAuthentication, State};
use rstest::rstest;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use verigraph::auth::Permissions;

use crate::harness::{Db, NewProofing, NewUser, TestApp};

const HOUR: i64 = 3_600_000;
/// 2026-01-01T00:00:00Z
const START: i64 = 1_767_225_600_000;

/// A request of every state and result, one hour apart.
async fn insert(app: &TestApp) -> Vec<entity::proofing_request::Model> {
    let new = [
        (State::Init, DeviceCheck::Allow, None, None),
        (State::Init, DeviceCheck::Deny, None, None),
        (State::Image, DeviceCheck::Review, None, None),
        (State::Complete, DeviceCheck::None, Some(DocumentAuthentication::Passed), Some(80)),
        (State::Complete, DeviceCheck::Allow, Some(DocumentAuthentication::Failed), Some(79)),
    ];
    let mut rows = Vec::new();
    for ((state, device, document, score), hour) in new.into_iter().zip(0..) {
        let request_time = START + hour * HOUR;
        // Ids contain the clock's time, so they sort in the order of creation.
        app.clock.set(app.clock.now().plus_seconds(1));
        let new = NewProofing { state, device, document, score, request_time, ..NewProofing::default() };
        rows.push(app.proofing(new).await);
    }
    rows
}

#[rstest]
#[tokio::test]
async fn a_request_is_returned_with_all_its_fields(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let new = NewProofing {
        user: Some(user),
        state: State::Complete,
        document: Some(DocumentAuthentication::Attention),
        score: Some(80),
        request_time: START,
        ..NewProofing::default()
    };
    let id = app.proofing(new).await.id;
    let fields =
        "id requestTime state deviceCheckResult documentAuthenticationResult faceMatch faceMatchScore
            frontImageClassified frontImageUploadTime backImageClassified backImageUploadTime user { id }";
    let query = format!(
        "{{ proofingRequest(id: \"{id}\") {{ {fields} }}
            node(id: \"{id}\") {{ __typename ... on ProofingRequest {{ faceMatch }} }}
            user(id: \"{user}\") {{ proofingRequests {{ totalCount edges {{ node {{ id }} }} }} }}
            unknown: proofingRequest(id: \"{user}\") {{ id }} malformed: proofingRequest(id: \"%\") {{ id }} }}"
    );
    let expected = json!({
        "proofingRequest": {
            "id": id, "requestTime": "2026-01-01T00:00:00.000Z", "state": "COMPLETE",
            "deviceCheckResult": "ALLOW", "documentAuthenticationResult": "ATTENTION",
            "faceMatch": true, "faceMatchScore": 80,
            "frontImageClassified": true, "frontImageUploadTime": "2026-01-01T00:00:01.000Z",
            "backImageClassified": false, "backImageUploadTime": "2026-01-01T00:00:01.000Z",
            "user": { "id": user },
        },
        "node": { "__typename": "ProofingRequest", "faceMatch": true },
        "user": { "proofingRequests": { "totalCount": 1, "edges": [{ "node": { "id": id } }] } },
        "unknown": null,
        "malformed": null,
    });
    assert_eq!(app.query(&query).await, expected);
}

#[rstest]
#[tokio::test]
async fn filters_are_combined_with_and(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let rows = insert(&app).await;
    for (filters, expected) in [
        ("", vec![4, 3, 2, 1, 0]),
        ("state: INIT", vec![1, 0]),
        ("state: DEVICE", vec![]),
        ("deviceCheckResult: ALLOW", vec![4, 0]),
        ("deviceCheckResult: ALLOW, state: INIT", vec![0]),
        ("documentAuthenticationResult: PASSED", vec![3]),
        ("faceMatch: true", vec![3]),
        ("faceMatch: false", vec![4]),
        ("faceMatch: false, state: COMPLETE", vec![4]),
        ("faceMatch: false, state: IMAGE", vec![]),
        ("documentAuthenticationResult: PASSED, state: INIT", vec![]),
        (
            "requestTime: { greaterThan: \"2026-01-01T01:00:00Z\", lessThanOrEqual: \"2026-01-01T03:00:00Z\" }",
            vec![3, 2],
        ),
        (
            "requestTime: { greaterThanOrEqual: \"2026-01-01T01:00:00Z\", lessThan: \"2026-01-01T03:00:00Z\" }",
            vec![2, 1],
        ),
    ] {
        let query = format!(
            "{{ proofingRequests(filters: {{ {filters} }}) {{ totalCount edges {{ node {{ id }} }} }} }}"
        );
        let edges: Vec<Value> =
            expected.iter().map(|at: &usize| json!({ "node": { "id": rows[*at].id } })).collect();
        let expected = json!({ "proofingRequests": { "totalCount": edges.len(), "edges": edges } });
        assert_eq!(app.query(&query).await, expected, "{filters}");
    }
}

#[rstest]
#[tokio::test]
async fn orders_sort_requests_without_a_value_last(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let rows = insert(&app).await;
    for (field, up, down) in [
        ("requestTime", [0, 1, 2, 3, 4], [4, 3, 2, 1, 0]),
        ("deviceCheckResult", [0, 4, 1, 3, 2], [2, 3, 1, 4, 0]),
        ("state", [3, 4, 2, 0, 1], [1, 0, 2, 4, 3]),
        ("documentAuthenticationResult", [4, 3, 0, 1, 2], [3, 4, 2, 1, 0]),
        ("faceMatch", [4, 3, 0, 1, 2], [3, 4, 2, 1, 0]),
    ] {
        for (direction, places) in [("Asc", up), ("Desc", down)] {
            let query = format!(
                "{{ proofingRequests(orderBy: {{ field: {field}, direction: {direction} }}) {{ edges {{ node {{ id }} }} }} }}"
            );
            let edges = places.map(|at| json!({ "node": { "id": rows[at].id } }));
            assert_eq!(
                app.query(&query).await,
                json!({ "proofingRequests": { "edges": edges } }),
                "{field} {direction}"
            );
        }
    }
}

#[rstest]
#[tokio::test]
async fn requests_that_are_equal_in_a_column_are_ordered_by_time_in_both_apis(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let mut rows = Vec::new();
    // Later requests have earlier times, so the order of the ids is another one.
    for hour in [3, 3, 2, 1] {
        app.clock.set(app.clock.now().plus_seconds(1));
        rows.push(
            app.proofing(NewProofing { request_time: START + hour * HOUR, ..NewProofing::default() })
                .await
                .id,
        );
    }
    for (ascending, direction, places) in [(true, "Asc", [3, 2, 0, 1]), (false, "Desc", [1, 0, 2, 3])] {
        let expected = places.map(|at| rows[at].to_string());
        for field in ["deviceCheckResult", "state", "documentAuthenticationResult", "faceMatch"] {
            let list = format!("proofingRequests(orderBy: {{ field: {field}, direction: {direction} }})");
            let graph = app.query(&format!("{{ {list} {{ edges {{ node {{ id }} }} }} }}")).await;
            let edges = expected.each_ref().map(|id| json!({ "node": { "id": id } }));
            assert_eq!(graph["proofingRequests"]["edges"], json!(edges), "{field} {direction}");
            let order = json!({ "name": field, "ascending": ascending });
            let page = crate::proofing_rest::page(&app, &json!({ "orderByAttribute": order })).await;
            let ids = page["results"].as_array().unwrap().iter().map(|row| row["requestId"].clone());
            assert_eq!(ids.collect::<Vec<_>>(), expected, "{field} {direction}");
        }
    }
}

#[rstest]
#[tokio::test]
async fn the_database_rejects_a_result_of_a_request_that_is_not_complete(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    insert(&app).await;
    for change in ["document_authentication_result = 'PASSED'", "face_match = true", "face_match_score = 80"]
    {
        let sql = format!("UPDATE proofing_requests SET {change} WHERE state = 'IMAGE'");
        let refused = app.store.write().execute_unprepared(&sql).await.unwrap_err().to_string();
        assert!(refused.contains("proofing_requests_results"), "{change}: {refused}");
    }
}

#[rstest]
#[tokio::test]
async fn a_filtered_page_with_its_total_is_two_statements(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    insert(&app).await;
    let query = "{ proofingRequests(first: 2, filters: { state: COMPLETE }, orderBy: { field: faceMatch })
            { totalCount edges { cursor node { id state } } } }";
    app.take_statements();
    let found = app.query(query).await;
    assert_eq!((found["proofingRequests"]["totalCount"].clone(), app.take_statements().len()), (json!(2), 1));
    app.query(&query.replace("first: 2", "first: 1")).await;
    assert_eq!(app.take_statements().len(), 2);
}

#[rstest]
#[tokio::test]
async fn requests_are_isolated_by_project(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let id = insert(&app).await[0].id;
    let other = app.new_project().await;
    let token = app.token_for(other, Permissions::all(), None).await;
    let query = format!(
        "{{ proofingRequest(id: \"{id}\") {{ id }} node(id: \"{id}\") {{ id }}
            proofingRequests {{ totalCount edges {{ node {{ id }} }} }} }}"
    );
    let nothing = json!({ "totalCount": 0, "edges": [] });
    let expected = json!({ "proofingRequest": null, "node": null, "proofingRequests": nothing });
    assert_eq!(app.query_as(&token, &query, json!({})).await, expected);
}
