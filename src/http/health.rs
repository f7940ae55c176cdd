use std::time::Duration;

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use utoipa::OpenApi;

use super::App;

/// The description of these paths.
#[derive(OpenApi)]
#[openapi(paths(live, ready, metrics), tags((name = "Health", description = "For those who run the server")))]
pub struct Api;

/// These paths answer when the server is full, so that it is not taken for dead.
pub(super) const HEALTH_PATHS: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// How long the database may take to show that it is there.
const PATIENCE: Duration = Duration::from_secs(2);

/// Whether the process runs
#[utoipa::path(
    get, path = "/healthz", tag = "Health", operation_id = "isAlive", security(()),
    responses((status = 200, description = "It does", body = String, example = "ok\n")),
)]
pub async fn live() -> &'static str {
    "ok\n"
}

/// Whether the server can work
///
/// A line for each thing that keeps it from that: the database does not answer, its storage is full, a worker stands
/// still.
#[utoipa::path(
    get, path = "/readyz", tag = "Health", operation_id = "isReady", security(()),
    responses(
        (status = 200, description = "It can", body = String, example = "ok\n"),
        (status = 503, description = "It cannot, or not all of it", body = String, example = "the database does not answer\n"),
    ),
)]
pub async fn ready(State(app): State<App>) -> Response {
    let mut wrong = Vec::new();
    match tokio::time::timeout(PATIENCE, app.store.ping()).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => {
            tracing::debug!(%error, "the database does not answer");
            wrong.push("the database does not answer\n".to_owned());
        }
        Err(_) => wrong.push("the database does not answer in time\n".to_owned()),
    }
    if app.store.condition().is_full() {
        wrong.push("the storage of the database is full: reads go on, writes fail\n".to_owned());
    }
    for (worker, since) in app.pulse.standing_still() {
        wrong.push(format!("the {worker} has stood still for {} seconds\n", since.as_secs()));
    }
    if wrong.is_empty() {
        return "ok\n".into_response();
    }
    (StatusCode::SERVICE_UNAVAILABLE, wrong.concat()).into_response()
}

/// Counts and times for Prometheus
///
/// Nothing in it tells of a person.
#[utoipa::path(
    get, path = "/metrics", tag = "Health", operation_id = "getMetrics", security(()),
    responses((status = 200, description = "Metrics, in Prometheus' text format", body = String)),
)]
pub async fn metrics(State(app): State<App>) -> Response {
    let text = app.metrics.render();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}
