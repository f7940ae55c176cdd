//! The files of the built pages, embedded in the binary.

use std::{borrow::Cow, io::Read};

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use flate2::read::GzDecoder;
use rust_embed::RustEmbed;

use super::media;

/// The files built by `make web`, if any.
#[derive(RustEmbed)]
#[folder = "web/dist/"]
#[allow_missing = true]
struct Files;

/// The encodings in which the build compresses files, best first: name and file suffix.
const ENCODINGS: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

/// A built file in one encoding.
struct Encoded {
    /// `None` if it is not compressed.
    encoding: Option<&'static str>,
    data: Cow<'static, [u8]>,
    hash: [u8; 32],
}

/// The content of a built file.
#[must_use]
pub fn content(path: &str) -> Option<Cow<'static, [u8]>> {
    plain(path).map(|file| file.data)
}

/// A file without compression. The build keeps no such file of those that it compresses.
fn plain(path: &str) -> Option<Encoded> {
    if let Some(file) = Files::get(path) {
        return Some(Encoded { encoding: None, data: file.data, hash: file.metadata.sha256_hash() });
    }
    let gzip = Files::get(&format!("{path}.gz"))?;
    let mut data = Vec::new();
    GzDecoder::new(&*gzip.data).read_to_end(&mut data).ok()?;
    // It differs from that of the compressed file, and changes with it.
    let mut hash = gzip.metadata.sha256_hash();
    hash.reverse();
    Some(Encoded { encoding: None, data: data.into(), hash })
}

/// A built file in the best encoding that the client accepts. Files are compressed by the build, not here.
#[must_use]
pub fn response(path: &str, headers: &HeaderMap) -> Option<Response> {
    let accepted =
        ENCODINGS.into_iter().filter(|(name, _)| media::takes(headers, header::ACCEPT_ENCODING, name));
    let encoded = accepted.into_iter().find_map(|(name, extension)| {
        let file = Files::get(&format!("{path}.{extension}"))?;
        Some(Encoded { encoding: Some(name), data: file.data, hash: file.metadata.sha256_hash() })
    });
    let Encoded { encoding, data, hash } = encoded.or_else(|| plain(path))?;
    let content_type = mime_guess::from_path(path).first_or_octet_stream().to_string();
    // Each encoding is a separate file, so its hash is its entity tag.
    let tag = format!("\"{}\"", hex(&hash));
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|tags| tags.to_str().ok());
    let mut known = known.flat_map(|tags| tags.split(',')).map(|known| known.trim().trim_start_matches("W/"));
    // The names of assets contain a hash of their content.
    let cache = if path.contains("/assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let is_known = known.any(|known| known == tag || known == "*");
    let head = [
        (header::CACHE_CONTROL, cache.to_owned()),
        (header::ETAG, tag),
        (header::VARY, "accept-encoding".to_owned()),
    ];
    if is_known {
        return Some((StatusCode::NOT_MODIFIED, head).into_response());
    }
    let mut response = ([(header::CONTENT_TYPE, content_type)], head, data).into_response();
    if let Some(encoding) = encoding {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Some(response)
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().take(16).fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::Files;

    /// Clients that accept no compression would get a second, perhaps older, file.
    #[test]
    fn no_file_is_embedded_both_with_and_without_compression() {
        let both: Vec<_> = Files::iter()
            .filter(|name| name.strip_suffix(".gz").is_some_and(|plain| Files::get(plain).is_some()))
            .collect();
        assert!(both.is_empty(), "{both:?}");
    }
}
