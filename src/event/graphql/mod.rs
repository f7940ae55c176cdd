//! The GraphQL API of events.

pub mod list;
pub mod object;

pub use list::UserEvents;
pub use object::Event;
