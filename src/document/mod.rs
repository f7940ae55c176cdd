//! Documents: what was captured of a user, what was read out of it, what is odd about it, and its images.

pub mod checks;
mod fields;
pub mod graphql;
pub mod kind;
pub mod mrz;
pub mod rest;
pub mod store;

pub use fields::Fields;
pub use store::submit::day;
