//! Seals (encrypts) values for their storage location, and derives keys and keyed hashes from one key in a
//! file.
//!
//! A [`DataKey`] seals with XChaCha20-Poly1305. The [`AssociatedData`] of a value is its location in the
//! database, so a sealed value that is copied to another row or column cannot be opened there. Keys wrap
//! other keys, so erasing one key erases everything that was sealed with the keys it wraps.
//!
//! A [`DerivationKey`] is 32 random bytes, usually in a file that only its owner can read. All keys and keyed
//! hashes are derived from it by HMAC-SHA256, each for one purpose.
//!
//! ```
//! use sealing::{AssociatedData, DataKey};
//! use uuid::Uuid;
//!
//! let key = DataKey::generate()?;
//! let place = AssociatedData { scope: Uuid::nil(), table: "users", column: "name", row: Uuid::from_u128(1) };
//! let sealed = key.seal(place, b"Ada")?;
//! assert_eq!(key.open(place, &sealed)?, b"Ada");
//! assert!(key.open(AssociatedData { column: "email", ..place }, &sealed).is_err());
//! # Ok::<(), sealing::SealError>(())
//! ```

mod data_key;
mod derivation;
mod error;
mod key_file;
mod primitives;

pub use data_key::{AssociatedData, DataKey};
pub use derivation::{DerivationKey, key_name};
pub use error::{KeyFileError, SealError};
pub use key_file::{exposed_mode, read, read_or_create};
