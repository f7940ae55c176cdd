//! Sandbox projects: operations that developers can force there only.

pub mod erase;
pub mod graphql;
pub mod policy;
pub mod store;
pub mod upload;
