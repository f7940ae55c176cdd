//! Verifications: who was granted which level of a project's ladder, when, why and by whom. The history is only ever
//! added to.

pub mod filter;
pub mod grant;
pub mod graphql;
pub mod history;
pub mod rest;
pub mod store;
