//! GraphQL API of this concept.

pub mod file;
pub mod finding;
pub mod image;
pub mod loader;
pub mod mutation;
pub mod object;

pub use file::DocumentFile;
pub use finding::{DocumentFinding, MrzStatus};
pub use image::{DocumentImage, DocumentImageKind};
pub use loader::{DocumentOwner, DocumentsOf, ImagesOf};
pub use mutation::{DocumentFieldsInput, DocumentMutation, SessionDocumentType};
pub use object::IdentificationDocument;
