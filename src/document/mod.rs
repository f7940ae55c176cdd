//! Documents: what was captured of a user, what was read out of it, what is odd about it, and its images.

pub mod checks;
mod fields;
mod file;
mod finding;
mod image;
pub mod kind;
mod loader;
pub mod mrz;
mod mutation;
mod object;
pub mod rest;
pub mod store;

pub use fields::Fields;
pub use file::DocumentFile;
pub use finding::{DocumentFinding, MrzStatus};
pub use image::{DocumentImage, DocumentImageKind};
pub use loader::{DocumentsOf, ImagesOf, Of};
pub use mutation::{DocumentFieldsInput, DocumentMutation, SessionDocumentType};
pub use object::IdentificationDocument;
pub use store::submit::day;
