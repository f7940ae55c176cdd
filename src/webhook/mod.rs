//! Webhooks: who wants to be told what happens, and the telling.
//!
//! | file | what |
//! |---|---|
//! | `secret` | what they are signed with |
//! | `body` | what they say |
//! | `rules` | when they are tried again, when an endpoint is left alone |
//! | `queue`, `sender`, `worker` | what is due, sending it, doing so all the time |
//! | `left` | what this process may not send |
//! | `pace` | how exactly, and how long endpoints are waited for |
//! | `input`, `mutation`, `delivery` | managing endpoints; replay and probe |

pub mod body;
pub mod filter;
pub mod graphql;
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

pub use retry_timing::{EndpointTimeouts, RetryTiming};
pub use secret::{Secret, secrets};
pub use sender::{Message, Sender, TIMEOUT};
pub use worker::Worker;
