use std::time::Duration;

use axum::{
    Extension, Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    middleware::from_fn_with_state,
    response::{Redirect, Response},
    routing,
};
use tower_http::cors::{AllowOrigin, CorsLayer};

use super::{
    App, dashboard,
    error_format::RejectedRequest,
    explorer, export, graphql, health,
    middleware::{self, ConcurrencyLimit},
    openapi,
    position::{self, POSITION},
    reply::RequestId,
    route,
};
use crate::{
    Code,
    config::ANY_ORIGIN,
    http::{formats::error_format, oauth},
    member, proofing, result, session, verification,
};

/// The complete HTTP router. Tests use this same router.
pub fn router(app: App) -> Router {
    let (most, setting) = (app.limits.body, "limits.body");
    let time = (app.limits.query_seconds, "limits.query_seconds");
    let state = app.api.clone();
    let admission = ConcurrencyLimit { app: state.clone(), most, setting, time };
    let rest = Router::new()
        .route("/oauth2/token", route::post(oauth::token))
        .merge(verification::rest::routes())
        .merge(result::rest::routes())
        .merge(member::rest::routes())
        .with_state(state.clone());
    let api = Router::new()
        .route("/graphql", route::post(graphql::post).merge(route::get(graphql::get)))
        .route("/openapi.json", route::get(openapi::serve))
        .merge(rest)
        .merge(export::routes())
        // `limit` bounds the body, as configured.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(admission, middleware::limit));
    let page = Router::new()
        .route("/explorer", routing::get(|| async { Redirect::to("/explorer/") }))
        .route("/explorer/", route::get(explorer::page))
        .route("/explorer/config.json", route::get(explorer::config))
        .route("/explorer/{*path}", route::get(explorer::file));
    let page = if app.explorer.is_some() { page } else { Router::new() };
    let page = page
        .route("/", route::get(dashboard::home))
        .route("/dashboard", routing::get(|| async { Redirect::to("/dashboard/") }))
        .route("/dashboard/", route::get(dashboard::page))
        .route("/dashboard/{*path}", route::get(dashboard::file));
    // Outside of `limit`: a server at its limits must still report that it is alive.
    let health = Router::new()
        .route("/healthz", routing::get(health::live))
        .route("/readyz", route::get(health::ready))
        .route("/metrics", route::get(health::metrics));
    api.merge(page)
        .merge(health)
        .merge(proofing::rest::routes(&state).with_state(state.clone()))
        .merge(session::rest::routes(&state).with_state(state.clone()))
        .method_not_allowed_fallback(wrong_method)
        .fallback(nothing)
        .layer(from_fn_with_state(state.clone(), position::track))
        .layer(cors(&app))
        .layer(from_fn_with_state(app.clone(), explorer::own_host))
        .layer(from_fn_with_state(state, middleware::trace))
        .with_state(app)
}

async fn nothing(Extension(id): Extension<RequestId>, uri: Uri) -> Response {
    let (status, code) = (StatusCode::NOT_FOUND, Code::BadRequest);
    RejectedRequest { status, code, message: "there is no such path", id: &id.0, path: uri.path() }
        .answer(error_format)
}

async fn wrong_method(Extension(id): Extension<RequestId>, uri: Uri) -> Response {
    let (status, code) = (StatusCode::METHOD_NOT_ALLOWED, Code::BadRequest);
    RejectedRequest {
        status,
        code,
        message: "this path does not support this method",
        id: &id.0,
        path: uri.path(),
    }
    .answer(error_format)
}

/// Headers that web pages may send: those of this API, and those that tracing libraries add automatically.
const CORS_HEADERS: [&str; 11] = [
    "authorization",
    "content-type",
    "idempotency-key",
    "x-request-id",
    "x-verigraph-position",
    "x-api-key",
    "x-auth-token",
    "traceparent",
    "tracestate",
    "baggage",
    "sentry-trace",
];
/// How long a browser may cache a CORS preflight result.
const CORS_MAX_AGE: Duration = Duration::from_hours(2);

fn cors(app: &App) -> CorsLayer {
    let origins = &app.cors_origins;
    // Clients authenticate with headers that a page must set explicitly, never with cookies. Credentials stay
    // disabled, so `*` grants nothing more.
    let origins = if origins.iter().any(|origin| origin == ANY_ORIGIN) {
        AllowOrigin::any()
    } else {
        AllowOrigin::list(origins.iter().filter_map(|origin| origin.parse::<HeaderValue>().ok()))
    };
    let headers = CORS_HEADERS.into_iter().chain(app.cors_headers.iter().map(String::as_str));
    let headers: Vec<HeaderName> = headers.filter_map(|name| name.parse().ok()).collect();
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::POST, Method::PUT])
        .allow_headers(headers)
        .expose_headers([HeaderName::from_static("x-request-id"), POSITION, header::RETRY_AFTER])
        .max_age(CORS_MAX_AGE)
}
