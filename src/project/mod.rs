//! Projects, the tenants: every row of personal data belongs to exactly one, and nothing crosses.

pub mod clock;
mod credential;
mod object;
mod query;
pub mod store;

pub use clock::Clocks;
pub use credential::{CredentialMutation, CredentialQuery};
pub use object::{Credential, Project, Viewer};
pub use query::ProjectQuery;
