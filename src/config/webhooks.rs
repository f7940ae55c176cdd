use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Delivery of events to webhook endpoints.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Webhooks {
    /// Whether this process delivers webhooks. Several processes may; others can be left to answer requests
    /// only.
    pub worker: bool,
    /// Whether endpoints may be in private networks and without TLS. A caller who may add endpoints can then
    /// make the server send requests into its own network.
    pub allow_private: bool,
    /// Concurrent deliveries to one endpoint.
    #[schemars(range(min = 1, max = 64))]
    pub concurrency: u64,
    /// Milliseconds between two checks for due deliveries.
    #[schemars(range(min = 1))]
    pub poll_milliseconds: u64,
    /// Days after which completed deliveries are deleted, and events without deliveries.
    pub keep_days: u64,
}

impl Default for Webhooks {
    fn default() -> Self {
        Self { worker: true, allow_private: false, concurrency: 8, poll_milliseconds: 500, keep_days: 30 }
    }
}
