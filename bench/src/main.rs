//! The ceiling: the same answers as the server's, by one or two hand-written prepared statements behind a bare handler,
//! without tokens, guard, graph or limits. What a request of the server costs more than here is what those cost.

mod database;
mod history;
mod proofings;
mod users;

use std::error::Error;

use axum::{Router, http::header, response::IntoResponse, routing::post};
use chrono::SecondsFormat;
use sqlx::types::Uuid;

use database::Database;

/// The project that is measured, and its database.
#[derive(Clone)]
struct Ceiling {
    db: Database,
    project: Uuid,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(url), Some(address)) = (arguments.next(), arguments.next()) else {
        return Err("usage: ceiling DATABASE_URL ADDRESS".into());
    };
    let db = Database::open(&url).await?;
    let project = db.project().await?;
    let router = Router::new()
        .route("/user", post(users::one))
        .route("/users", post(users::page))
        .route("/history", post(history::of_client))
        .route("/proofings", post(proofings::graph))
        .route("/proofings-total", post(proofings::graph_with_total))
        .route("/rest", post(proofings::rest))
        .with_state(Ceiling { db, project });
    let listener = tokio::net::TcpListener::bind(address).await?;
    Ok(axum::serve(listener, router).await?)
}

fn moment(milliseconds: i64) -> String {
    let time = chrono::DateTime::from_timestamp_millis(milliseconds).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

fn json(body: String) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], body)
}
