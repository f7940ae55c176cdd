//! Users: the natural persons being verified.

mod field;
pub mod filter;
pub mod graphql;
pub mod ledger;
pub mod lookup;
pub mod masked;
pub mod names;
pub mod personal;
pub mod policy;
pub mod receipt;
pub mod rules;
pub mod search;
pub mod search_limits;
pub mod search_text;
pub mod store;

pub use entity::user::Key as UserKey;
pub use personal::{NotificationChannel, Personal};
pub use rules::ValidPersonal;
