//! Levels over time: how long they are valid, who had which when, who loses which when.

pub mod graphql;
pub mod rules;
pub mod store;
pub mod validity;
