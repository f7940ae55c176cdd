//! What every concept's GraphQL objects share.
//!
//! | file | what |
//! |---|---|
//! | `context` | what a request carries: caller, clock, store, loaders |
//! | `document` | the guard in front of the parser with our limits and permissions, persisted documents |
//! | `guard` | the one hook: default deny, and errors that stay in their field |
//! | `mutate` | what every mutation runs in: permission, loaders |
//! | `page` | connections, edges, page arguments: the only place that knows Relay |
//! | `id` | ids as inputs |
//! | `list` | the lists of users' rows, at the root and of each user |
//! | `loader` | batches of look-ups, one statement a level |
//! | `payload` | what mutations answer with, and answering the same again for an idempotency key |
//! | `rejection` | business refusals, members of mutations' payloads |
//! | `duration` | `Duration` |
//! | `validated_text` | texts of clients |
//! | `scalar` | `DateTime`, `Date`, `CCA3`, `PhoneNumber` |
//! | `node` | `Node`, and finding what an id belongs to |
//! | `schema` | the roots put together |
//! | `response` | answers: masked faults, codes, request ids |

pub mod document;
mod duration;
pub(crate) mod edges;
mod guard;
mod id;
pub mod list;
pub mod loader;
mod mutate;
mod page;
pub mod payload;
mod range;
pub mod rejection;
mod request;
mod response;
mod scalar;
mod text;

pub use duration::Duration;
pub use guard::PolicyHook;
pub use id::IdInput;
pub use mutate::mutate;
pub use page::{Connection, ConnectionNode, Edge, OrderByDirection, PageArgs, Total, argument};
pub use range::DateTimeRange;
pub use request::{ContextExt, Request};
pub use response::{ResponseBody, answer, error_body};
pub use scalar::{Cca3, Date, DateTime, PhoneNumber};
pub use text::validated_text;

/// The values as the store has them.
pub fn stored<T, S: From<T>>(values: Vec<T>) -> Vec<S> {
    values.into_iter().map(S::from).collect()
}
