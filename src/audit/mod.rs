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
pub mod filter;
pub mod graphql;
pub mod store;

pub use action::Action;
pub use store::Entry;
