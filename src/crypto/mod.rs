//! The root key of an installation and what is derived from it. Nothing that signs or hashes is stored in the
//! database: a copy of it opens nothing.

mod instance;
mod root_key;

pub use instance::claim;
pub use root_key::{RootKey, RootKeyError};
