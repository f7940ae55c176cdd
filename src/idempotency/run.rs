use std::{
    future::Future,
    time::{Duration, Instant},
};

use super::{
    ClaimOutcome, IdempotencyKey, KeyState, claim, find, rejection::StoredRejection, remember_rejection,
};
use crate::{Error, Result, op_context::OpContext};

/// Maximum number of attempts while another request uses the same key.
const TRIES: usize = 3;
/// Rejection when the key was used with another input. It is not stored under the key.
pub const KEY_REUSED: &str = "IdempotencyKeyReusedRejection";
const KEY_REUSED_TEXT: &str = "this idempotency key was used with another input: use a new key";
/// Rejection while another request still holds this key.
const KEY_BUSY: &str = "IdempotencyKeyBusyRejection";
const KEY_BUSY_TEXT: &str = "the first request with this idempotency key is still running: retry in a moment";
/// Interval at which a request checks whether the key was released.
const CHECK_INTERVAL: Duration = Duration::from_millis(25);
/// Seconds after the time limit of a request for which a claimed key stays claimed at most.
const LEEWAY: u64 = 10;

/// Result of an operation: success, or one of several rejections, which can be stored and returned again.
pub trait Replayable: Sized {
    /// Returns the rejection, if the operation was rejected.
    fn rejection(&self) -> Option<StoredRejection>;

    /// Creates the result of a stored rejection. `None` if the operation never has this rejection.
    fn replayed(rejection: &StoredRejection) -> Option<Self>;
}

/// Time limits of a request whose operation claims its key.
#[derive(Clone, Copy, Debug)]
pub struct RequestTime {
    /// Time at which the request arrived.
    pub started_at: Instant,
    /// Maximum duration of a request, in seconds.
    pub seconds: u64,
}

/// Runs an operation with an optional idempotency key. The first result, including a rejection, is returned
/// again for a day.
///
/// # Errors
///
/// When the operation fails.
pub async fn run<P: Replayable, F: Future<Output = Result<P>> + Send>(
    OpContext { store, caller, clock, .. }: OpContext<'_>,
    key: Option<&IdempotencyKey>,
    attempt: impl Fn() -> F + Send + Sync,
) -> Result<P> {
    let Some(key) = key else { return attempt().await };
    for _ in 0..TRIES {
        let used = match find(store.write(), caller, clock, Some(key)).await {
            Err(Error::Replayed(rejection)) => return replay(&rejection),
            used => used?,
        };
        if used == KeyState::Conflict {
            return replay(&key_rejection(KEY_REUSED, KEY_REUSED_TEXT));
        }
        let result = match attempt().await {
            Err(Error::Replayed(rejection)) => return replay(&rejection),
            result => result?,
        };
        let Some(rejection) = result.rejection().filter(|rejection| rejection.name != KEY_REUSED) else {
            return Ok(result);
        };
        if used != KeyState::Unused || remember_rejection(store, caller, clock, key, &rejection).await? {
            return Ok(result);
        }
        // Another request stored a result under the key meanwhile. The next attempt returns that result.
    }
    Err(Error::Fault("an idempotency key was in use but could not be found"))
}

/// Like [`run`], for an operation that uses several transactions, which cannot be rolled back together. The key
/// is claimed before the operation starts, and a request with the same key waits for the result meanwhile. A
/// request that has waited for most of its own time limit is rejected. [`Replayable::rejection`] has to return
/// every result of the operation.
///
/// # Errors
///
/// When the operation fails. The key is then released.
pub async fn run_exclusive<P: Replayable, F: Future<Output = Result<P>> + Send>(
    OpContext { store, caller, clock, .. }: OpContext<'_>,
    key: Option<&IdempotencyKey>,
    RequestTime { started_at, seconds }: RequestTime,
    attempt: impl Fn() -> F + Send + Sync,
) -> Result<P> {
    let Some(key) = key else { return attempt().await };
    // No request runs for longer than this, however many wait for it.
    let lease = i64::try_from(seconds.saturating_add(LEEWAY)).unwrap_or(i64::MAX);
    let max_wait = Duration::from_secs(seconds) * 4 / 5;
    loop {
        let claim = match claim(store, caller, clock, key, lease).await? {
            ClaimOutcome::Acquired(claim) => claim,
            ClaimOutcome::Answered(rejection) => return replay(&rejection),
            ClaimOutcome::Conflict => return replay(&key_rejection(KEY_REUSED, KEY_REUSED_TEXT)),
            ClaimOutcome::Busy if started_at.elapsed() < max_wait => {
                tokio::time::sleep(CHECK_INTERVAL).await;
                continue;
            }
            ClaimOutcome::Busy => return replay(&key_rejection(KEY_BUSY, KEY_BUSY_TEXT)),
        };
        // If this fails, the claim is dropped, which releases the key.
        let result = attempt().await?;
        let Some(answer) = result.rejection() else {
            return Err(Error::Fault("the result of an operation with a claimed key cannot be stored"));
        };
        if claim.settle(clock, &answer).await? {
            return Ok(result);
        }
        // The operation took so long that another request holds the key now. The next iteration returns that
        // request's result.
    }
}

/// Applies a change with an idempotency key. `None` from `change` means that another request used the key at
/// the same moment: the change is retried, and then finds the result of the other request.
///
/// # Errors
///
/// When the change fails.
pub async fn retry_on_conflict<T, F: Future<Output = Result<Option<T>>> + Send>(
    attempt: impl Fn() -> F + Send + Sync,
) -> Result<T> {
    for _ in 0..TRIES {
        if let Some(result) = attempt().await? {
            return Ok(result);
        }
    }
    Err(Error::Fault("an idempotency key is in use but was not found"))
}

/// Creates the result of a rejection that was stored under a key.
fn replay<P: Replayable>(rejection: &StoredRejection) -> Result<P> {
    P::replayed(rejection).ok_or(Error::Fault("an idempotency key has the rejection of another operation"))
}

fn key_rejection(name: &str, text: &str) -> StoredRejection {
    StoredRejection { name: name.to_owned(), message: text.to_owned(), subject: None }
}
