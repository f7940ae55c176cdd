//! Grant policies: which verification level a project's users are granted, without anybody's doing, once they hold a
//! level of an identification.

mod mutation;
mod object;
mod query;
pub mod store;

pub use mutation::GrantPolicyMutation;
pub use object::GrantPolicy;
pub use query::GrantPolicyQuery;
