use std::time::Duration;

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use utoipa::OpenApi;

use super::App;

/// The `OpenAPI` description of these paths.
#[derive(OpenApi)]
#[openapi(paths(live, ready, metrics), tags((name = "Health", description = "For operators of the server")))]
pub struct Api;

/// Paths that respond even when the server is at its limits, so that monitoring does not take it for dead.
pub(super) const HEALTH_PATHS: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// Timeout of the database check.
const PATIENCE: Duration = Duration::from_secs(2);

/// Liveness: whether the process runs
#[utoipa::path(
    get, path = "/healthz", tag = "Health", operation_id = "isAlive", security(()),
    responses((status = 200, description = "The process runs", body = String, example = "ok\n")),
)]
pub async fn live() -> &'static str {
    "ok\n"
}

/// Readiness: whether the server can work
///
/// Each line names a problem: the database does not respond, its storage is full, a worker is stalled.
#[utoipa::path(
    get, path = "/readyz", tag = "Health", operation_id = "isReady", security(()),
    responses(
        (status = 200, description = "The server can work", body = String, example = "ok\n"),
        (status = 503, description = "The server cannot work, or only partly", body = String, example = "the database does not respond\n"),
    ),
)]
pub async fn ready(State(app): State<App>) -> Response {
    let mut wrong = Vec::new();
    match tokio::time::timeout(PATIENCE, app.store.ping()).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => {
            tracing::debug!(%error, "database health check failed");
            wrong.push("the database does not respond\n".to_owned());
        }
        Err(_) => wrong.push("the database does not respond in time\n".to_owned()),
    }
    if app.store.condition().is_full() {
        wrong.push("the database storage is full: reads succeed, writes fail\n".to_owned());
    }
    for (worker, since) in app.heartbeat.standing_still() {
        wrong.push(format!("the {worker} has been stalled for {} seconds\n", since.as_secs()));
    }
    if wrong.is_empty() {
        return "ok\n".into_response();
    }
    (StatusCode::SERVICE_UNAVAILABLE, wrong.concat()).into_response()
}

/// Metrics for Prometheus
///
/// Contains no personal data.
#[utoipa::path(
    get, path = "/metrics", tag = "Health", operation_id = "getMetrics", security(()),
    responses((status = 200, description = "Metrics, in Prometheus' text format", body = String)),
)]
pub async fn metrics(State(app): State<App>) -> Response {
    let text = app.metrics.render();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}
