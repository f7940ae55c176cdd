//! The GraphQL API of scenarios.

pub mod mutation;
pub mod rejection;

pub use mutation::ScenarioMutation;
