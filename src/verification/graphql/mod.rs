//! The GraphQL API of verification levels and their history.

pub mod filter;
pub mod level;
mod level_writer;
pub mod list;
pub mod loader;
pub mod mutation;
pub mod object;
pub mod query;
pub mod rejection;

pub use filter::{VerificationFilters, VerificationsOrderBy, VerificationsOrderByField};
pub use level::VerificationLevel;
pub use list::Verifications;
pub use loader::{CredentialById, CurrentLevelOf, VerificationById, level_by_id};
pub use mutation::VerificationMutation;
pub use object::Verification;
pub use query::VerificationQuery;
