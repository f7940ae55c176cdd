//! Events: what changed in which object, inserted in the transaction of the change. They drive webhooks and
//! subscriptions.

pub mod erase;
pub mod graphql;
mod kind;
pub mod policy;
mod readable;
pub mod store;

pub use kind::Kind;
pub use readable::{all_readable, readable};
