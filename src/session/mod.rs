//! Verification sessions: each captures a user's documents, from its start to its outcome.

pub mod erase;
pub mod filter;
pub mod graphql;
pub mod policy;
pub mod rest;
pub mod rules;
pub mod store;
