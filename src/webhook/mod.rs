//! Webhooks: who wants to be told what happens, and the telling.
//!
//! | file | what |
//! |---|---|
//! | `address`, `endpoint` | where deliveries may go |
//! | `secret` | what they are signed with |
//! | `body` | what they say |
//! | `rules` | when they are tried again, when an endpoint is left alone |
//! | `queue`, `sender`, `worker` | what is due, sending it, doing so all the time |

pub mod address;
pub mod body;
mod endpoint;
pub mod queue;
pub mod rules;
pub mod secret;
mod sender;
mod worker;

pub use endpoint::Reach;
pub use secret::Secret;
pub use sender::{Failure, Message, PATIENCE, Sender, Sent};
pub use worker::{Worker, secrets};
