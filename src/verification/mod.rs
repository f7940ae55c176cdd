//! Verifications: which level of the project was granted to which user, when, why and by whom. The history is
//! append-only.

pub mod erase;
pub mod filter;
pub mod grant;
pub mod graphql;
pub mod history;
pub mod known_levels;
pub mod policy;
pub mod rest;
pub mod store;
