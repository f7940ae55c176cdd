use std::{
    error::Error as StdError,
    fmt, io,
    time::{Duration, Instant},
};

use reqwest::{
    Certificate, Client, RequestBuilder, Url,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{CONTENT_TYPE, HeaderName},
    redirect::Policy,
};

use crate::EgressPolicy;

/// Timeout for connecting.
const CONNECT: Duration = Duration::from_secs(5);
/// Bytes of a response that are read, and discarded, so that the connection can be reused.
const RESPONSE: usize = 1024;

/// Sends requests to addresses that a policy allows. Cheap to clone; clones share their connections.
#[derive(Clone, Debug)]
pub struct Sender {
    policy: EgressPolicy,
    client: Client,
}

/// The outcome of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The status of the response, or why there is none.
    pub outcome: Result<u16, Failure>,
    /// Duration of the request.
    pub milliseconds: i32,
}

/// A response with its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    pub status: u16,
    pub body: Vec<u8>,
}

/// How long a request may take, and how many bytes its response may have.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    pub timeout: Duration,
    pub bytes: usize,
}

/// Why no requests can be sent at all: the machine has no usable root certificates.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct StartError(#[from] reqwest::Error);

/// Why there was no response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The policy does not allow the address.
    AddressNotAllowed,
    /// No server listens at the address, or the name does not exist.
    NotConnected,
    /// The receiver has no valid certificate for the name. Nothing was sent.
    CertificateRefused,
    Timeout,
    /// The response is not HTTP.
    NoAnswer,
    /// The response has more bytes than are read.
    TooLong,
}

impl Failure {
    /// The failure's name, for logs and APIs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AddressNotAllowed => "address_not_allowed",
            Self::NotConnected => "not_connected",
            Self::CertificateRefused => "certificate_refused",
            Self::Timeout => "timeout",
            Self::NoAnswer => "no_answer",
            Self::TooLong => "too_long",
        }
    }
}

impl Sent {
    /// Whether the status is a success: 200 to 299.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.outcome.is_ok_and(|status| (200..300).contains(&status))
    }
}

