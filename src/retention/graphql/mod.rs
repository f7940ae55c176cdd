//! The GraphQL API of retention policies.

pub mod mutation;
pub mod object;
pub mod query;

pub use mutation::RetentionMutation;
pub use object::{DataClass, RetentionPolicy};
pub use query::RetentionQuery;
