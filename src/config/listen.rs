use std::{
    fmt::{self, Display, Formatter},
    net::{IpAddr, Ipv6Addr, SocketAddr},
};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The host and the port to listen on. A host name is resolved when the server starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Listen {
    host: String,
    port: u16,
}

/// The address for a port without a host: only this machine, so that no network is exposed unintentionally.
const THIS_MACHINE: &str = "127.0.0.1";

impl Listen {
    /// An address, without IPv6 brackets, or a host name.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port. 0 selects a free one.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }
}

impl Default for Listen {
    fn default() -> Self {
        Self { host: THIS_MACHINE.to_owned(), port: 8080 }
    }
}

impl From<SocketAddr> for Listen {
    fn from(address: SocketAddr) -> Self {
        Self { host: address.ip().to_string(), port: address.port() }
    }
}

impl TryFrom<String> for Listen {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        const ADVICE: &str = "write ADDRESS:PORT, such as 127.0.0.1:8080, localhost:8080 or 0.0.0.0:8080, or a port such as 8080";
        let text = text.trim();
        if let Ok(address) = text.parse::<SocketAddr>() {
            return Ok(address.into());
        }
        let (host, port) = text.rsplit_once(':').unwrap_or(("", text));
        let host = if host.is_empty() { THIS_MACHINE } else { host };
        // The integer parser accepts `+80`, which is not a valid port.
        if port.is_empty() || !port.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ADVICE);
        }
        let port = port.parse().map_err(|_| "the port must be a number from 0 to 65535")?;
        let is_name = |label: &str| {
            !label.is_empty()
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        };
        let is_host = host.trim_end_matches('.').split('.').all(is_name);
        // Reject four numbers that are not a valid address: they would be looked up in DNS.
        let is_number = host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let is_address = host.parse::<IpAddr>().is_ok();
        if !is_host || (is_number && !is_address) {
            return Err(ADVICE);
        }
        Ok(Self { host: host.to_owned(), port })
    }
}

impl From<Listen> for String {
    fn from(listen: Listen) -> Self {
        listen.to_string()
    }
}

impl Display for Listen {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { host, port } = self;
        if host.parse::<Ipv6Addr>().is_ok() {
            write!(f, "[{host}]:{port}")
        } else {
            write!(f, "{host}:{port}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_an_address_a_name_or_a_port() {
        for (given, understood) in [
            ("127.0.0.1:8080", "127.0.0.1:8080"),
            ("0.0.0.0:80", "0.0.0.0:80"),
            ("[::1]:8080", "[::1]:8080"),
            ("[::]:0", "[::]:0"),
            ("localhost:8080", "localhost:8080"),
            ("id-1.internal.example:8080", "id-1.internal.example:8080"),
            (":8080", "127.0.0.1:8080"),
            ("8080", "127.0.0.1:8080"),
            (" 8080 ", "127.0.0.1:8080"),
        ] {
            let listen = Listen::try_from(given.to_owned()).unwrap();
            assert_eq!(listen.to_string(), understood, "{given}");
            assert_eq!(Listen::try_from(listen.to_string()).unwrap(), listen, "{given}");
        }
    }

    #[test]
    fn rejects_other_values_with_examples() {
        for given in [
            "",
            ":",
            "localhost",
            "localhost:",
            "localhost:http",
            "127.0.0.1",
            "::1",
            "::1:8080",
            "1.2.3:80",
            "http://localhost:8080",
            "localhost:8080/",
            "a b:80",
            "*:80",
            "me@host:80",
            "-1",
            "+80",
            "host:-1",
        ] {
            let refused = Listen::try_from(given.to_owned()).unwrap_err();
            assert!(refused.contains("127.0.0.1:8080") && refused.contains("localhost:8080"), "{given}");
        }
        assert!(Listen::try_from("localhost:70000".to_owned()).unwrap_err().contains("65535"));
    }
}
