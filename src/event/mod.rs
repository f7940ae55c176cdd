//! Events: what changed in which object, inserted in the transaction of the change. They drive webhooks.

pub mod erase;
mod kind;
pub mod store;

pub use kind::Kind;
