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
mod delivery;
pub mod due;
mod filter;
mod input;
mod left;
mod list;
mod loader;
mod mutation;
mod object;
mod pace;
mod probes;
mod query;
pub mod queue;
pub mod rules;
pub mod secret;
mod sender;
pub mod store;
mod worker;

pub use egress::{EgressPolicy, Failure, Sent};

pub use delivery::WebhookDeliveryMutation;
pub use filter::WebhookEventLogFilters;
pub use loader::{WebhookEventLogById, WebhookSubscriptionById};
pub use mutation::WebhookSubscriptionMutation;
pub use object::{
    WebhookBodyKind, WebhookEventLog, WebhookEventLogStatus, WebhookSubscription, WebhookSubscriptionStatus,
};
pub use pace::{Bounds, Pace};
pub use query::WebhookQuery;
pub use secret::{Secret, secrets};
pub use sender::{Message, PATIENCE, Sender};
pub use worker::Worker;
