//! Projects, the tenants: every row of personal data belongs to exactly one, and nothing crosses.

pub mod clock;
pub mod graphql;
pub mod store;

pub use clock::Clocks;