impl Sender {
    /// Creates a sender with this `user_agent`. It trusts these root certificates in addition to the
    /// machine's.
    ///
    /// # Errors
    ///
    /// If the machine has no usable root certificates.
    pub fn new(
        policy: EgressPolicy,
        user_agent: &str,
        authorities: Vec<Certificate>,
    ) -> Result<Self, StartError> {
        // An error means that the process already has a TLS provider.
        let _ = rustls::crypto::ring::default_provider().install_default();
        #[expect(
            clippy::disallowed_methods,
            reason = "this is the one place that sends, and it checks where to"
        )]
        let client = Client::builder();
        let client = client
            .user_agent(user_agent)
            .connect_timeout(CONNECT)
            .https_only(policy == EgressPolicy::Internet)
            // The first address is checked; the target of a redirect would not be.
            .redirect(Policy::none())
            .referer(false)
            // A proxy would resolve the name itself, possibly to another address.
            .no_proxy()
            .dns_resolver(Checked(policy))
            .tls_certs_merge(authorities)
            .build()?;
        Ok(Self { policy, client })
    }

    /// Posts a JSON body with these headers and waits for the status, at most for `timeout`. Header names
    /// must be in lower case.
    pub async fn post_json(
        &self,
        url: &str,
        headers: &[(&'static str, &str)],
        body: String,
        timeout: Duration,
    ) -> Sent {
        let started = Instant::now();
        let outcome = match self.policy.parse(url) {
            Ok(url) => self.status(url, headers, body, timeout).await,
            Err(_) => Err(Failure::AddressNotAllowed),
        };
        Sent { outcome, milliseconds: i32::try_from(started.elapsed().as_millis()).unwrap_or(i32::MAX) }
    }

    /// Sends a GET request with these headers, and reads the response. Header names must be in lower case.
    ///
    /// # Errors
    ///
    /// Why there is no response.
    pub async fn get(
        &self,
        url: &str,
        headers: &[(&'static str, &str)],
        bounds: Bounds,
    ) -> Result<Fetched, Failure> {
        let url = self.policy.parse(url).map_err(|_| Failure::AddressNotAllowed)?;
        fetch(self.client.get(url), headers, bounds).await
    }

    /// Posts an encoded form with these headers, and reads the response. Header names must be in lower case.
    ///
    /// # Errors
    ///
    /// Why there is no response.
    pub async fn post_form(
        &self,
        url: &str,
        headers: &[(&'static str, &str)],
        form: String,
        bounds: Bounds,
    ) -> Result<Fetched, Failure> {
        let url = self.policy.parse(url).map_err(|_| Failure::AddressNotAllowed)?;
        let request = self.client.post(url).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        fetch(request.body(form), headers, bounds).await
    }

    async fn status(
        &self,
        url: Url,
        headers: &[(&'static str, &str)],
        body: String,
        timeout: Duration,
    ) -> Result<u16, Failure> {
        let mut request = self.client.post(url).timeout(timeout).header(CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(HeaderName::from_static(name), *value);
        }
        let mut response = request.body(body).send().await.map_err(|error| reason(&error))?;
        let status = response.status().as_u16();
        let mut read = 0;
        while read < RESPONSE {
            match response.chunk().await {
                Ok(Some(chunk)) => read += chunk.len(),
                // The status is known already.
                Ok(None) | Err(_) => break,
            }
        }
        Ok(status)
    }
}

/// Sends a request and reads the whole response.
async fn fetch(
    mut request: RequestBuilder,
    headers: &[(&'static str, &str)],
    bounds: Bounds,
) -> Result<Fetched, Failure> {
    for (name, value) in headers {
        request = request.header(HeaderName::from_static(name), *value);
    }
    let sent = request.timeout(bounds.timeout).send().await;
    let mut response = sent.map_err(|error| reason(&error))?;
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| reason(&error))? {
        body.extend_from_slice(&chunk);
        if body.len() > bounds.bytes {
            return Err(Failure::TooLong);
        }
    }
    Ok(Fetched { status: response.status().as_u16(), body })
}

/// Resolves names, and rejects those with an address that is not allowed.
struct Checked(EgressPolicy);

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let policy = self.0;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?.collect::<Vec<_>>();
            // One forbidden address among allowed ones indicates an attack, so the whole name is rejected.
            if found.iter().any(|address| !policy.permits(address.ip())) {
                return Err(NotAllowed.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

#[derive(Debug)]
struct NotAllowed;

impl fmt::Display for NotAllowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name resolves to an address that is not on the public internet")
    }
}

impl StdError for NotAllowed {}

fn reason(error: &reqwest::Error) -> Failure {
    let mut source: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(error) = source {
        if error.is::<NotAllowed>() {
            return Failure::AddressNotAllowed;
        }
        source = error.source();
    }
    if is_about_certificate(error) {
        Failure::CertificateRefused
    } else if error.is_timeout() {
        Failure::Timeout
    } else if error.is_connect() {
        Failure::NotConnected
    } else {
        Failure::NoAnswer
    }
}

/// Whether a connection failed because of the receiver's certificate.
fn is_about_certificate(error: &(dyn StdError + 'static)) -> bool {
    if let Some(rustls::Error::InvalidCertificate(_)) = error.downcast_ref() {
        return true;
    }
    // An I/O error's `source` skips the error that it contains, so look at that one explicitly.
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(held) => is_about_certificate(held),
        None => error.source().is_some_and(is_about_certificate),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_2xx_statuses_are_success() {
        let is_success = |status| Sent { outcome: Ok(status), milliseconds: 0 }.is_success();
        assert!([200, 202, 204, 299].into_iter().all(is_success));
        assert!(![100, 199, 300, 302, 304, 400, 410, 500].into_iter().any(is_success));
        assert!(!Sent { outcome: Err(Failure::Timeout), milliseconds: 0 }.is_success());
    }
}
