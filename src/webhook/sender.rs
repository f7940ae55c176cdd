//! The one place that sends requests to addresses that clients have chosen.

use std::{
    error::Error as StdError,
    fmt, io,
    time::{Duration, Instant},
};

use entity::Timestamp;
use reqwest::{
    Certificate, Client, Url,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{CONTENT_TYPE, HeaderName},
    redirect::Policy,
};
use uuid::Uuid;

use super::{endpoint::Reach, probes::Probes, secret::Secret};
use crate::crypto::provider;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How long a delivery may take in all.
pub const PATIENCE: Duration = Duration::from_secs(15);
/// Bytes of an answer that are read, so that a connection can be used again. They are not kept: they may say anything.
const ANSWER: usize = 1024;
/// The names of the headers: those of Standard Webhooks, and those by which its first users know it.
const HEADERS: [[&str; 3]; 2] = [
    ["webhook-id", "webhook-timestamp", "webhook-signature"],
    ["svix-id", "svix-timestamp", "svix-signature"],
];

/// Sends what is signed to where it may go.
#[derive(Clone, Debug)]
pub struct Sender {
    reach: Reach,
    /// `None` if the machine has no certificates to know others by.
    client: Option<Client>,
    /// How often it was asked for probes.
    pub probes: Probes,
}

/// What is to be sent where.
#[derive(Clone, Debug)]
pub struct Message<'a> {
    pub endpoint: &'a str,
    /// The event's: the same each time that it is sent.
    pub id: Uuid,
    pub at: Timestamp,
    pub body: String,
    /// It is signed with each of these.
    pub secrets: &'a [Secret],
}

/// How sending went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    pub outcome: Result<u16, Failure>,
    pub milliseconds: i32,
}

/// Why there was no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The address is not one that deliveries may go to.
    AddressNotAllowed,
    /// Nobody listens there, or the name is nobody's.
    NotConnected,
    /// Whoever listens there cannot show that the name is theirs: nothing was sent.
    CertificateRefused,
    Timeout,
    /// What came back is no answer of HTTP.
    NoAnswer,
}

impl Failure {
    /// Its name in the log of deliveries.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AddressNotAllowed => "address_not_allowed",
            Self::NotConnected => "not_connected",
            Self::CertificateRefused => "certificate_refused",
            Self::Timeout => "timeout",
            Self::NoAnswer => "no_answer",
        }
    }
}

impl Sent {
    /// Whether it arrived.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.outcome.is_ok_and(super::rules::is_success)
    }
}

impl Sender {
    /// Sends within a reach.
    #[must_use]
    pub fn new(reach: Reach) -> Self {
        Self::trusting(reach, Vec::new())
    }

    /// Likewise, and takes the word of these authorities besides those that the machine trusts.
    #[must_use]
    pub fn trusting(reach: Reach, authorities: Vec<Certificate>) -> Self {
        let client = client(reach, authorities).inspect_err(|error| {
            tracing::error!(error = error as &dyn StdError, "webhooks cannot be sent");
        });
        Self { reach, client: client.ok(), probes: Probes::default() }
    }

    /// Where it sends to.
    #[must_use]
    pub const fn reach(&self) -> Reach {
        self.reach
    }

    /// Sends a message and waits for the answer, but no longer than this.
    pub async fn send(&self, message: Message<'_>, patience: Duration) -> Sent {
        let began = Instant::now();
        let outcome = match self.reach.endpoint(message.endpoint) {
            Ok(url) => self.answer(url, message, patience).await,
            // It was allowed when it was given; the setting is another now.
            Err(_) => Err(Failure::AddressNotAllowed),
        };
        Sent { outcome, milliseconds: i32::try_from(began.elapsed().as_millis()).unwrap_or(i32::MAX) }
    }

    async fn answer(&self, url: Url, message: Message<'_>, patience: Duration) -> Result<u16, Failure> {
        let client = self.client.as_ref().ok_or(Failure::NotConnected)?;
        let Message { id, at, body, secrets, .. } = message;
        let id = id.to_string();
        let signatures: Vec<_> = secrets.iter().map(|secret| secret.sign(&id, at, &body)).collect();
        let values = [id, at.seconds().to_string(), signatures.join(" ")];
        let mut request = client.post(url).timeout(patience).header(CONTENT_TYPE, "application/json");
        for (name, value) in HEADERS.iter().flat_map(|names| names.iter().zip(&values)) {
            request = request.header(HeaderName::from_static(name), value);
        }
        let mut answer = request.body(body).send().await.map_err(|error| reason(&error))?;
        let status = answer.status().as_u16();
        let mut read = 0;
        while read < ANSWER {
            match answer.chunk().await {
                Ok(Some(chunk)) => read += chunk.len(),
                // The status has said it.
                Ok(None) | Err(_) => break,
            }
        }
        Ok(status)
    }
}

fn client(reach: Reach, authorities: Vec<Certificate>) -> reqwest::Result<Client> {
    provider::install();
    #[expect(clippy::disallowed_methods, reason = "this is the one place that sends, and it checks where to")]
    let client = Client::builder();
    client
        .user_agent(concat!("verigraph/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT)
        .https_only(reach == Reach::Internet)
        // The first address is checked; one that it points to would not be.
        .redirect(Policy::none())
        .referer(false)
        // A proxy would resolve the name itself, and differently.
        .no_proxy()
        .dns_resolver(Checked(reach))
        .tls_certs_merge(authorities)
        .build()
}

/// Resolves names, and refuses those that lead anywhere else than they may.
struct Checked(Reach);

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?.collect::<Vec<_>>();
            // One bad address among good ones is a trick, so the name is refused as a whole.
            if found.iter().any(|address| !reach.permits(address.ip())) {
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
        f.write_str("the name leads to an address that is not one of the public internet")
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

/// Whether a connection came to nothing because of the certificate that was shown.
fn is_about_certificate(error: &(dyn StdError + 'static)) -> bool {
    if let Some(rustls::Error::InvalidCertificate(_)) = error.downcast_ref() {
        return true;
    }
    // What an I/O error holds is not its source, but the source of that is: it would be passed over.
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(held) => is_about_certificate(held),
        None => error.source().is_some_and(is_about_certificate),
    }
}
