//! The event types that a caller may read.

use super::Kind;
use crate::{Error, Result, auth::Caller};

/// Returns the event type if the caller may read events of this type.
///
/// # Errors
///
/// [`Error::Forbidden`] without the permission for the event's object.
pub fn readable(caller: &Caller, kind: Kind) -> Result<Kind> {
    match kind.needs() {
        Some(permission) if !caller.holds(permission) => Err(Error::Forbidden(permission)),
        Some(_) => Ok(kind),
        None => Err(Error::Fault("an event type of subscriptions needs no permission")),
    }
}

/// Returns every event type that the caller may read.
///
/// # Errors
///
/// [`Error::Forbidden`] if there is none.
pub fn all_readable(caller: &Caller) -> Result<Vec<Kind>> {
    let all = Kind::ALL.iter().copied().filter(|kind| kind.can_be_subscribed());
    let (may, mut may_not): (Vec<_>, Vec<_>) =
        all.map(|kind| readable(caller, kind)).partition(Result::is_ok);
    if may.is_empty() { may_not.swap_remove(0).map(|kind| vec![kind]) } else { may.into_iter().collect() }
}
