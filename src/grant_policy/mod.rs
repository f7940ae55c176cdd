//! Grant policies: which verification level a project's users are granted automatically when they hold a
//! level of an identification.

pub mod graphql;
pub mod policy;
pub mod store;
