//! Pages of proofing requests: of the graph, with and without a total, and of the REST list.

use axum::{
    extract::{Query, State},
    response::IntoResponse,
};
use serde::Deserialize;
use sqlx::{Row, postgres::PgRow, types::Uuid};

use crate::{Ceiling, json, moment};

const COLUMNS: &str = "id, request_time, state, device_check_result, document_authentication_result, face_match, \
                       face_match_score, back_image_classified, back_image_upload_time, front_image_classified, \
                       front_image_upload_time";
const WHERE: &str = "project_id = $1 AND device_check_result = 'ALLOW' AND state = 'COMPLETE'";

/// After which row the page begins.
#[derive(Deserialize)]
pub struct After {
    time: Option<i64>,
    id: Option<Uuid>,
}

async fn page(ceiling: &Ceiling, after: &After) -> Vec<PgRow> {
    let order = "ORDER BY request_time DESC, id DESC LIMIT 101";
    let place = if after.id.is_some() { "AND (request_time, id) < ($2, $3)" } else { "" };
    let sql = format!("SELECT {COLUMNS} FROM proofing_requests WHERE {WHERE} {place} {order}");
    let mut rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(ceiling.project);
    if let (Some(time), Some(id)) = (after.time, after.id) {
        rows = rows.bind(time).bind(id);
    }
    rows.fetch_all(&ceiling.db).await.unwrap_or_default()
}

fn connection(rows: &[PgRow], total: &str) -> String {
    let node = |row: &PgRow| {
        let (id, at): (Uuid, _) = (row.get("id"), moment(row.get("request_time")));
        let (state, device): (&str, &str) = (row.get("state"), row.get("device_check_result"));
        format!(
            "{{\"node\":{{\"id\":\"{id}\",\"requestTime\":\"{at}\",\"state\":\"{state}\",\"deviceCheckResult\":\"{device}\",\
             \"documentAuthenticationResult\":{},\"faceMatch\":{},\"faceMatchScore\":{}}}}}",
            text(row.get("document_authentication_result")),
            or_null(row.get::<Option<bool>, _>("face_match")),
            or_null(row.get::<Option<i32>, _>("face_match_score")),
        )
    };
    let edges: Vec<String> = rows.iter().take(100).map(node).collect();
    let more = rows.len() > 100;
    format!(
        "{{\"data\":{{\"proofingRequests\":{{\"edges\":[{}],\"pageInfo\":{{\"hasNextPage\":{more}}}{total}}}}}}}",
        edges.join(",")
    )
}

/// A page of the graph.
pub async fn graph(State(ceiling): State<Ceiling>, Query(after): Query<After>) -> impl IntoResponse {
    json(connection(&page(&ceiling, &after).await, ""))
}

/// A page of the graph with its total, counted.
pub async fn graph_with_total(
    State(ceiling): State<Ceiling>,
    Query(after): Query<After>,
) -> impl IntoResponse {
    let rows = page(&ceiling, &after).await;
    let sql = format!("SELECT count(*) FROM proofing_requests WHERE {WHERE}");
    let total = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(ceiling.project).fetch_one(&ceiling.db).await;
    let total: i64 = total.map(|row| row.get(0)).unwrap_or_default();
    json(connection(&rows, &format!(",\"totalCount\":{total}")))
}

/// A page of the REST list, with a cursor as long as one of the server's.
pub async fn rest(State(ceiling): State<Ceiling>, Query(after): Query<After>) -> impl IntoResponse {
    let rows = page(&ceiling, &after).await;
    let result = |row: &PgRow| {
        let (id, at): (Uuid, _) = (row.get("id"), seconds(row.get("request_time")));
        let (state, device): (&str, &str) = (row.get("state"), row.get("device_check_result"));
        let time = |name: &str| text(row.get::<Option<i64>, _>(name).map(seconds).as_deref());
        format!(
            "{{\"backImageClassified\":{},\"backImageUploadTime\":{},\"deviceCheckResult\":\"{device}\",\
             \"documentAuthenticationResult\":{},\"faceMatch\":{},\"faceMatchScore\":{},\"frontImageClassified\":{},\
             \"frontImageUploadTime\":{},\"requestId\":\"{id}\",\"requestTime\":\"{at}\",\"state\":\"{state}\"}}",
            or_null(row.get::<Option<bool>, _>("back_image_classified")),
            time("back_image_upload_time"),
            text(row.get("document_authentication_result")),
            or_null(row.get::<Option<bool>, _>("face_match")),
            or_null(row.get::<Option<i32>, _>("face_match_score")),
            or_null(row.get::<Option<bool>, _>("front_image_classified")),
            time("front_image_upload_time"),
        )
    };
    let results: Vec<String> = rows.iter().take(100).map(result).collect();
    let cursor = "0".repeat(300);
    json(format!(
        "{{\"paging\":{{\"nextCursor\":\"{cursor}\",\"prevCursor\":null}},\"results\":[{}]}}",
        results.join(",")
    ))
}

fn text(text: Option<&str>) -> String {
    text.map_or_else(|| "null".to_owned(), |text| format!("\"{text}\""))
}

fn or_null(value: Option<impl ToString>) -> String {
    value.map_or_else(|| "null".to_owned(), |value| value.to_string())
}

fn seconds(milliseconds: i64) -> String {
    let time = chrono::DateTime::from_timestamp_millis(milliseconds).unwrap_or_default();
    time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}
