//! Users: the natural persons being verified.

mod erasure;
mod field;
mod filter;
mod input;
pub mod ledger;
mod list;
mod loader;
pub mod lookup;
mod mutation;
mod object;
pub mod personal;
mod query;
pub mod receipt;
pub mod rules;
pub mod store;

pub use erasure::ErasureMutation;
pub use filter::{UserFilters, UserStatus, UsersOrderBy};
pub use list::Users;
pub use loader::{TagsOf, UserById};
pub use mutation::UserMutation;
pub use object::User;
pub use personal::{NotificationChannel, Personal};
pub use query::UserQuery;
pub use rules::ValidPersonal;
