//! The GraphQL API of verification sessions.

pub mod filter;
pub mod list;
pub mod loader;
pub mod mutation;
pub mod object;
pub mod query;
pub mod rejection;

pub use filter::{
    VerificationSessionFilters, VerificationSessionStatus, VerificationSessionsOrderBy, VerificationStep,
};
pub use list::VerificationSessions;
pub use loader::VerificationSessionById;
pub use mutation::SessionMutation;
pub use object::VerificationSession;
pub use query::SessionQuery;
