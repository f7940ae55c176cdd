//! The GraphQL API of grant policies.

pub mod mutation;
pub mod object;
pub mod query;

pub use mutation::GrantPolicyMutation;
pub use object::GrantPolicy;
pub use query::GrantPolicyQuery;
