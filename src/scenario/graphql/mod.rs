//! The GraphQL API of scenarios.

pub mod mutation;
pub mod query;
pub mod rejection;

pub use mutation::ScenarioMutation;
pub use query::ScenarioQuery;
