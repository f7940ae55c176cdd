//! The GraphQL API of members' access to a project.

pub mod actor;
pub mod loader;
pub mod object;

pub use actor::Actor;
pub use loader::MembershipById;
pub use object::{Membership, Role};
