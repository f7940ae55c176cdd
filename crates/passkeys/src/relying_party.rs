use serde_json::Value;
use url::{Host, Url};
use uuid::Uuid;
use webauthn_rs::{Webauthn, WebauthnBuilder};

use crate::RelyingPartyError;

/// An installation as devices know it: by the host of its public URL.
#[derive(Debug)]
pub struct RelyingParty {
    pub(crate) webauthn: Webauthn,
    id: String,
}

/// The account that a new passkey is for.
#[derive(Clone, Copy, Debug)]
pub struct Account<'a> {
    /// Stored in the passkey and returned at sign-in. It says nothing about the person.
    pub user_handle: Uuid,
    /// What tells a person's accounts apart, such as an e-mail address. The device shows it.
    pub name: &'a str,
    /// The person's name. The device shows it.
    pub display_name: &'a str,
}

/// A ceremony that was started.
#[derive(Debug)]
pub struct Started {
    /// For the browser: an object with the field `publicKey`.
    pub options: Value,
    /// For the end of the ceremony: to seal and to keep on the server, never to send to the browser.
    pub state: Vec<u8>,
}

impl RelyingParty {
    /// The relying party of a public URL, such as `https://verify.example.org`. `name` is the name of the
    /// installation; the device may show it.
    pub fn new(public_url: &str, name: &str) -> Result<Self, RelyingPartyError> {
        let url: Url = public_url.parse().map_err(|_| RelyingPartyError::Malformed)?;
        let id = match url.host() {
            Some(Host::Domain(domain)) => domain.to_owned(),
            Some(address) => return Err(RelyingPartyError::IpAddress { address: address.to_string() }),
            None => return Err(RelyingPartyError::Malformed),
        };
        // Browsers take these as secure without TLS, and no other names.
        let is_local = id == "localhost" || id.ends_with(".localhost");
        match url.scheme() {
            "https" => {}
            "http" if is_local => {}
            "http" => return Err(RelyingPartyError::NotSecure),
            _ => return Err(RelyingPartyError::Malformed),
        }
        let webauthn = WebauthnBuilder::new(&id, &url)
            .and_then(|builder| builder.rp_name(name).build())
            .map_err(|_| RelyingPartyError::Malformed)?;
        Ok(Self { webauthn, id })
    }

    /// The relying party's id. Passkeys of one id are of no use under another: a new host name needs new
    /// passkeys.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(url: &str) -> Result<String, RelyingPartyError> {
        RelyingParty::new(url, "Acme").map(|party| party.id().to_owned())
    }

    #[test]
    fn the_id_is_the_host_of_the_public_url() {
        for (url, expected) in [
            ("https://verify.example.org", "verify.example.org"),
            ("https://Verify.Example.org:8443/app/", "verify.example.org"),
            ("https://bücher.example", "xn--bcher-kva.example"),
            ("http://localhost:8080", "localhost"),
            ("http://acme.localhost:8080", "acme.localhost"),
            ("https://intranet", "intranet"),
        ] {
            assert_eq!(id(url).as_deref(), Ok(expected), "{url}");
        }
    }

    #[test]
    fn an_ip_address_has_no_passkeys() {
        for (url, address) in [
            ("https://192.0.2.7", "192.0.2.7"),
            ("http://127.0.0.1:8080", "127.0.0.1"),
            ("https://[2001:db8::7]", "[2001:db8::7]"),
            ("https://0x7f.1", "127.0.0.1"),
        ] {
            let error = id(url).unwrap_err();
            assert_eq!(error, RelyingPartyError::IpAddress { address: address.to_owned() });
            assert!(error.to_string().contains("an IP address has no passkeys"), "{error}");
        }
    }

    #[test]
    fn other_hosts_need_https() {
        for url in ["http://verify.example.org", "http://localhost.example.org", "http://notlocalhost"] {
            assert_eq!(id(url), Err(RelyingPartyError::NotSecure), "{url}");
        }
        for url in ["", "verify.example.org", "ftp://verify.example.org", "mailto:ada@example.org"] {
            assert_eq!(id(url), Err(RelyingPartyError::Malformed), "{url}");
        }
    }
}
