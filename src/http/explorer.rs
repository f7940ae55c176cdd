use std::net::IpAddr;

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header, uri::Authority},
    response::{Html, IntoResponse, Response},
};
use rust_embed::RustEmbed;
use serde_json::{Value, json};

use super::App;
use crate::config::PublicUrl;

/// What `make web` has built, if it has.
#[derive(RustEmbed)]
#[folder = "web/dist/"]
#[allow_missing = true]
struct Files;

/// No script, style or connection of another origin, and no frame around the page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
                      worker-src 'self' blob:; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; \
                      base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

const NOT_BUILT: &str = "<!doctype html><meta charset=utf-8><title>verigraph</title>\
    <h1>The explorer is not built into this server</h1>\
    <p>It was compiled without Node. Install Node 20 or later, then run:</p><pre>make web &amp;&amp; cargo build</pre>\
    <p>The API itself works: <code>POST /graphql</code>.</p>";

/// `GET /explorer/`: the page.
pub async fn page() -> Response {
    match Files::get("index.html") {
        Some(file) => with_policy(([(header::CACHE_CONTROL, "no-cache")], Html(file.data)).into_response()),
        None => with_policy((StatusCode::NOT_FOUND, Html(NOT_BUILT)).into_response()),
    }
}

/// `GET /explorer/config.json`: what the page starts with. A token is in it only in a demo, and only for a page that was
/// loaded from this machine or from `public_url`: another site whose name was pointed at this address gets none.
pub async fn config(State(app): State<App>, headers: HeaderMap) -> Response {
    let mut config = json!(app.explorer);
    if !is_own_host(&app, &headers) {
        config["token"] = Value::Null;
    }
    config["endpoint"] = "/graphql".into();
    with_policy(([(header::CACHE_CONTROL, "no-store")], Json(config)).into_response())
}

/// `GET /explorer/...`: the files of the page.
pub async fn file(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some(file) = Files::get(&path) else { return with_policy(StatusCode::NOT_FOUND.into_response()) };
    let tag = format!("\"{}\"", hex(&file.metadata.sha256_hash()));
    // The names of assets carry a hash of their content.
    let cache = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let same = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let head = [(header::CACHE_CONTROL, cache.to_owned()), (header::ETAG, tag)];
    if same {
        return with_policy((StatusCode::NOT_MODIFIED, head).into_response());
    }
    let content_type = [(header::CONTENT_TYPE, file.metadata.mimetype().to_owned())];
    with_policy((content_type, head, file.data).into_response())
}

/// Whether a request names this machine, or the host of `public_url`.
fn is_own_host(app: &App, headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST).and_then(|host| host.to_str().ok()) else { return false };
    let Ok(authority) = host.parse::<Authority>() else { return false };
    let name = authority.host();
    let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    name.eq_ignore_ascii_case("localhost")
        || address.is_ok_and(|address| address.to_canonical().is_loopback())
        || app.public_url.as_ref().and_then(PublicUrl::host).is_some_and(|own| own.eq_ignore_ascii_case(name))
}

fn with_policy(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().take(16).fold(String::new(), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
