use std::{future::Future, time::Duration};

use super::Request;
use crate::{
    Error, Result,
    idempotency::{self, ClaimOutcome, IdempotencyKey, KeyState, rejection::StoredRejection},
};

/// Maximum number of attempts of a mutation whose key another request uses at the same time.
const TRIES: usize = 3;
/// Rejection when the key was used with another input. It is not stored under the key.
const KEY_REUSED: &str = "IdempotencyKeyReusedRejection";
const KEY_REUSED_TEXT: &str = "this idempotency key was used with another input: use a new key";

/// Rejection while another request still holds this key.
const KEY_BUSY: &str = "IdempotencyKeyBusyRejection";
const KEY_BUSY_TEXT: &str = "the first request with this idempotency key is still running: retry in a moment";
/// Interval at which a request checks whether the key was released.
const LOOK_EVERY: Duration = Duration::from_millis(25);
/// Seconds after the time limit of a request for which a claimed key stays claimed at most.
const LEEWAY: u64 = 10;

/// Result of a mutation: success, or one of several rejections.
pub trait Payload: Sized {
    /// Returns the rejection, if the mutation was rejected.
    fn refusal(&self) -> Option<StoredRejection>;

    /// Creates the payload of a stored rejection. `None` if the mutation never has this rejection.
    fn refused(refusal: &StoredRejection) -> Option<Self>;
}

/// Defines the union of a mutation's results: the success first, then its rejections.
#[macro_export]
macro_rules! payload {
    ($(#[$about:meta])* $name:ident: $success:ident $(, $variant:ident($rejection:ident))+ $(,)?) => {
        $(#[$about])*
        #[derive(async_graphql::Union)]
        pub enum $name {
            Success($success),
            $($variant($rejection),)+
        }

        impl $crate::graphql::payload::Payload for $name {
            fn refusal(&self) -> Option<$crate::idempotency::StoredRejection> {
                let (name, message, subject) = match self {
                    Self::Success(_) => return None,
                    $(Self::$variant(why) => (stringify!($rejection), why.text(), why.subject()),)+
                };
                Some($crate::idempotency::StoredRejection {
                    name: name.to_owned(),
                    message: message.to_owned(),
                    subject: subject.map(str::to_owned),
                })
            }

            fn refused(refusal: &$crate::idempotency::StoredRejection) -> Option<Self> {
                match refusal.name.as_str() {
                    $(stringify!($rejection) => Some(Self::$variant($rejection::remembered(refusal))),)+
                    _ => None,
                }
            }
        }
    };
}

/// Runs a mutation with an optional idempotency key. The first result, including a rejection, is returned
/// again for a day.
///
/// # Errors
///
/// When the mutation fails.
pub async fn idempotent<P: Payload, F: Future<Output = Result<P>> + Send>(
    request: &Request,
    key: Option<&IdempotencyKey>,
    attempt: impl Fn() -> F + Send + Sync,
) -> Result<P> {
    let Some(key) = key else { return attempt().await };
    let (store, caller, clock) = (&request.store, &request.caller, &request.clock);
    for _ in 0..TRIES {
        let used = match idempotency::find(store.write(), caller, clock, Some(key)).await {
            Err(Error::Replayed(refusal)) => return replay(&refusal),
            used => used?,
        };
        if used == KeyState::Conflict {
            return key_rejection(KEY_REUSED, KEY_REUSED_TEXT);
        }
        let payload = match attempt().await {
            Err(Error::Replayed(refusal)) => return replay(&refusal),
            payload => payload?,
        };
        let Some(refusal) = payload.refusal().filter(|refusal| refusal.name != KEY_REUSED) else {
            return Ok(payload);
        };
        if used != KeyState::Unused
            || idempotency::remember_refusal(store, caller, clock, key, &refusal).await?
        {
            return Ok(payload);
        }
        // Another request stored a result under the key meanwhile. The next attempt returns that result.
    }
    Err(Error::Fault("an idempotency key was in use but could not be found"))
}

/// Like [`idempotent`], for a mutation that uses several transactions, which cannot be rolled back together.
/// The key is claimed before the mutation starts, and a request with the same key waits for the result
/// meanwhile. A request that has waited for most of its own time limit is rejected. [`Payload::refusal`] has
/// to return every result of the mutation.
///
/// # Errors
///
/// When the mutation fails. The key is then released.
pub async fn idempotent_exclusive<P: Payload, F: Future<Output = Result<P>> + Send>(
    request: &Request,
    key: Option<&IdempotencyKey>,
    attempt: impl Fn() -> F + Send + Sync,
) -> Result<P> {
    let Some(key) = key else { return attempt().await };
    let (store, caller, clock) = (&request.store, &request.caller, &request.clock);
    let seconds = request.limits.query_seconds;
    // No request runs for longer than this, however many wait for it.
    let lease = i64::try_from(seconds.saturating_add(LEEWAY)).unwrap_or(i64::MAX);
    let max_wait = Duration::from_secs(seconds) * 4 / 5;
    loop {
        let claim = match idempotency::claim(store, caller, clock, key, lease).await? {
            ClaimOutcome::Acquired(claim) => claim,
            ClaimOutcome::Answered(refusal) => return replay(&refusal),
            ClaimOutcome::Conflict => return key_rejection(KEY_REUSED, KEY_REUSED_TEXT),
            ClaimOutcome::Busy if request.started_at().elapsed() < max_wait => {
                tokio::time::sleep(LOOK_EVERY).await;
                continue;
            }
            ClaimOutcome::Busy => return key_rejection(KEY_BUSY, KEY_BUSY_TEXT),
        };
        // If this fails, the claim is dropped, which releases the key.
        let payload = attempt().await?;
        let Some(answer) = payload.refusal() else {
            return Err(Error::Fault("the result of a mutation with a claimed key cannot be stored"));
        };
        if claim.settle(clock, &answer).await? {
            return Ok(payload);
        }
        // The mutation took so long that another request holds the key now. The next iteration returns that
        // request's result.
    }
}

/// Creates the payload of a rejection that was stored under a key.
fn replay<P: Payload>(refusal: &StoredRejection) -> Result<P> {
    P::refused(refusal).ok_or(Error::Fault("an idempotency key has the rejection of another mutation"))
}

fn key_rejection<P: Payload>(name: &str, text: &str) -> Result<P> {
    replay(&StoredRejection { name: name.to_owned(), message: text.to_owned(), subject: None })
}

/// Parses the idempotency key of a mutation with this input, if the client set one.
///
/// # Errors
///
/// [`Error::Argument`] if the key is malformed.
pub fn idempotency_key(
    request: &Request,
    key: Option<String>,
    mutation: &str,
    input: &serde_json::Value,
) -> Result<Option<IdempotencyKey>> {
    IdempotencyKey::new(&request.root, &request.caller, key, mutation, input.to_string().as_bytes())
}
