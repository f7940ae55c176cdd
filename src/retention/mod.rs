//! Retention: how long a project keeps each class of personal data. The timer blanks or deletes expired data;
//! the fact that it existed, and the decisions about it, remain.

pub mod graphql;
pub mod policy;
pub mod store;
