//! The ceiling: the same answers as the server's, by one or two hand-written prepared statements behind a bare handler,
//! without tokens, guard, graph or limits. What a request of the server costs more than here is what those cost.

mod proofings;

use std::{error::Error, fmt::Write};

use axum::{Router, extract::State, http::header, response::IntoResponse, routing::post};
use chrono::SecondsFormat;
use sqlx::{
    PgPool, Row,
    postgres::{PgPoolOptions, PgRow},
    types::Uuid,
};

/// The project that is measured, and its database.
#[derive(Clone)]
struct Ceiling {
    db: PgPool,
    project: Uuid,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(url), Some(address)) = (arguments.next(), arguments.next()) else {
        return Err("usage: ceiling DATABASE_URL ADDRESS".into());
    };
    let db = PgPoolOptions::new().max_connections(16).test_before_acquire(false).connect(&url).await?;
    let project = sqlx::query("SELECT id FROM projects WHERE name = 'Demo'").fetch_one(&db).await?.get(0);
    let router = Router::new()
        .route("/documented", post(documented))
        .route("/users", post(users))
        .route("/history", post(history))
        .route("/proofings", post(proofings::graph))
        .route("/proofings-total", post(proofings::graph_with_total))
        .route("/rest", post(proofings::rest))
        .with_state(Ceiling { db, project });
    let listener = tokio::net::TcpListener::bind(address).await?;
    Ok(axum::serve(listener, router).await?)
}

const IDENTIFICATION: &str = "id, process, status, updated_at, expert_status, expert_reasons::text AS reasons, \
                              qes_status, pvid_status";

