//! Bounds GraphQL documents before async-graphql parses, validates and runs them.
//!
//! async-graphql's parser recurses on what it reads, and its validators expand a fragment each time it is
//! spread: documents of a few hundred bytes overflow the one and stall the other, before any limit of the
//! library is checked. So a document is checked in two stages:
//!
//! 1. [`scan`] reads the bytes before they are parsed: size, tokens, open brackets, directives.
//! 2. [`measure`] walks the parsed document before it is validated: selections, depth, complexity, sizes of
//!    lists. It measures each fragment once, however often the fragment is spread.
//!
//! [`Documents`] does both, checks the values of variables, and caches what it has parsed, documents that differ only
//! in their strings once.
//! [`Document::validate`] replaces one of the library's validation rules, and [`FieldErrors`] keeps the error
//! of a field inside the nearest nullable field.
//!
//! ```
//! use document_guard::{Documents, Limits, Shape};
//!
//! let shape = Shape::of_sdl("type Query { a: Int }").into();
//! let documents = Documents::new(shape, Limits::default(), |_, _| Some(0));
//! let prepared = documents.prepare("{ a }")?;
//! let (_, variables) = documents.admit(prepared, None, Default::default())?;
//! assert!(variables.is_empty());
//!
//! let error = documents.prepare(&"[".repeat(41)).err().expect("the limit is 40");
//! assert_eq!(error.to_string(), "the document nests brackets too deep: the limit is 40 (`nesting`)");
//! # Ok::<(), document_guard::GuardError>(())
//! ```

mod documents;
mod error;
mod field_errors;
mod limits;
mod literals;
mod measure;
mod positions;
mod required;
mod scan;
mod shape;
mod validate;
mod variables;
mod walk;

pub use documents::{Document, Documents, Prepared};
pub use error::{GuardError, LimitKind};
pub use field_errors::{FieldErrors, path};
pub use limits::Limits;
pub use measure::{Measured, measure};
pub use required::Require;
pub use scan::scan;
pub use shape::Shape;
pub use variables::check as check_variables;
