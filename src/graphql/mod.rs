//! Parts that the GraphQL APIs of all concepts share.
//!
//! | file | content |
//! |---|---|
//! | `request` | data of a request: caller, clock, store, loaders |
//! | `direct` | executes queries that were validated and authorized as a whole |
//! | `document` | the guard that checks documents, with our limits and permissions; persisted documents |
//! | `guard` | the hook before every field: default deny, and errors that stay in their field |
//! | `mutate` | runs mutations: checks the permission, invalidates the loaders |
//! | `id` | ids as inputs |
//! | `connection` | connections and edges; with `page` the only module that implements Relay |
//! | `page` | page arguments |
//! | `plan` | objects and pages of rows, written as JSON without the executor |
//! | `list` | lists of users' rows, at the root and of each user |
//! | `loader` | batched lookups, one statement for each level |
//! | `payload` | results of mutations, and replaying them for an idempotency key |
//! | `rejection` | rejections, members of the mutations' payloads |
//! | `duration` | `Duration` |
//! | `range` | `DateTimeRange` |
//! | `text` | validation of clients' texts |
//! | `scalar` | `DateTime`, `Date`, `CCA3`, `PhoneNumber` |
//! | `response` | responses: masked faults, error codes, request ids |

mod connection;
mod direct;
pub mod document;
mod duration;
mod guard;
mod id;
pub mod list;
pub mod loader;
mod mutate;
mod page;
pub mod payload;
pub(crate) mod plan;
mod range;
pub mod rejection;
mod request;
mod response;
mod scalar;
mod text;

pub use connection::{Connection, ConnectionNode, Edge, Total};
pub use direct::{CapturedSchema, DirectExecutor};
pub use duration::Duration;
pub use guard::{PolicyHook, ValidateOnly};
pub use id::{IdInput, parse_id};
pub use mutate::{mutate, mutate_fresh};
pub use page::{OrderByDirection, PageArgs};
pub use plan::{FieldWriter, JsonText, ObjectWriter, Single};
pub use range::DateTimeRange;
pub use request::{ContextExt, Request};
pub use response::{ResponseBody, answer, error_body};
pub use scalar::{Cca3, Date, DateTime, PhoneNumber, int};
pub use text::validated_text;

/// The values as the store has them.
pub fn into_stored<T, S: From<T>>(values: Vec<T>) -> Vec<S> {
    values.into_iter().map(S::from).collect()
}
