//! Identifications: one run of a process for a user, with a status and one status for each of the three
//! levels.

pub mod erase;
pub mod expiry;
pub mod filter;
pub mod graphql;
pub mod policy;
pub mod rules;
pub mod store;
