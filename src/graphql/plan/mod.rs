//! Plans: how the rows of a page become JSON without the executor.
//!
//! The executor allocates a boxed future for each field, a hash table for each object and a value for each field, and
//! the response is then written from those. For pages of rows that was two thirds of the server's time. A plan of a
//! selection goes from the row to the text of the response.
//!
//! | file | content |
//! |---|---|
//! | `edges` | the edges of a page, by a plan or by the executor |
//! | `json` | the text of a response, and values written to it |
//! | `plans` | the plans that are kept with a document |
//! | `selection` | a selection as steps; `None` if only the executor can resolve it |
//! | `writer` | what a concept declares about its fields |

pub(crate) mod edges;
mod json;
mod plans;
mod selection;
mod writer;

pub use json::JsonText;
pub use writer::{FieldWriter, ObjectWriter};

/// Marks a request whose document was authorized as a whole, so that no field needs a check.
pub(crate) struct PreAuthorized;
