//! Pages of proofing requests: of the graph, with and without a total, and of the REST list.

use axum::{
    extract::{Query, State},
    response::IntoResponse,
};
use serde::Deserialize;
use sqlx::types::Uuid;

use crate::{Ceiling, database::rows, json, moment};

const COLUMNS: &str = "id, request_time, state, device_check_result, document_authentication_result, face_match, \
                       face_match_score, back_image_classified, back_image_upload_time, front_image_classified, \
                       front_image_upload_time";
const WHERE: &str = "project_id = $1 AND device_check_result = 'ALLOW' AND state = 'COMPLETE'";

/// A row of [`COLUMNS`].
type Request = (
    Uuid,
    i64,
    String,
    String,
    Option<String>,
    Option<bool>,
    Option<i32>,
    Option<bool>,
    Option<i64>,
    Option<bool>,
    Option<i64>,
);

/// After which row the page begins.
#[derive(Deserialize)]
pub struct After {
    time: Option<i64>,
    id: Option<Uuid>,
}

async fn page(ceiling: &Ceiling, after: &After) -> Vec<Request> {
    let order = "ORDER BY request_time DESC, id DESC LIMIT 101";
    if let (Some(time), Some(id)) = (after.time, after.id) {
        let sql = format!(
            "SELECT {COLUMNS} FROM proofing_requests WHERE {WHERE} AND (request_time, id) < ($2, $3) {order}"
        );
        return rows!(&ceiling.db, sql, ceiling.project, time, id);
    }
    rows!(
        &ceiling.db,
        format!("SELECT {COLUMNS} FROM proofing_requests WHERE {WHERE} {order}"),
        ceiling.project
    )
}

fn connection(rows: &[Request], total: &str) -> String {
    let node = |row: &Request| {
        let (id, at, state, device, document, face, score, ..) = row;
        format!(
            "{{\"node\":{{\"id\":\"{id}\",\"requestTime\":\"{}\",\"state\":\"{state}\",\"deviceCheckResult\":\"{device}\",\
             \"documentAuthenticationResult\":{},\"faceMatch\":{},\"faceMatchScore\":{}}}}}",
            moment(*at),
            text(document.as_deref()),
            or_null(*face),
            or_null(*score),
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
    let total: Vec<(i64,)> = rows!(&ceiling.db, sql, ceiling.project);
    let total = total.first().map_or(0, |row| row.0);
    json(connection(&rows, &format!(",\"totalCount\":{total}")))
}

/// A page of the REST list, with a cursor as long as one of the server's.
pub async fn rest(State(ceiling): State<Ceiling>, Query(after): Query<After>) -> impl IntoResponse {
    let rows = page(&ceiling, &after).await;
    let result = |row: &Request| {
        let (id, at, state, device, document, face, score, back, back_at, front, front_at) = row;
        let time = |at: Option<i64>| text(at.map(seconds).as_deref());
        format!(
            "{{\"backImageClassified\":{},\"backImageUploadTime\":{},\"deviceCheckResult\":\"{device}\",\
             \"documentAuthenticationResult\":{},\"faceMatch\":{},\"faceMatchScore\":{},\"frontImageClassified\":{},\
             \"frontImageUploadTime\":{},\"requestId\":\"{id}\",\"requestTime\":\"{}\",\"state\":\"{state}\"}}",
            or_null(*back),
            time(*back_at),
            text(document.as_deref()),
            or_null(*face),
            or_null(*score),
            or_null(*front),
            time(*front_at),
            seconds(*at),
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
