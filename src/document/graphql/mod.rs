//! The GraphQL API of documents.

pub mod file;
pub mod finding;
pub mod image;
pub mod input;
pub mod loader;
pub mod mutation;
pub mod object;
pub mod rejection;

pub use file::DocumentFile;
pub use finding::{DocumentFinding, MrzStatus};
pub use image::{DocumentImage, DocumentImageKind};
pub use input::{DocumentFieldsInput, SessionDocumentType};
pub use loader::{DocumentOwner, DocumentsOf, ImagesOf};
pub use mutation::DocumentMutation;
pub use object::IdentificationDocument;
