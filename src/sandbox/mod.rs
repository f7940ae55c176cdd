//! Sandbox projects: what a developer can force there and nowhere else.

mod clock;
mod identification;
mod loader;
mod object;
mod part;
mod query;
pub mod store;
mod user;

pub use clock::{SandboxClockMutation, SandboxClockQuery};
pub use identification::SandboxIdentificationMutation;
pub use loader::ConsentOf;
pub use object::{SandboxIdentification, SandboxUser};
pub use part::SandboxPartMutation;
pub use query::SandboxQuery;
pub use user::SandboxUserMutation;
