use std::net::IpAddr;

use reqwest::Url;

use crate::is_public;

/// Maximum length of a URL in bytes.
const LENGTH: usize = 2048;

/// Where requests may be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EgressPolicy {
    /// The public internet, over TLS.
    Internet,
    /// Any address, also without TLS: for tests and for receivers in the own network.
    Everywhere,
}

/// Why a URL is rejected, with a message for the person who entered it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text())]
pub enum UrlError {
    /// It is not an absolute URL.
    Malformed,
    /// It has more than 2048 bytes.
    TooLong,
    /// It has a user, a password or a fragment.
    Superfluous,
    /// Its scheme is not allowed.
    NotHttps,
    /// Its host is an IP address that is not on the public internet.
    NotPublic,
}

impl UrlError {
    /// The message about the URL.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Malformed => "write a complete URL such as https://example.org/webhooks",
            Self::TooLong => "the address is longer than 2048 bytes",
            Self::Superfluous => "the address must not contain a user, password or fragment",
            Self::NotHttps => "the address must begin with https://",
            Self::NotPublic => "the address is not on the public internet",
        }
    }
}

impl EgressPolicy {
    /// Parses a URL. The addresses to which its host resolves are checked when a request is sent.
    ///
    /// # Errors
    ///
    /// If requests to this URL are not allowed.
    pub fn parse(self, text: &str) -> Result<Url, UrlError> {
        let url: Url = text.parse().map_err(|_| UrlError::Malformed)?;
        if text.len() > LENGTH {
            return Err(UrlError::TooLong);
        }
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err(UrlError::Superfluous);
        }
        let is_allowed = match self {
            Self::Internet => url.scheme() == "https",
            Self::Everywhere => matches!(url.scheme(), "https" | "http"),
        };
        if !is_allowed {
            return Err(UrlError::NotHttps);
        }
        // The parser has normalized all notations of IP addresses.
        let host = url.host_str().unwrap_or_default();
        let literal = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        if literal.is_ok_and(|address| !self.permits(address)) {
            return Err(UrlError::NotPublic);
        }
        Ok(url)
    }

    /// Whether requests may be sent to an IP address.
    #[must_use]
    pub fn permits(self, address: IpAddr) -> bool {
        self == Self::Everywhere || is_public(address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_internet_policy_needs_https_and_a_public_address_or_a_name() {
        for url in ["https://example.org/hook?a=b", "https://1.1.1.1/", "https://[2606:4700::1111]:8443/x"] {
            assert!(EgressPolicy::Internet.parse(url).is_ok(), "{url}");
        }
        for url in [
            "",
            "/hook",
            "example.org/hook",
            "http://example.org/hook",
            "ftp://example.org/",
            "file:///etc/passwd",
            "https://me@example.org/",
            "https://me:secret@example.org/",
            "https://example.org/#part",
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://0177.0.0.1/",
            "https://169.254.169.254/latest/meta-data",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://",
        ] {
            assert!(EgressPolicy::Internet.parse(url).is_err(), "{url}");
        }
        assert!(
            EgressPolicy::Internet.parse(&format!("https://example.org/{}", "a".repeat(LENGTH))).is_err()
        );
    }

    #[test]
    fn the_everywhere_policy_allows_http_and_loopback() {
        assert!(EgressPolicy::Everywhere.parse("http://127.0.0.1:3000/webhook").is_ok());
        assert!(EgressPolicy::Everywhere.parse("http://me@127.0.0.1/").is_err());
        assert!(EgressPolicy::Everywhere.parse("ftp://127.0.0.1/").is_err());
    }
}
