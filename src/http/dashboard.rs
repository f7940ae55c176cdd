//! The dashboard: its page, and the documents that its requests may run.

use std::collections::HashMap;

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};

use super::{App, page_file};
use crate::member::store;

/// Forbids scripts, styles and connections of other origins, inline styles, and framing of the page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
                      require-trusted-types-for 'script'; trusted-types 'none'";

const NOT_BUILT: &str = "<!doctype html><meta charset=utf-8><title>verigraph</title>\
    <h1>The dashboard is not built into this server</h1>\
    <p>It was compiled without Node. Install Node 20 or later, then run:</p><pre>make web &amp;&amp; cargo build</pre>\
    <p>The API itself works: <code>POST /graphql</code>.</p>";

/// The documents that a request by cookie may run, by hash: those of the built page, in hexadecimal digits.
pub type Documents = HashMap<String, String>;

/// Reads the documents of the built page. Empty if the page is not built.
#[must_use]
pub fn documents() -> Documents {
    let Some(text) = page_file::content("dashboard/operations.json") else { return Documents::new() };
    serde_json::from_slice(&text).unwrap_or_default()
}

/// `GET /`: the dashboard once there is a member, else the explorer.
pub async fn home(State(app): State<App>) -> Response {
    let is_used = app.explorer.is_none() || store::has_members(&app.store).await.unwrap_or_default();
    Redirect::to(if is_used { "/dashboard/" } else { "/explorer/" }).into_response()
}

/// `GET /dashboard/`: the page.
pub async fn page(headers: HeaderMap) -> Response {
    let page = || (StatusCode::NOT_FOUND, Html(NOT_BUILT)).into_response();
    with_policy(page_file::response("dashboard/index.html", &headers).unwrap_or_else(page))
}

/// `GET /dashboard/...`: the page's files. Every other path is a route of the page.
pub async fn file(Path(path): Path<String>, headers: HeaderMap) -> Response {
    if let Some(file) = page_file::response(&format!("dashboard/{path}"), &headers) {
        return with_policy(file);
    }
    // Names of files have an extension, routes have none.
    if path.rsplit('/').next().is_some_and(|name| name.contains('.')) {
        return StatusCode::NOT_FOUND.into_response();
    }
    page(headers).await
}

fn with_policy(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    response
}
