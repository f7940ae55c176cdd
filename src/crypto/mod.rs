//! The root key of an installation, the values derived from it, and the keys that seal personal data. The
//! database holds signing, hashing and sealing keys only wrapped or not at all, so a copy of it opens
//! nothing. The crate `sealing` implements the ciphers and the key file.

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
