//! Who changed what, and when: an entry in the transaction of each change.
//!
//! | file | what |
//! |---|---|
//! | `action` | what can be done |
//! | `actor` | on whose behalf a request runs |
//! | `store` | writing entries, and those that a caller may see |
//! | `object`, `filter`, `list`, `query` | how the graph shows them |

mod action;
pub mod actor;
mod filter;
mod list;
mod loader;
mod object;
mod query;
pub mod store;

pub use action::Action;
pub use filter::AuditEventFilters;
pub use loader::AuditEventById;
pub use object::AuditEvent;
pub use query::AuditQuery;
pub use store::Entry;
