use std::net::IpAddr;

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header, uri::Authority},
    response::{Html, IntoResponse, Response},
};
use rust_embed::RustEmbed;
use serde_json::{Value, json};

use super::{App, media};
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

/// How the build compresses files, the best first: the name of the encoding, and what is added to a file's name.
const ENCODINGS: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

const NOT_BUILT: &str = "<!doctype html><meta charset=utf-8><title>verigraph</title>\
    <h1>The explorer is not built into this server</h1>\
    <p>It was compiled without Node. Install Node 20 or later, then run:</p><pre>make web &amp;&amp; cargo build</pre>\
    <p>The API itself works: <code>POST /graphql</code>.</p>";

/// `GET /explorer/`: the page.
pub async fn page(headers: HeaderMap) -> Response {
    let page = || (StatusCode::NOT_FOUND, Html(NOT_BUILT)).into_response();
    with_policy(built("index.html", &headers).unwrap_or_else(page))
}

/// `GET /explorer/config.json`: what the page starts with. A token is in it only in a demo, and only for a page that was
/// loaded from this machine or from `public_url`: another site whose name was pointed at this address gets none.
pub async fn config(State(app): State<App>, headers: HeaderMap) -> Response {
    let mut config = json!(app.explorer.clone().unwrap_or_default());
    if !is_own_host(&app, &headers) {
        config["token"] = Value::Null;
    }
    config["endpoint"] = "/graphql".into();
    with_policy(([(header::CACHE_CONTROL, "no-store")], Json(config)).into_response())
}

/// `GET /explorer/...`: the files of the page.
pub async fn file(Path(path): Path<String>, headers: HeaderMap) -> Response {
    with_policy(built(&path, &headers).unwrap_or_else(|| StatusCode::NOT_FOUND.into_response()))
}

/// A built file in the best encoding that the client takes. The build has compressed it: nothing is compressed here.
fn built(path: &str, headers: &HeaderMap) -> Option<Response> {
    let plain = Files::get(path)?;
    let encoded =
        ENCODINGS.into_iter().filter(|(name, _)| media::takes(headers, header::ACCEPT_ENCODING, name));
    let encoded = encoded.into_iter().find_map(|(name, extension)| {
        Files::get(&format!("{path}.{extension}")).map(|file| (Some(name), file))
    });
    let content_type = plain.metadata.mimetype().to_owned();
    let (encoding, file) = encoded.unwrap_or((None, plain));
    // Each encoding is a file of its own, so its hash names it.
    let tag = format!("\"{}\"", hex(&file.metadata.sha256_hash()));
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|tags| tags.to_str().ok());
    let mut known = known.flat_map(|tags| tags.split(',')).map(|known| known.trim().trim_start_matches("W/"));
    // The names of assets carry a hash of their content.
    let cache = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let is_known = known.any(|known| known == tag || known == "*");
    let head = [
        (header::CACHE_CONTROL, cache.to_owned()),
        (header::ETAG, tag),
        (header::VARY, "accept-encoding".to_owned()),
    ];
    if is_known {
        return Some((StatusCode::NOT_MODIFIED, head).into_response());
    }
    let mut response = ([(header::CONTENT_TYPE, content_type)], head, file.data).into_response();
    if let Some(encoding) = encoding {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Some(response)
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
