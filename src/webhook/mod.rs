//! Webhooks: subscriptions to events, and their delivery.
//!
//! | file | content |
//! |---|---|
//! | `secret` | the signing secrets |
//! | `body` | the delivery bodies |
//! | `rules` | retries, and when an endpoint is paused |
//! | `queue`, `sender`, `worker` | the delivery queue, sending, and the background task |
//! | `forget` | deletes old deliveries and events |
//! | `schedule` | which deliveries are due, by the clocks of projects |
//! | `skipped` | endpoints that this process may not send to |
//! | `retry_timing` | jitter, and the time limits for endpoints |
//! | `probes` | the rate limit of probes |
//! | `store` | the SQL of subscriptions and deliveries |
//! | `graphql` | managing subscriptions; replay and probe |

pub mod body;
pub mod filter;
mod forget;
pub mod graphql;
pub mod policy;
mod probes;
pub mod queue;
mod retry_timing;
pub mod rules;
pub mod schedule;
pub mod secret;
mod sender;
mod skipped;
pub mod store;
mod worker;

pub use egress::{EgressPolicy, Failure, Sent};

pub use queue::SubscriptionKey;
pub use retry_timing::{EndpointTimeouts, RetryTiming};
pub use secret::{Secret, secrets};
pub use sender::{Message, Sender, TIMEOUT};
pub use worker::Worker;
