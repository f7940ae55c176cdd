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

/// Whether the database answers
#[utoipa::path(
    get, path = "/readyz", tag = "Health", operation_id = "isReady", security(()),
    responses(
        (status = 200, description = "It does", body = String, example = "ok\n"),
        (status = 503, description = "It does not", body = String, example = "the database does not answer\n"),
    ),
)]
pub async fn ready(State(app): State<App>) -> Response {
    match tokio::time::timeout(PATIENCE, app.store.ping()).await {
        Ok(Ok(())) => "ok\n".into_response(),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
        }
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer in time\n").into_response(),
    }
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
