//! Levels over time: their validity periods, their history, and their expiries.

pub mod erase;
pub mod graphql;
pub mod policy;
pub mod rules;
pub mod store;
pub mod validity;
