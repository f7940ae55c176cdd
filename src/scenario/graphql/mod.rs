//! The GraphQL API of scenarios.

pub mod mutation;

pub use mutation::ScenarioMutation;
