//! The GraphQL API of saved views.

pub mod mutation;
pub mod object;
pub mod query;
pub mod rejection;

pub use mutation::SavedViewMutation;
pub use object::{SavedView, SavedViewPage};
pub use query::SavedViewQuery;
