//! The history of a client's verifications, with their levels.

use axum::{
    extract::{Query, State},
    response::IntoResponse,
};
use serde::Deserialize;
use sqlx::types::Uuid;

use crate::{Ceiling, database::rows, json, moment};

#[derive(Deserialize)]
pub struct Client {
    number: i64,
}

type Grant = (i64, Uuid, String, Option<Uuid>, Option<String>, String, i64, i64);

pub async fn of_client(State(ceiling): State<Ceiling>, Query(client): Query<Client>) -> impl IntoResponse {
    let sql = "SELECT v.number, c.id, c.name, p.id, p.name, v.reason, v.created_at, count(*) OVER () FROM users u \
               JOIN verifications v ON v.project_id = u.project_id AND v.user_id = u.id \
               JOIN verification_levels c ON c.project_id = v.project_id AND c.id = v.current_level_id \
               LEFT JOIN verification_levels p ON p.project_id = v.project_id AND p.id = v.previous_level_id \
               WHERE u.project_id = $1 AND u.number = $2 ORDER BY v.created_at DESC, v.number DESC LIMIT 50";
    let grants: Vec<Grant> = rows!(&ceiling.db, sql, ceiling.project, client.number);
    let node = |(number, id, name, previous_id, previous, reason, at, _): &Grant| {
        let previous = match (previous_id, previous) {
            (Some(id), Some(name)) => format!("{{\"id\":\"{id}\",\"name\":\"{name}\"}}"),
            _ => "null".to_owned(),
        };
        format!(
            "{{\"node\":{{\"number\":{number},\"currentLevel\":{{\"id\":\"{id}\",\"name\":\"{name}\"}},\
             \"previousLevel\":{previous},\"reason\":\"{reason}\",\"createdAt\":\"{}\"}}}}",
            moment(*at)
        )
    };
    let edges: Vec<String> = grants.iter().map(node).collect();
    let total = grants.first().map_or(0, |grant| grant.7);
    json(format!(
        "{{\"data\":{{\"verifications\":{{\"edges\":[{}],\"totalCount\":{total}}}}}}}",
        edges.join(",")
    ))
}
