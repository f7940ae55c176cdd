//! Status transitions and limits of sessions. Pure functions.

use entity::verification_session::Status;

/// Maximum length of a client's id, in bytes: it is an index key, and PostgreSQL limits the bytes of those.
pub const REF_ID: usize = 1024;
/// The flow of a session that was started without one.
pub const DEFAULT_FLOW: &str = "default";
/// Maximum length of a flow's name, in characters.
pub const FLOW_ID: usize = 255;
/// Maximum number of a session's addresses.
pub const ADDRESSES: usize = 20;
/// Maximum length of an address, in characters.
pub const ADDRESS: usize = 255;

/// Returns whether a session can no longer change.
#[must_use]
pub const fn is_closed(status: Status) -> bool {
    match status {
        Status::InProgress | Status::Pending => false,
        Status::Successful | Status::Suspected => true,
    }
}

/// Returns whether a session can change from one status to another: `in_progress` → `pending` → `successful`
/// or `suspected`. The step `pending` is optional.
#[must_use]
pub const fn may_become(from: Status, to: Status) -> bool {
    match (from, to) {
        (Status::InProgress, Status::Pending | Status::Successful | Status::Suspected)
        | (Status::Pending, Status::Successful | Status::Suspected) => true,
        (Status::InProgress | Status::Pending | Status::Successful | Status::Suspected, _) => false,
    }
}

/// Returns whether a text can be a client's id of a user.
#[must_use]
pub fn is_ref_id(text: &str) -> bool {
    text.len() <= REF_ID && is_text(text, REF_ID)
}

/// Returns whether a text has 1 to `most` characters and can be stored: PostgreSQL rejects a text with a NUL
/// in it.
#[must_use]
pub fn is_text(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.chars().count()) && !text.contains('\0')
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn a_session_advances_until_it_is_closed_and_never_returns() {
        use Status::{InProgress, Pending, Successful, Suspected};
        let allowed = [
            (InProgress, Pending),
            (InProgress, Successful),
            (InProgress, Suspected),
            (Pending, Successful),
            (Pending, Suspected),
        ];
        for from in Status::iter() {
            for to in Status::iter() {
                assert_eq!(may_become(from, to), allowed.contains(&(from, to)), "{from:?} to {to:?}");
            }
            assert_eq!(is_closed(from), Status::iter().all(|to| !may_become(from, to)), "{from:?}");
        }
    }

    #[test]
    fn a_ref_id_is_any_text_within_its_length_without_nul() {
        for good in ["a", "ü", "\u{1f600}", " ", "'; --", "a/b", &"x".repeat(1024)] {
            assert!(is_ref_id(good), "{good}");
        }
        for bad in ["", "\0", "a\0b", &"x".repeat(1025), &"ü".repeat(513)] {
            assert!(!is_ref_id(bad), "{bad}");
        }
    }
}
