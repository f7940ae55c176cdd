use std::net::IpAddr;

use reqwest::Url;

use super::address::is_public;

/// The longest address of an endpoint, in bytes.
const LENGTH: usize = 2048;

/// Which endpoints deliveries may go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Those of the internet, over TLS.
    Internet,
    /// Any, without TLS too: for tests and for receivers in a network of one's own.
    Everywhere,
}

impl Reach {
    /// Reads the address of an endpoint. What its name resolves to is checked when something is sent there.
    ///
    /// # Errors
    ///
    /// What is wrong with it, for a person to read.
    pub fn endpoint(self, text: &str) -> Result<Url, &'static str> {
        let url: Url =
            text.parse().map_err(|_| "write a whole address such as https://example.org/webhooks")?;
        if text.len() > LENGTH {
            return Err("the address is longer than 2048 bytes");
        }
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err("the address may have no user, no password and no fragment");
        }
        let is_schemed = match self {
            Self::Internet => url.scheme() == "https",
            Self::Everywhere => matches!(url.scheme(), "https" | "http"),
        };
        if !is_schemed {
            return Err("the address has to begin with https://");
        }
        // The parser has made one form of all the ways to write a number.
        let host = url.host_str().unwrap_or_default();
        let literal = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        if literal.is_ok_and(|address| !self.permits(address)) {
            return Err("the address is not one of the public internet");
        }
        Ok(url)
    }

    /// Whether something may be sent to an address.
    #[must_use]
    pub fn permits(self, address: IpAddr) -> bool {
        self == Self::Everywhere || is_public(address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_of_the_internet_is_https_at_a_public_address_or_a_name() {
        for url in ["https://example.org/hook?a=b", "https://1.1.1.1/", "https://[2606:4700::1111]:8443/x"] {
            assert!(Reach::Internet.endpoint(url).is_ok(), "{url}");
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
            assert!(Reach::Internet.endpoint(url).is_err(), "{url}");
        }
        assert!(Reach::Internet.endpoint(&format!("https://example.org/{}", "a".repeat(LENGTH))).is_err());
    }

    #[test]
    fn everywhere_is_http_and_loopback_too() {
        assert!(Reach::Everywhere.endpoint("http://127.0.0.1:3000/webhook").is_ok());
        assert!(Reach::Everywhere.endpoint("http://me@127.0.0.1/").is_err());
        assert!(Reach::Everywhere.endpoint("ftp://127.0.0.1/").is_err());
    }
}
