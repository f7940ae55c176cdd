use std::net::SocketAddr;

use axum::http::Uri;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The base URL at which clients reach the server, without a trailing slash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct PublicUrl(String);

impl PublicUrl {
    /// The absolute URL of a path on this server.
    #[must_use]
    pub fn of(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// The name or address of its host.
    #[must_use]
    pub fn host(&self) -> Option<String> {
        self.0.parse::<Uri>().ok()?.host().map(str::to_owned)
    }
}

impl TryFrom<String> for PublicUrl {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        const ADVICE: &str = "write an address such as https://id.example.org";
        let text = text.trim_end_matches('/');
        let url: Uri = text.parse().map_err(|_| ADVICE)?;
        let is_ours = matches!(url.scheme_str(), Some("http" | "https"))
            && url.authority().is_some_and(|authority| !authority.as_str().contains('@'))
            && url.query().is_none();
        // The parser silently drops a fragment.
        if is_ours && !text.contains('#') { Ok(Self(text.to_owned())) } else { Err(ADVICE) }
    }
}

impl From<SocketAddr> for PublicUrl {
    /// The URL of a server that is reached at the address it listens on.
    fn from(address: SocketAddr) -> Self {
        Self(format!("http://{address}"))
    }
}

impl From<PublicUrl> for String {
    fn from(url: PublicUrl) -> Self {
        url.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_may_have_a_trailing_slash_and_a_path() {
        for (given, whole) in [
            ("https://id.example.org", "https://id.example.org/x"),
            ("https://id.example.org/", "https://id.example.org/x"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080/x"),
            ("https://example.org/id", "https://example.org/id/x"),
        ] {
            assert_eq!(PublicUrl::try_from(given.to_owned()).unwrap().of("/x"), whole);
        }
    }

    #[test]
    fn an_invalid_url_is_rejected() {
        for other in [
            "",
            "/",
            "id.example.org",
            "ftp://id.example.org",
            "https://",
            "https://me:secret@id.example.org",
            "https://id.example.org?a=b",
            "https://id.example.org#a",
            "https://id example.org",
        ] {
            assert!(PublicUrl::try_from(other.to_owned()).is_err(), "{other}");
        }
    }
}
