use std::net::IpAddr;

use axum::{
    Json,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header, uri::Authority},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use futures_util::future::BoxFuture;
use rust_embed::RustEmbed;
use serde_json::json;

use super::{App, RequestId, error_format::RejectedRequest, media};
use crate::{Code, config::PublicUrl};

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

/// `GET /explorer/config.json`: what the page starts with. Has no secret of anybody: a token is in it only in a demo.
pub async fn config(State(app): State<App>) -> Response {
    let mut config = json!(app.explorer.clone().unwrap_or_default());
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

/// Refuses requests to a demo under a foreign name. A demo gives its token to any page, so a site whose name was made to point
/// at this address must not become one of its pages.
pub fn own_host(State(app): State<App>, request: Request, next: Next) -> BoxFuture<'static, Response> {
    Box::pin(async move {
        let is_demo = app.explorer.as_ref().is_some_and(|explorer| explorer.token.is_some());
        if !is_demo || is_own_host(&app, request.headers()) {
            return next.run(request).await;
        }
        let id = request.extensions().get::<RequestId>().map_or("", |id| id.0.as_str());
        let message =
            "a demo answers to localhost, to addresses and to the host of `public_url` alone: set public_url";
        let (status, code) = (StatusCode::MISDIRECTED_REQUEST, Code::BadRequest);
        RejectedRequest { status, code, message, id, path: request.uri().path() }.answer(app.error_format)
    })
}

/// Whether a request names this machine, an address, or the host of `public_url`. Without a name it comes from a program.
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

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().take(16).fold(String::new(), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
