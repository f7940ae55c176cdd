//! The GraphQL API of Sandbox projects.

pub mod clock;
pub mod endorsement;
pub mod identification;
pub mod loader;
pub mod object;
pub mod query;
pub mod rejection;
pub mod user;

pub use clock::{SandboxClockMutation, SandboxClockQuery};
pub use endorsement::SandboxPartMutation;
pub use identification::SandboxIdentificationMutation;
pub use loader::ConsentOf;
pub use object::{SandboxIdentification, SandboxUser};
pub use query::SandboxQuery;
pub use user::SandboxUserMutation;
