//! Verification results: what a relying party asked to be told about a user. The scopes of its integration say what it is
//! told; they are frozen into the result together with the data they release.

mod filter;
pub mod integration;
mod list;
mod loader;
mod mutation;
mod object;
mod query;
pub mod rest;
pub mod rules;
pub mod store;

pub use filter::{ResultFilters, ResultStatus, ResultsOrderBy};
pub use list::Results;
pub use loader::ResultById;
pub use mutation::{ResultMutation, VerificationOutcome};
pub use object::{ResultData, VerificationResult};
pub use query::ResultQuery;
pub use rules::Scope;
