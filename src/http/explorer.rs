use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use rust_embed::RustEmbed;
use serde_json::json;

use super::App;

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

/// `GET /explorer/config.json`: what the page starts with. Has no secret of anybody: a token is in it only in a demo.
pub async fn config(State(app): State<App>) -> Response {
    let mut config = json!(app.explorer);
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
