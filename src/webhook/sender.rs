//! Sends signed messages to endpoints, by the crate `egress`.

use std::{error::Error as StdError, time::Duration};

use egress::{Certificate, EgressPolicy, Failure, Sent};
use entity::Timestamp;
use uuid::Uuid;

use super::{probes::Probes, secret::Secret};

/// How long a delivery may take in all.
pub const TIMEOUT: Duration = Duration::from_secs(15);
/// The names of the headers: those of Standard Webhooks, and those by which its first users know it.
const HEADERS: [[&str; 3]; 2] = [
    ["webhook-id", "webhook-timestamp", "webhook-signature"],
    ["svix-id", "svix-timestamp", "svix-signature"],
];
const USER_AGENT: &str = concat!("verigraph/", env!("CARGO_PKG_VERSION"));

/// Signs messages and sends them where they may go.
#[derive(Clone, Debug)]
pub struct Sender {
    policy: EgressPolicy,
    /// `None` if the machine has no certificates of authorities.
    http: Option<egress::Sender>,
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

impl Sender {
    /// Sends where this policy allows it.
    #[must_use]
    pub fn new(policy: EgressPolicy) -> Self {
        Self::trusting(policy, Vec::new())
    }

    /// As [`Sender::new`], and trusts these authorities besides those that the machine trusts.
    #[must_use]
    pub fn trusting(policy: EgressPolicy, authorities: Vec<Certificate>) -> Self {
        let http = egress::Sender::new(policy, USER_AGENT, authorities).inspect_err(|error| {
            tracing::error!(error = error as &dyn StdError, "webhooks cannot be sent");
        });
        Self { policy, http: http.ok(), probes: Probes::default() }
    }

    /// Where it sends to.
    #[must_use]
    pub const fn policy(&self) -> EgressPolicy {
        self.policy
    }

    /// Sends a message and waits for the answer, but no longer than this.
    pub async fn send(&self, message: Message<'_>, patience: Duration) -> Sent {
        let Some(http) = &self.http else {
            let is_allowed = self.policy.parse(message.endpoint).is_ok();
            let failure = if is_allowed { Failure::NotConnected } else { Failure::AddressNotAllowed };
            return Sent { outcome: Err(failure), milliseconds: 0 };
        };
        let Message { endpoint, id, at, body, secrets } = message;
        let id = id.to_string();
        let signatures: Vec<_> = secrets.iter().map(|secret| secret.sign(&id, at, &body)).collect();
        let values = [id, at.seconds().to_string(), signatures.join(" ")];
        let headers = HEADERS.iter().flat_map(|names| names.iter().copied().zip(&values));
        let headers: Vec<_> = headers.map(|(name, value)| (name, value.as_str())).collect();
        http.post_json(endpoint, &headers, body, patience).await
    }
}
