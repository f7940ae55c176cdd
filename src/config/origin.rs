//! Origins of web pages, in the form in which browsers send them.

use axum::http::HeaderName;
use serde::{Deserialize, Deserializer, de::Error};
use url::Url;

/// Allows all origins.
pub const ANY_ORIGIN: &str = "*";

/// Parses a list of origins and normalizes each to the form that browsers send, so that it can match.
pub(super) fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let given = Vec::<String>::deserialize(deserializer)?;
    given.iter().map(|text| origin(text).map_err(D::Error::custom)).collect()
}

/// Parses a list of header names.
pub(super) fn headers<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let given = Vec::<String>::deserialize(deserializer)?;
    let header = |text: &String| match text.trim().parse::<HeaderName>() {
        Ok(name) if name != ANY_ORIGIN => Ok(name.to_string()),
        Ok(_) | Err(_) => {
            Err(D::Error::custom(format!("`{text}` is not a header name: write one such as x-app-version")))
        }
    };
    given.iter().map(header).collect()
}

fn origin(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text == ANY_ORIGIN {
        return Ok(text.to_owned());
    }
    let refused = |why: &str| Err(format!("`{text}` {why}"));
    if text.contains('*') {
        return refused(
            "has a wildcard, which browsers do not send: write each origin, or `*` for all of them",
        );
    }
    let Some((scheme, host)) = text.split_once("://") else {
        return refused("has no scheme: write it as browsers send it, such as https://app.example.com");
    };
    if host.contains(['/', '?', '#']) {
        let end = host.find(['/', '?', '#']).unwrap_or_default();
        let right = text.get(..scheme.len() + 3 + end).unwrap_or_default();
        return refused(&format!("has a path, which browsers do not send: write {right}"));
    }
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let form = "is not an origin: write SCHEME://HOST or SCHEME://HOST:PORT, such as https://app.example.com";
    match Url::parse(text) {
        Ok(url) if is_scheme && url.has_host() && url.username().is_empty() && url.password().is_none() => {
            let origin = url.origin();
            // Custom schemes of applications have no origin by the standard, but web views send one.
            Ok(if origin.is_tuple() { origin.ascii_serialization() } else { text.to_ascii_lowercase() })
        }
        _ if host.contains('@') => Err(form.to_owned()),
        _ => refused(form),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_normalized_to_what_browsers_send() {
        for (given, kept) in [
            ("https://app.example.com", "https://app.example.com"),
            ("HTTPS://App.Example.com", "https://app.example.com"),
            ("https://app.example.com:443", "https://app.example.com"),
            ("http://localhost:5173", "http://localhost:5173"),
            ("http://[::1]:5173", "http://[::1]:5173"),
            ("https://zürich.example", "https://xn--zrich-kva.example"),
            ("capacitor://localhost", "capacitor://localhost"),
            ("*", "*"),
        ] {
            assert_eq!(origin(given).as_deref(), Ok(kept));
        }
    }

    #[test]
    fn an_invalid_origin_is_rejected_with_the_correct_form() {
        for (given, advice) in [
            ("app.example.com", "such as https://app.example.com"),
            ("", "such as https://app.example.com"),
            ("null", "such as https://app.example.com"),
            ("https://app.example.com/", "write https://app.example.com"),
            ("https://app.example.com/login", "write https://app.example.com"),
            ("https://app.example.com?x", "write https://app.example.com"),
            ("https://*.example.com", "write each origin"),
            ("https://", "such as https://app.example.com"),
            ("https://a b", "such as https://app.example.com"),
            ("https://me:hush@app.example.com", "such as https://app.example.com"),
        ] {
            let refused = origin(given).unwrap_err();
            assert!(refused.ends_with(advice) || refused.contains(advice), "{given}: {refused}");
            assert!(!refused.contains("hush"), "{refused}");
        }
    }
}
