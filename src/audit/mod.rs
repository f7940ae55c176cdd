//! The audit log: who changed what, and when. Each change writes its entry in its own transaction.
//!
//! | file | content |
//! |---|---|
//! | `action` | the audited actions |
//! | `actor` | the caller of the current task |
//! | `store` | inserts entries and selects those that a caller may see |
//! | `viewed` | entries of reads |
//! | `object`, `filter`, `list`, `query` | the GraphQL API |

mod action;
pub mod actor;
pub mod filter;
pub mod graphql;
pub mod policy;
pub mod store;
mod viewed;

pub use action::Action;
pub use store::{Entry, record, record_by};
pub use viewed::{record_image_view, record_view};
