use std::time::Duration;

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::App;

/// How long the database may take to show that it is there.
const PATIENCE: Duration = Duration::from_secs(2);

/// `GET /healthz`: the process runs.
pub async fn live() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the process can answer, because its database does.
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

/// `GET /metrics`: counts and times for Prometheus. Nothing in it tells of a person.
pub async fn metrics(State(app): State<App>) -> Response {
    let text = app.metrics.render();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}
