//! Idempotency keys, which make a repeated request harmless: the same key and input of the same credential
//! return the first result for 24 hours.
//!
//! | file | content |
//! |---|---|
//! | `key` | the key: its one constructor, which always digests the input with it |
//! | `store` | the SQL |
//! | `run` | running an operation with a key |
//! | `claim` | a key that is held while an operation of several transactions runs |

mod claim;
mod key;
pub mod rejection;
mod run;
mod store;

pub use claim::{Claim, ClaimOutcome, claim};
pub use key::IdempotencyKey;
pub use rejection::StoredRejection;
pub use run::{KEY_REUSED, Replayable, RequestTime, retry_on_conflict, run, run_exclusive};
pub use store::{KeyState, delete_expired, find, remember, remember_rejection};
