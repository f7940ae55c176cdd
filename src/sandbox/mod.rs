//! Sandbox projects: what a developer can force there and nowhere else.

pub mod graphql;
pub mod store;
pub mod upload;
