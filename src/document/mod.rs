//! Documents captured from users: the data read from them, findings, and images.

pub mod checks;
pub mod erase;
mod fields;
pub mod graphql;
pub mod kind;
pub mod mrz;
pub mod policy;
pub mod rest;
pub mod store;

pub use fields::Fields;
pub use store::submit::day;
