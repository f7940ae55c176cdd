//! Which levels a process awards, and how an identification's status follows from theirs. Pure decisions.

use entity::identification::{Process, Reasons, Status};

/// The levels of one identification, in the order expert, qes, pvid.
pub type Levels = [Status; 3];

/// Which levels a process awards, in the order expert, qes, pvid.
#[must_use]
pub const fn awards(process: Process) -> [bool; 3] {
    match process {
        Process::Expert => [true, false, false],
        Process::Qes => [true, true, false],
        Process::Pvid => [true, false, true],
    }
}

/// The levels of an identification whose awarded levels all stand alike.
#[must_use]
pub fn levels(process: Process, status: Status) -> Levels {
    awards(process).map(|awarded| if awarded { status } else { Status::NotSupported })
}

/// The status of an identification: the worst of its levels wins, and it is valid only once all of them are.
///
/// Levels that the process does not award do not count.
#[must_use]
pub fn status(levels: Levels) -> Status {
    let awarded = || levels.into_iter().filter(|level| *level != Status::NotSupported);
    let any = |status| awarded().any(|level| level == status);
    if any(Status::Invalid) {
        Status::Invalid
    } else if any(Status::Canceled) {
        Status::Canceled
    } else if any(Status::Expired) {
        Status::Expired
    } else if awarded().all(|level| level == Status::Valid) {
        Status::Valid
    } else if any(Status::Pending) {
        Status::Pending
    } else {
        Status::Started
    }
}

/// Whether a level may have these reasons: an invalid one has at least one, no other has any.
#[must_use]
pub fn may_have(status: Status, reasons: Option<&Reasons>) -> bool {
    match reasons {
        Some(reasons) => status == Status::Invalid && !reasons.0.is_empty(),
        None => status != Status::Invalid,
    }
}

#[cfg(test)]
mod tests {
    use entity::identification::Reason;
    use sea_orm::Iterable;

    use super::*;
    use Status::{Canceled, Expired, Invalid, NotSupported, Pending, Started, Valid};

    #[test]
    fn every_process_awards_the_level_expert() {
        assert!(Process::iter().all(|process| awards(process)[0]));
    }

    #[test]
    fn levels_that_are_not_awarded_are_not_supported() {
        assert_eq!(levels(Process::Expert, Valid), [Valid, NotSupported, NotSupported]);
        assert_eq!(levels(Process::Qes, Pending), [Pending, Pending, NotSupported]);
        assert_eq!(levels(Process::Pvid, Invalid), [Invalid, NotSupported, Invalid]);
    }

    #[test]
    fn the_status_derives_from_the_awarded_levels() {
        for (levels, expected) in [
            ([Valid, NotSupported, NotSupported], Valid),
            ([Valid, Pending, NotSupported], Pending),
            ([Valid, Started, NotSupported], Started),
            ([Invalid, Canceled, NotSupported], Invalid),
            ([Canceled, Expired, NotSupported], Canceled),
            ([Expired, Valid, NotSupported], Expired),
            ([Started, Started, NotSupported], Started),
        ] {
            assert_eq!(status(levels), expected, "{levels:?}");
        }
    }

    #[test]
    fn an_invalid_level_has_reasons_and_no_other_has() {
        let (none, some) = (Reasons(vec![]), Reasons(vec![Reason::FraudDetected]));
        for status in Status::iter() {
            assert_eq!(may_have(status, None), status != Invalid);
            assert_eq!(may_have(status, Some(&some)), status == Invalid);
            assert!(!may_have(status, Some(&none)));
        }
    }
}
