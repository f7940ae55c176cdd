//! Plans: how objects and pages of rows become JSON without the executor.
//!
//! The executor allocates a boxed future for each field, a hash table for each object and a value for each field, and
//! the response is then written from those. For pages of rows that was two thirds of the server's time. A plan of a
//! selection goes from the row to the text of the response.
//!
//! | file | content |
//! |---|---|
//! | `connection` | a page with its total and where it lies in the list |
//! | `edges` | the edges of a page |
//! | `json` | the text of a response, and values written to it |
//! | `node` | objects: their own fields, their lists, and what the executor resolves |
//! | `plans` | the plans that are kept with a document |
//! | `selection` | a selection as steps; `None` if only the executor can resolve it |
//! | `writer` | what a concept declares about its fields |

mod connection;
mod edges;
mod json;
mod node;
mod plans;
mod selection;
mod writer;

pub(in crate::graphql) use connection::ConnectionPlan;
pub(in crate::graphql) use edges::Edges;
pub use json::JsonText;
pub use node::Single;
pub(in crate::graphql) use node::fields_of;
pub(in crate::graphql) use plans::kept;
pub use writer::{FieldWriter, ObjectWriter};

/// Marks a request whose document was authorized as a whole, so that no field needs a check.
pub(crate) struct PreAuthorized;
