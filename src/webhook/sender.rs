//! Sends signed messages to endpoints through the crate `egress`.

use std::{
    error::Error as StdError,
    sync::{Arc, OnceLock},
    time::Duration,
};

use egress::{Certificate, EgressPolicy, Failure, Sent};
use entity::Timestamp;
use uuid::Uuid;

use super::{probes::Probes, secret::Secret};

/// Total time limit of a delivery.
pub const TIMEOUT: Duration = Duration::from_secs(15);
/// Header names: those of Standard Webhooks, and the older ones of its first users.
const HEADERS: [[&str; 3]; 2] = [
    ["webhook-id", "webhook-timestamp", "webhook-signature"],
    ["svix-id", "svix-timestamp", "svix-signature"],
];
const USER_AGENT: &str = concat!("verigraph/", env!("CARGO_PKG_VERSION"));

/// Signs messages and sends them where the egress policy allows.
#[derive(Clone, Debug)]
pub struct Sender {
    policy: EgressPolicy,
    authorities: Arc<[Certificate]>,
    /// Created when the first message is sent: reading the machine's CA certificates takes longer than starting the
    /// rest of a server. `None` if it has none.
    http: Arc<OnceLock<Option<egress::Sender>>>,
    /// Number of probes per project.
    pub probes: Probes,
}

/// A message and its destination.
#[derive(Clone, Debug)]
pub struct Message<'a> {
    pub endpoint: &'a str,
    /// The event's id: the same for each attempt.
    pub id: Uuid,
    pub at: Timestamp,
    pub body: String,
    /// The secrets that the message is signed with, each in turn.
    pub secrets: &'a [Secret],
}

impl Sender {
    /// Creates a sender with an egress policy.
    #[must_use]
    pub fn new(policy: EgressPolicy) -> Self {
        Self::trusting(policy, Vec::new())
    }

    /// As [`Sender::new`], and trusts these CA certificates besides those of the machine.
    #[must_use]
    pub fn trusting(policy: EgressPolicy, authorities: Vec<Certificate>) -> Self {
        Self { policy, authorities: authorities.into(), http: Arc::default(), probes: Probes::default() }
    }

    fn http(&self) -> Option<&egress::Sender> {
        let create = || {
            let sender = egress::Sender::new(self.policy, USER_AGENT, self.authorities.to_vec());
            let sender = sender.inspect_err(|error| {
                tracing::error!(error = error as &dyn StdError, "failed to create the webhook client");
            });
            sender.ok()
        };
        self.http.get_or_init(create).as_ref()
    }

    /// Returns the egress policy.
    #[must_use]
    pub const fn policy(&self) -> EgressPolicy {
        self.policy
    }

    /// Sends a message and waits for the response, at most `timeout`.
    pub async fn send(&self, message: Message<'_>, timeout: Duration) -> Sent {
        let Some(http) = self.http() else {
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
        http.post_json(endpoint, &headers, body, timeout).await
    }
}
