//! The root key of an installation, what is derived from it, and the keys that personal data is sealed with. Nothing that
//! signs, hashes or opens is stored in the database as it is: a copy of it opens nothing.

mod instance;
pub mod provider;
mod root_key;
pub mod rotation;
mod seal;
mod source;
mod vault;

pub use instance::{claim, owner};
pub use root_key::{RootKey, RootKeyError, key_name, too_open};
pub use seal::{DataKey, Place};
pub use source::{KeySource, Within};
pub use vault::{KEYS_LIVE, ProjectKeys, Vault, Wrapped};
