//! The GraphQL API of the audit.

pub mod filter;
pub mod list;
pub mod loader;
pub mod object;
pub mod query;

pub use filter::AuditEventFilters;
pub use loader::AuditEventById;
pub use object::AuditEvent;
pub use query::AuditQuery;
