//! Events: what happened to which object, written in the transaction of the change itself. They drive webhooks.

mod kind;
pub mod store;

pub use kind::Kind;
