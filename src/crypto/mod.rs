//! The root key of an installation, what is derived from it, and the keys that personal data is sealed with. Nothing that
//! signs, hashes or opens is stored in the database as it is: a copy of it opens nothing. The ciphers and the key file are
//! the crate `sealing`.

mod instance;
pub mod provider;
mod root_key;
pub mod rotation;
mod source;
mod vault;

pub use instance::{claim, owner};
pub use root_key::{RootKey, RootKeyError};
pub use sealing::{AssociatedData, DataKey, exposed_mode, key_name};
pub use source::{KeySource, Within};
pub use vault::{KEYS_LIVE, ProjectKeys, Vault, Wrapped};

use crate::Error;

impl From<sealing::SealError> for Error {
    fn from(error: sealing::SealError) -> Self {
        Self::Fault(error.text())
    }
}
