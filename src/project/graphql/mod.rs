//! GraphQL API of this concept.

pub mod credential;
pub mod object;
pub mod query;

pub use credential::{CredentialMutation, CredentialQuery};
pub use object::{Credential, Project, Viewer};
pub use query::ProjectQuery;
