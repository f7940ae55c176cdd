use std::net::IpAddr;

use axum::{
    Json,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header, uri::Authority},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use futures_util::future::BoxFuture;
use serde_json::json;

use super::{App, error_format::RejectedRequest, page_file, reply::RequestId};
use crate::{Code, config::PublicUrl};

/// Forbids scripts, styles and connections of other origins, and framing of the page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
                      worker-src 'self' blob:; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; \
                      base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

const NOT_BUILT: &str = "<!doctype html><meta charset=utf-8><title>verigraph</title>\
    <h1>The explorer is not built into this server</h1>\
    <p>It was compiled without Node. Install Node 20 or later, then run:</p><pre>make web &amp;&amp; cargo build</pre>\
    <p>The API itself works: <code>POST /graphql</code>.</p>";

/// `GET /explorer/`: the page.
pub async fn page(headers: HeaderMap) -> Response {
    let page = || (StatusCode::NOT_FOUND, Html(NOT_BUILT)).into_response();
    with_policy(page_file::response("explorer/index.html", &headers).unwrap_or_else(page))
}

/// `GET /explorer/config.json`: the page's initial content. Contains no secret; a token only in a demo.
pub async fn config(State(app): State<App>) -> Response {
    let mut config = json!(app.explorer.clone().unwrap_or_default());
    config["endpoint"] = "/graphql".into();
    with_policy(([(header::CACHE_CONTROL, "no-store")], Json(config)).into_response())
}

/// `GET /explorer/...`: the page's files.
pub async fn file(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let found = page_file::response(&format!("explorer/{path}"), &headers);
    with_policy(found.unwrap_or_else(|| StatusCode::NOT_FOUND.into_response()))
}

/// Rejects requests to a demo under a foreign host name (DNS rebinding). A demo gives its token to any page,
/// so a site whose name resolves to this address must not be served.
pub fn own_host(State(app): State<App>, request: Request, next: Next) -> BoxFuture<'static, Response> {
    Box::pin(async move {
        let is_demo = app.explorer.as_ref().is_some_and(|explorer| explorer.token.is_some());
        if !is_demo || is_own_host(&app, request.headers()) {
            return next.run(request).await;
        }
        let id = request.extensions().get::<RequestId>().map_or("", |id| id.0.as_str());
        let message =
            "a demo answers only to localhost, IP addresses and the host of `public_url`: set public_url";
        let (status, code) = (StatusCode::MISDIRECTED_REQUEST, Code::BadRequest);
        RejectedRequest { status, code, message, id, path: request.uri().path() }.answer(app.error_format)
    })
}

/// Whether the request's host is this machine, an IP address, or the host of `public_url`. Requests without a
/// host come from programs.
fn is_own_host(app: &App, headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = match (hosts.next(), hosts.next()) {
        (None, _) => return true,
        (Some(host), None) => host.to_str().ok().and_then(|host| host.parse::<Authority>().ok()),
        (Some(_), Some(_)) => None,
    };
    let Some(host) = host else { return false };
    let name = host.host();
    let is_address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok();
    let is_public = || {
        app.public_url.as_ref().and_then(PublicUrl::host).is_some_and(|own| own.eq_ignore_ascii_case(name))
    };
    is_address || name.eq_ignore_ascii_case("localhost") || is_public()
}

fn with_policy(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}
