//! What a person proves with when they sign in by password: the password, a one-time code, a recovery code.
//!
//! - A [`PasswordHasher`] hashes with Argon2id and a secret pepper. It spends the same time on an account that
//!   does not exist. [`check_strength`] rejects passwords that are easy to guess, and says why.
//! - A [`TotpSecret`] is shared with an authenticator app: six digits every 30 seconds (RFC 6238). It returns
//!   the time step of an accepted code, so that the caller can store it and accept each code once.
//! - A [`RecoveryCode`] replaces a lost authenticator once.
//!
//! The crate stores nothing and reads no clock. Hashing takes some 20 ms of a core and 19 MiB: call it on a
//! thread for blocking work, and limit how many run at a time.
//!
//! ```
//! use passwords::{PasswordHasher, check_strength};
//!
//! let hasher = PasswordHasher::new([7; 32])?;
//! check_strength("five otters sail north", &["Ada Lovelace", "ada@example.org"])?;
//! let hash = hasher.hash("five otters sail north")?;
//! assert!(hasher.verify("five otters sail north", Some(&hash))?);
//! assert!(!hasher.verify("five otters sail south", Some(&hash))?);
//! // An account that does not exist costs as much.
//! assert!(!hasher.verify("five otters sail north", None)?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod error;
mod hash;
mod recovery;
mod strength;
mod totp;

pub use error::PasswordError;
pub use hash::PasswordHasher;
pub use recovery::{RECOVERY_CODES, RecoveryCode};
pub use strength::{MAXIMUM_LENGTH, MINIMUM_LENGTH, WeakPassword, check_strength};
pub use totp::{Enrolment, TotpSecret};
