use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How events are delivered to the endpoints that want them.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Webhooks {
    /// Whether this process delivers. Several may; another may be left to answer requests alone.
    pub worker: bool,
    /// Whether endpoints may be in networks of one's own, and without TLS. Whoever may add an endpoint can then have the
    /// server send requests into the network that it stands in.
    pub allow_private: bool,
    /// Deliveries on their way to one endpoint at once.
    #[schemars(range(min = 1, max = 64))]
    pub concurrency: u64,
    /// Milliseconds between two looks for what is due.
    #[schemars(range(min = 1))]
    pub poll_milliseconds: u64,
    /// Days after which deliveries that arrived are forgotten, and events that no delivery refers to.
    pub keep_days: u64,
}

impl Default for Webhooks {
    fn default() -> Self {
        Self { worker: true, allow_private: false, concurrency: 8, poll_milliseconds: 500, keep_days: 30 }
    }
}
