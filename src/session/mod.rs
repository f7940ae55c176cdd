//! Verification sessions: one session in which a user's documents are captured, from its beginning to what came of it.

pub mod filter;
pub mod graphql;
pub mod rest;
pub mod rules;
pub mod store;
