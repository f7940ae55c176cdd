//! The GraphQL API of verification results.

pub mod filter;
pub mod integration;
pub mod list;
pub mod loader;
pub mod mutation;
pub mod object;
pub mod query;
pub mod rejection;

pub use filter::{ResultFilters, ResultStatus, ResultsOrderBy};
pub use integration::{Integration, IntegrationQuery};
pub use list::Results;
pub use loader::{IntegrationById, ResultById};
pub use mutation::{ResultMutation, VerificationOutcome};
pub use object::{ResultData, VerificationResult};
pub use query::ResultQuery;
