//! Verifications: who was granted which level of a project's ladder, when, why and by whom. The history is only ever
//! added to.

mod filter;
pub mod grant;
pub mod history;
mod level;
mod list;
mod loader;
mod mutation;
mod object;
pub mod policy;
mod query;
pub mod rest;
pub mod store;

pub use filter::{VerificationFilters, VerificationsOrderBy, VerificationsOrderByField};
pub use level::VerificationLevel;
pub use list::Verifications;
pub use loader::{CredentialById, CurrentLevelOf, LevelById, VerificationById};
pub use mutation::VerificationMutation;
pub use object::Verification;
pub use query::VerificationQuery;
