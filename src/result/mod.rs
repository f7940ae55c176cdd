//! Verification results: what a relying party asked to be told about a user. The scopes of its integration say what it is
//! told; they are frozen into the result together with the data they release.

pub mod filter;
pub mod graphql;
pub mod integration;
pub mod rest;
pub mod rules;
pub mod store;

pub use rules::Scope;
