//! Imports and exports: other systems' responses become rows, and a project becomes lines of JSON that
//! another server can import.
//!
//! Every source is parsed into [`Record`]s, which are the lines of an export; one writer stores them in the
//! database. A source only interprets its format; the rules for writing are in one place.

pub mod export;
pub mod format;
pub mod import;
pub mod pseudonym;
pub mod reader;
pub mod record;
pub mod source;
pub mod write;

pub use record::Record;
pub use source::Source;
