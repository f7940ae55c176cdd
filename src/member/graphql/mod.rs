//! The GraphQL API of members' access to a project.

pub mod actor;
pub mod invitation;
pub mod loader;
pub mod mutation;
pub mod object;
pub mod provider;
pub mod query;
pub mod rejection;
pub mod role;

pub use actor::Actor;
pub use invitation::InvitationMutation;
pub use loader::MembershipById;
pub use mutation::MemberMutation;
pub use object::{Invitation, Membership, PermissionInfo, Role};
pub use provider::ProviderQuery;
pub use query::MemberQuery;
pub use role::RoleMutation;
