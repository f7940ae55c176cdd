//! Verification sessions: one session in which a user's documents are captured, from its beginning to what came of it.

mod filter;
mod list;
mod loader;
mod mutation;
mod object;
mod query;
pub mod rest;
pub mod rules;
pub mod store;

pub use filter::{
    VerificationSessionFilters, VerificationSessionStatus, VerificationSessionsOrderBy, VerificationStep,
};
pub use list::VerificationSessions;
pub use loader::VerificationSessionById;
pub use mutation::SessionMutation;
pub use object::VerificationSession;
pub use query::SessionQuery;