/// The documented query: a user's identifications with their levels and total.
async fn documented(State(ceiling): State<Ceiling>) -> impl IntoResponse {
    let sql = format!(
        "SELECT i.* FROM (SELECT id FROM users WHERE project_id = $1 AND ref_id = $2) u LEFT JOIN LATERAL (SELECT \
         {IDENTIFICATION}, count(*) OVER () AS total FROM identifications WHERE user_id = u.id \
         ORDER BY updated_at DESC, id DESC LIMIT 51) i ON TRUE"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(ceiling.project).bind("$YOUR_USER_ID");
    let rows = rows.fetch_all(&ceiling.db).await.unwrap_or_default();
    let edges: Vec<String> = rows.iter().map(|row| format!("{{\"node\":{}}}", with_levels(row))).collect();
    let total: i64 = rows.first().map(|row| row.get("total")).unwrap_or_default();
    json(format!(
        "{{\"data\":{{\"user\":{{\"identifications\":{{\"edges\":[{}],\"totalCount\":{total}}}}}}}}}",
        edges.join(",")
    ))
}

fn with_levels(row: &PgRow) -> String {
    let level = |status: &str, invalid: &dyn Fn() -> String| match status {
        "Valid" => "{\"__typename\":\"ValidIdentificationLevelStatusInfo\",\"status\":\"Valid\"}".to_owned(),
        "Invalid" => invalid(),
        _ => "{}".to_owned(),
    };
    let bare = || "{\"__typename\":\"InvalidIdentificationLevelStatusInfo\"}".to_owned();
    let reasons = || {
        let reasons: String = row.get("reasons");
        format!(
            "{{\"__typename\":\"InvalidIdentificationLevelStatusInfo\",\"reasons\":{reasons},\"status\":\"Invalid\"}}"
        )
    };
    format!(
        "{{\"process\":\"{}\",\"status\":\"{}\",\"updatedAt\":\"{}\",\"levels\":{{\"expert\":{},\"qes\":{},\"pvid\":{}}}}}",
        row.get::<&str, _>("process"),
        row.get::<&str, _>("status"),
        moment(row.get("updated_at")),
        level(row.get("expert_status"), &reasons),
        level(row.get("qes_status"), &bare),
        level(row.get("pvid_status"), &bare),
    )
}

/// 50 users with their first 10 identifications and totals.
async fn users(State(ceiling): State<Ceiling>) -> impl IntoResponse {
    let sql = "SELECT id, ref_id FROM users WHERE project_id = $1 ORDER BY updated_at DESC, id DESC LIMIT 51";
    let users = sqlx::query(sql).bind(ceiling.project).fetch_all(&ceiling.db).await.unwrap_or_default();
    let users = &users[..users.len().min(50)];
    let ids: Vec<Uuid> = users.iter().map(|row| row.get(0)).collect();
    let sql = "SELECT u.id AS user, i.* FROM unnest($1::uuid[]) AS u(id) CROSS JOIN LATERAL (SELECT id, process, status, \
               updated_at, count(*) OVER () AS total FROM identifications WHERE user_id = u.id \
               ORDER BY updated_at DESC, id DESC LIMIT 11) i";
    let rows = sqlx::query(sql).bind(&ids).fetch_all(&ceiling.db).await.unwrap_or_default();
    let mut rows = rows.iter().peekable();
    let mut body = String::from("{\"data\":{\"users\":{\"edges\":[");
    for (place, user) in users.iter().enumerate() {
        let (id, ref_id): (Uuid, Option<&str>) = (user.get(0), user.get(1));
        let (mut edges, mut total) = (Vec::new(), 0_i64);
        while let Some(row) = rows.next_if(|row| row.get::<Uuid, _>("user") == id) {
            total = row.get("total");
            let (process, status): (&str, &str) = (row.get("process"), row.get("status"));
            let (node, at) = (row.get::<Uuid, _>("id"), moment(row.get("updated_at")));
            edges.push(format!(
                "{{\"node\":{{\"id\":\"{node}\",\"process\":\"{process}\",\"status\":\"{status}\",\"updatedAt\":\"{at}\"}}}}"
            ));
        }
        edges.truncate(10);
        let comma = if place == 0 { "" } else { "," };
        let (edges, ref_id) = (edges.join(","), ref_id.unwrap_or_default());
        // Writing to a text cannot fail.
        let _ = write!(
            body,
            "{comma}{{\"node\":{{\"id\":\"{id}\",\"refId\":\"{ref_id}\",\"identifications\":{{\"edges\":[{edges}],\
             \"totalCount\":{total}}}}}}}"
        );
    }
    body.push_str("]}}}");
    json(body)
}

/// The history of client 222, with the names of the levels.
async fn history(State(ceiling): State<Ceiling>) -> impl IntoResponse {
    let sql = "SELECT v.number, c.name AS current, p.name AS previous, v.reason, v.created_at FROM verifications v \
               JOIN users u ON u.id = v.user_id JOIN verification_levels c ON c.id = v.current_level_id \
               LEFT JOIN verification_levels p ON p.id = v.previous_level_id \
               WHERE u.project_id = $1 AND u.number = $2 ORDER BY v.created_at DESC, v.number DESC LIMIT 51";
    let rows =
        sqlx::query(sql).bind(ceiling.project).bind(222).fetch_all(&ceiling.db).await.unwrap_or_default();
    let node = |row: &PgRow| {
        let previous: Option<&str> = row.get("previous");
        let previous = previous.map_or_else(|| "null".to_owned(), |name| format!("{{\"name\":\"{name}\"}}"));
        let (number, current): (i32, &str) = (row.get("number"), row.get("current"));
        let (reason, at): (&str, _) = (row.get("reason"), moment(row.get("created_at")));
        format!(
            "{{\"node\":{{\"number\":{number},\"currentLevel\":{{\"name\":\"{current}\"}},\"previousLevel\":{previous},\
             \"reason\":\"{reason}\",\"createdAt\":\"{at}\"}}}}"
        )
    };
    let edges: Vec<String> = rows.iter().map(node).collect();
    json(format!("{{\"data\":{{\"verifications\":{{\"edges\":[{}]}}}}}}", edges.join(",")))
}

fn moment(milliseconds: i64) -> String {
    let time = chrono::DateTime::from_timestamp_millis(milliseconds).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

fn json(body: String) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], body)
}
