use std::{future::Future, time::Duration};

use super::Request;
use crate::{
    Error, Result,
    idempotency::{self, ClaimOutcome, IdempotencyKey, KeyState, StoredRejection},
};

/// How often a mutation is begun whose key somebody else uses at the same moment.
const TRIES: usize = 3;
/// What a key is refused with that belongs to something else: that is nothing to remember under it.
const KEY_REUSED: &str = "IdempotencyKeyReusedRejection";
const KEY_REUSED_TEXT: &str = "this idempotency key was used with another input: take a new one";

/// What a key is refused with under which somebody is at work for too long.
const KEY_BUSY: &str = "IdempotencyKeyBusyRejection";
const KEY_BUSY_TEXT: &str =
    "what was asked under this idempotency key before is still at work: ask again in a moment";
/// How often it is looked whether it is done.
const LOOK_EVERY: Duration = Duration::from_millis(25);
/// Seconds beyond what a request may take for which a key stays claimed at most.
const LEEWAY: u64 = 10;

/// How a mutation ended: it was done, or refused for one of several reasons.
pub trait Payload: Sized {
    /// Why it was refused, if it was.
    fn refusal(&self) -> Option<StoredRejection>;

    /// The payload of a refusal. `None` if it can never be refused like this.
    fn refused(refusal: &StoredRejection) -> Option<Self>;
}

/// The union of what a mutation answers with: the success first, then its rejections.
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

/// Runs a mutation that may come with an idempotency key. Whatever it was answered with the first time, a refusal too, it
/// is answered with again for a day.
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
        // Somebody else was answered under the key meanwhile; this one gets the same.
    }
    Err(Error::Fault("an idempotency key stayed taken and could not be found"))
}

/// Likewise for a mutation that takes many transactions, of which none could undo the others: the key is claimed before it
/// begins, and whoever comes with it meanwhile waits for the answer. Who has waited for most of what its own request may
/// take is refused. Whatever it is answered with has to be what [`Payload::refusal`] gives.
///
/// # Errors
///
/// When the mutation fails: then the key is free again.
pub async fn idempotent_exclusive<P: Payload, F: Future<Output = Result<P>> + Send>(
    request: &Request,
    key: Option<&IdempotencyKey>,
    attempt: impl Fn() -> F + Send + Sync,
) -> Result<P> {
    let Some(key) = key else { return attempt().await };
    let (store, caller, clock) = (&request.store, &request.caller, &request.clock);
    let seconds = request.limits.query_seconds;
    // No request is at work for longer, however many wait for it.
    let lease = i64::try_from(seconds.saturating_add(LEEWAY)).unwrap_or(i64::MAX);
    let patience = Duration::from_secs(seconds) * 4 / 5;
    loop {
        let claim = match idempotency::claim(store, caller, clock, key, lease).await? {
            ClaimOutcome::Acquired(claim) => claim,
            ClaimOutcome::Answered(refusal) => return replay(&refusal),
            ClaimOutcome::Conflict => return key_rejection(KEY_REUSED, KEY_REUSED_TEXT),
            ClaimOutcome::Busy if request.begun().elapsed() < patience => {
                tokio::time::sleep(LOOK_EVERY).await;
                continue;
            }
            ClaimOutcome::Busy => return key_rejection(KEY_BUSY, KEY_BUSY_TEXT),
        };
        // Dropped where this fails, which gives the key back.
        let payload = attempt().await?;
        let Some(answer) = payload.refusal() else {
            return Err(Error::Fault("what is done under a claimed key has to be remembered whole"));
        };
        if claim.settle(clock, &answer).await? {
            return Ok(payload);
        }
        // It took so long that somebody else has the key by now; this one is answered with the same.
    }
}

/// The payload of a refusal that a key remembers.
fn replay<P: Payload>(refusal: &StoredRejection) -> Result<P> {
    P::refused(refusal).ok_or(Error::Fault("an idempotency key remembers a refusal of another mutation"))
}

fn key_rejection<P: Payload>(name: &str, text: &str) -> Result<P> {
    replay(&StoredRejection { name: name.to_owned(), message: text.to_owned(), subject: None })
}

/// The idempotency key of a mutation with this input, if the caller gave one.
///
/// # Errors
///
/// [`Error::Argument`] for what cannot be a key.
pub fn idempotency_key(
    request: &Request,
    key: Option<String>,
    mutation: &str,
    input: &serde_json::Value,
) -> Result<Option<IdempotencyKey>> {
    IdempotencyKey::new(&request.root, &request.caller, key, mutation, input.to_string().as_bytes())
}
