//! The GraphQL API of users.

pub mod erasure;
pub mod filter;
pub mod input;
pub mod list;
pub mod loader;
pub mod masked;
pub mod mutation;
pub mod object;
mod payload;
pub mod query;
pub mod rejection;
pub mod search;

pub use erasure::ErasureMutation;
pub use filter::{UserFilters, UserStatus, UsersOrderBy};
pub use input::NotificationChannel;
pub use list::Users;
pub use loader::{TagsOf, UserById};
pub use masked::MaskedPerson;
pub use mutation::UserMutation;
pub use object::User;
pub use query::UserQuery;
pub use search::UserSearchQuery;
