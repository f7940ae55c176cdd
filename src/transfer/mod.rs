//! Carrying records in and out: what other systems answered becomes rows, and a project becomes lines of JSON that another
//! server reads back.
//!
//! Every source is read into [`Record`]s, the lines of an export; one writer puts those into the database. So a source
//! decides nothing but what its words mean, and what may be written is decided in one place.

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
