//! GraphQL API of this concept.

pub mod mutation;

pub use mutation::ScenarioMutation;
