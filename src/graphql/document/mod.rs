//! The guard in front of the executor, in two stages, and the cache of what has passed it.
//!
//! async-graphql's parser recurses on what it reads, and its validators expand a spread fragment each time they meet
//! it: documents of a few hundred bytes overflow the one and stall the other, before any limit of the library's own
//! is looked at. So [`scan`] looks at the bytes before they are parsed, and [`measure`] at the parsed document before
//! it is validated.

mod cache;
mod measure;
mod needs;
mod persisted;
mod positions;
mod scan;
mod shape;
mod variables;
mod walk;

pub use cache::{Documents, Prepared};
pub use measure::{Measured, measure};
pub use needs::needs;
pub use persisted::{Hash, Persisted};
pub use positions::{is_replaced, misplaced};
pub use scan::scan;
pub use shape::Shape;
pub use variables::check as check_variables;

use crate::{Code, Error};

/// Over a limit: what there is too much of, the limit, and the setting that moves it.
fn over(what: impl Into<String>, limit: u64, setting: &'static str, code: Code) -> Error {
    Error::Limit { what: what.into(), limit, setting, code }
}
