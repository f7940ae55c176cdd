//! Verification results: data about a user that a relying party requested. The scopes of its integration
//! determine which data it receives; both are frozen into the result.

pub mod erase;
pub mod filter;
pub mod graphql;
pub mod integration;
pub mod policy;
pub mod rest;
pub mod rules;
pub mod store;

pub use rules::Scope;
