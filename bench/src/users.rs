//! A user's identifications with their levels and total, and a page of users with theirs.

use std::fmt::Write;

use axum::{
    extract::{Query, State},
    response::IntoResponse,
};
use serde::Deserialize;
use sqlx::types::Uuid;

use crate::{
    Ceiling,
    database::{Database, rows},
    json, moment,
};

const COLUMNS: &str = "process, status, updated_at, expert_status, CAST(expert_reasons AS text) AS reasons, qes_status, \
                       pvid_status, count(*) OVER () AS total";

type Identification = (String, String, i64, String, Option<String>, String, String, i64);

#[derive(Deserialize)]
pub struct OfUser {
    id: Uuid,
}

pub async fn one(State(ceiling): State<Ceiling>, Query(user): Query<OfUser>) -> impl IntoResponse {
    let order = "ORDER BY updated_at DESC, id DESC LIMIT 51";
    let sql = format!(
        "SELECT {COLUMNS} FROM identifications WHERE project_id = $1 AND user_id = \
         (SELECT id FROM users WHERE project_id = $1 AND id = $2) {order}"
    );
    let found: Vec<Identification> = rows!(&ceiling.db, sql, ceiling.project, user.id);
    let edges: Vec<String> =
        found.iter().map(|row| format!("{{\"node\":{{{}}}}}", with_levels(row))).collect();
    let total = found.first().map_or(0, |row| row.7);
    json(format!(
        "{{\"data\":{{\"user\":{{\"identifications\":{{\"edges\":[{}],\"totalCount\":{total}}}}}}}}}",
        edges.join(",")
    ))
}

fn with_levels((process, status, at, expert, reasons, qes, pvid, _): &Identification) -> String {
    let level = |status: &str, reasons: Option<&str>| match status {
        "Valid" => "{\"__typename\":\"ValidIdentificationLevelStatusInfo\",\"status\":\"Valid\"}".to_owned(),
        "Invalid" => {
            let more = reasons
                .map(|reasons| format!(",\"reasons\":{reasons},\"status\":\"Invalid\""))
                .unwrap_or_default();
            format!("{{\"__typename\":\"InvalidIdentificationLevelStatusInfo\"{more}}}")
        }
        _ => "{}".to_owned(),
    };
    format!(
        "\"process\":\"{process}\",\"status\":\"{status}\",\"updatedAt\":\"{}\",\"levels\":{{\"expert\":{},\"qes\":{},\
         \"pvid\":{}}}",
        moment(*at),
        level(expert, Some(reasons.as_deref().unwrap_or("[]"))),
        level(qes, None),
        level(pvid, None),
    )
}

/// After which user the page begins.
#[derive(Deserialize)]
pub struct After {
    time: i64,
    id: Uuid,
}

type Child = (Uuid, Uuid, String, String, i64, String, String, String, i64);

pub async fn page(State(ceiling): State<Ceiling>, Query(after): Query<After>) -> impl IntoResponse {
    let sql = "SELECT id, ref_id FROM users WHERE project_id = $1 AND (updated_at, id) < ($2, $3) \
               ORDER BY updated_at DESC, id DESC LIMIT 50";
    let users: Vec<(Uuid, Option<String>)> = rows!(&ceiling.db, sql, ceiling.project, after.time, after.id);
    let children = children(&ceiling, &users).await;
    let mut children = children.iter().peekable();
    let mut body = String::from("{\"data\":{\"users\":{\"edges\":[");
    for (place, (id, ref_id)) in users.iter().enumerate() {
        let (mut edges, mut total) = (Vec::new(), 0);
        while let Some((_, node, process, status, at, expert, qes, pvid, of_user)) =
            children.next_if(|row| row.0 == *id)
        {
            total = *of_user;
            let at = moment(*at);
            let level =
                |status: &str| format!("{{\"__typename\":\"{status}IdentificationLevelStatusInfo\"}}");
            let (expert, qes, pvid) = (level(expert), level(qes), level(pvid));
            edges.push(format!(
                "{{\"node\":{{\"id\":\"{node}\",\"process\":\"{process}\",\"status\":\"{status}\",\"updatedAt\":\"{at}\",\
                 \"levels\":{{\"expert\":{expert},\"qes\":{qes},\"pvid\":{pvid}}}}}}}"
            ));
        }
        let comma = if place == 0 { "" } else { "," };
        let ref_id = ref_id.as_ref().map_or_else(|| "null".to_owned(), |ref_id| format!("\"{ref_id}\""));
        let edges = edges.join(",");
        // Writing to a text cannot fail.
        let _ = write!(
            body,
            "{comma}{{\"node\":{{\"id\":\"{id}\",\"refId\":{ref_id},\"identifications\":{{\"edges\":[{edges}],\
             \"totalCount\":{total}}}}}}}"
        );
    }
    body.push_str("]}}}");
    json(body)
}

/// The first ten identifications of each user, in the order of the users.
async fn children(ceiling: &Ceiling, users: &[(Uuid, Option<String>)]) -> Vec<Child> {
    let columns = "id, process, status, updated_at, expert_status, qes_status, pvid_status";
    match &ceiling.db {
        Database::Postgres(pool) => {
            let ids: Vec<Uuid> = users.iter().map(|user| user.0).collect();
            let sql = format!(
                "SELECT u.id, i.* FROM unnest($2::uuid[]) AS u(id) CROSS JOIN LATERAL (SELECT {columns}, \
                 count(*) OVER () AS total FROM identifications WHERE project_id = $1 AND user_id = u.id \
                 ORDER BY updated_at DESC, id DESC LIMIT 10) i"
            );
            let query = sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(ceiling.project).bind(ids);
            query.fetch_all(pool).await.unwrap_or_default()
        }
        Database::Sqlite(pool) => {
            let ids: Vec<String> = users.iter().map(|user| format!("\"{}\"", user.0.simple())).collect();
            let sql = format!(
                "SELECT user_id, {columns}, total FROM (SELECT user_id, place, {columns}, row_number() OVER each AS n, \
                 count(*) OVER (PARTITION BY user_id) AS total FROM (SELECT key AS place, unhex(value) AS wanted \
                 FROM json_each($2)) JOIN identifications ON project_id = $1 AND user_id = wanted \
                 WINDOW each AS (PARTITION BY user_id ORDER BY updated_at DESC, id DESC)) WHERE n <= 10 ORDER BY place, n"
            );
            let ids = format!("[{}]", ids.join(","));
            let query = sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(ceiling.project).bind(ids);
            query.fetch_all(pool).await.unwrap_or_default()
        }
    }
}
