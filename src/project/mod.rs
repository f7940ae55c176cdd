//! Projects, the tenants: every row of personal data belongs to exactly one project, and no request crosses
//! projects.

pub mod clock;
pub mod graphql;
pub mod policy;
pub mod settings;
pub mod store;

pub use clock::Clocks;
