//! The GraphQL API of documents.

pub mod file;
pub mod finding;
pub mod image;
pub mod input;
pub mod loader;
pub mod mrz;
pub mod mutation;
pub mod object;
pub mod query;
pub mod rejection;
pub mod union;

pub use file::DocumentFile;
pub use finding::{DocumentFinding, MrzStatus};
pub use image::{DocumentImage, DocumentImageKind};
pub use input::{DocumentFieldsInput, SessionDocumentType};
pub use loader::{DocumentOwner, DocumentsOf, ImagesOf};
pub use mrz::{MrzField, MrzFieldName, MrzProblem};
pub use mutation::DocumentMutation;
pub use query::DocumentQuery;
pub use union::IdentificationDocument;
