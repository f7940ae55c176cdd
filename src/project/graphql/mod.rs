//! The GraphQL API of projects and credentials.

pub mod credential;
pub mod object;
pub mod query;
pub mod rejection;
pub mod rotate;
pub mod settings;

pub use credential::{CredentialMutation, CredentialQuery};
pub use object::{Credential, Project, Viewer};
pub use query::ProjectQuery;
pub use rotate::RotateCredentialMutation;
pub use settings::{ProjectSettings, SettingsMutation};
