//! Which levels a process awards, and how an identification's status follows from theirs. Pure decisions.

use entity::identification::{Process, Reason, Reasons, Status};

/// The levels of one identification, in the order expert, qes, pvid.
pub type Levels = [Status; 3];

/// Which levels a user holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeldLevels {
    pub expert: bool,
    pub qes: bool,
    pub pvid: bool,
}

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

/// Why levels cannot be brought to where they were reported to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransitionError {
    /// Nothing was reported.
    Nothing,
    /// The process does not award the level, in the order expert, qes, pvid.
    NotAwarded(usize),
    /// There is no way from the one to the other.
    IllegalTransition(Status, Status),
    /// A level became invalid without a reason.
    NoReason,
    /// There are reasons, and no level became invalid.
    NoInvalid,
}

/// What moves a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Somebody reported where it stands.
    Report,
    /// The identification was given up.
    Cancel,
    /// The process took longer than it may.
    RunOut,
    /// Its validity ended.
    Lapse,
    /// Its validity was ended.
    Revoke,
}

/// Every way a level can go, and what can move it there. There is no other.
const TRANSITIONS: &[(Status, Status, &[Cause])] = {
    use Cause::{Cancel, Lapse, Report, Revoke, RunOut};
    use Status::{Canceled, Expired, Invalid, NotStarted, Pending, Started, Valid};
    &[
        // Only old identifications are here; for what comes next they are as good as begun.
        (NotStarted, Started, &[Report]),
        (NotStarted, Pending, &[Report]),
        (NotStarted, Canceled, &[Report, Cancel]),
        (NotStarted, Expired, &[Report, RunOut]),
        (Started, Pending, &[Report]),
        (Started, Canceled, &[Report, Cancel]),
        (Started, Expired, &[Report, RunOut]),
        (Pending, Valid, &[Report]),
        (Pending, Invalid, &[Report]),
        (Pending, Canceled, &[Report, Cancel]),
        (Valid, Expired, &[Report, Lapse, Revoke]),
    ]
};

/// Whether something can move a level from one status to another.
#[must_use]
pub fn leads_to(from: Status, to: Status, cause: Cause) -> bool {
    TRANSITIONS.iter().any(|(of, way, causes)| (*of, *way) == (from, to) && causes.contains(&cause))
}

/// Where something that happens by itself, or ends an identification, moves a level. `None`: it stays.
#[must_use]
pub fn moved(from: Status, cause: Cause) -> Option<Status> {
    if cause == Cause::Report {
        return None;
    }
    TRANSITIONS.iter().find(|(of, _, causes)| *of == from && causes.contains(&cause)).map(|(_, to, _)| *to)
}

/// The levels, of those marked, after something that ends them. `None`: nothing ends any of them.
#[must_use]
pub fn ended(levels: Levels, which: [bool; 3], cause: Cause) -> Option<Levels> {
    let mut after = levels;
    for place in 0..3 {
        if which[place] {
            after[place] = moved(levels[place], cause).unwrap_or(levels[place]);
        }
    }
    (after != levels).then_some(after)
}

/// The levels after a report, which says nothing about those that are `None`. A report of what is already so changes
/// nothing: it came twice.
///
/// # Errors
///
/// Why the report cannot be so.
pub fn report(
    levels: Levels,
    report: [Option<Status>; 3],
    reasons: &[Reason],
) -> Result<Levels, TransitionError> {
    if report == [None; 3] {
        return Err(TransitionError::Nothing);
    }
    let mut after = levels;
    for (place, to) in report.into_iter().enumerate() {
        let (Some(to), from) = (to, levels[place]) else { continue };
        if from == Status::NotSupported {
            return Err(TransitionError::NotAwarded(place));
        }
        if from != to && !leads_to(from, to, Cause::Report) {
            return Err(TransitionError::IllegalTransition(from, to));
        }
        after[place] = to;
    }
    let is_invalid = report.contains(&Some(Status::Invalid));
    match (is_invalid, reasons.is_empty()) {
        (true, true) => Err(TransitionError::NoReason),
        (false, false) => Err(TransitionError::NoInvalid),
        (true, false) | (false, true) => Ok(after),
    }
}

/// The levels of an identification that comes with where they stand: each that the process awards is given, and no other.
///
/// # Errors
///
/// Why they cannot stand like this.
pub fn outcome(
    process: Process,
    given: [Option<Status>; 3],
    reasons: &[Reason],
) -> Result<Levels, TransitionError> {
    let mut after = levels(process, Status::NotStarted);
    for (place, awarded) in awards(process).into_iter().enumerate() {
        match (given[place], awarded) {
            (Some(Status::NotSupported | Status::NotStarted) | None, true) => {
                return Err(TransitionError::Nothing);
            }
            (Some(status), true) => after[place] = status,
            (None | Some(Status::NotSupported), false) => {}
            (Some(_), false) => return Err(TransitionError::NotAwarded(place)),
        }
    }
    match (after.contains(&Status::Invalid), reasons.is_empty()) {
        (true, true) => Err(TransitionError::NoReason),
        (false, false) => Err(TransitionError::NoInvalid),
        (true, false) | (false, true) => Ok(after),
    }
}

/// The levels once some of them are forced to stand somewhere, wherever they stood: for Sandbox projects.
///
/// # Errors
///
/// Why they cannot stand like this anywhere.
pub fn forced(
    process: Process,
    before: Levels,
    given: [Option<Status>; 3],
    reasons: &[Reason],
) -> Result<Levels, TransitionError> {
    let mut after = before;
    for (place, awarded) in awards(process).into_iter().enumerate() {
        match (given[place], awarded) {
            (Some(Status::NotSupported), true) => return Err(TransitionError::Nothing),
            (Some(status), true) => after[place] = status,
            (None, _) | (Some(Status::NotSupported), false) => {}
            (Some(_), false) => return Err(TransitionError::NotAwarded(place)),
        }
    }
    match (given.contains(&Some(Status::Invalid)), reasons.is_empty()) {
        (true, true) => Err(TransitionError::NoReason),
        (false, false) => Err(TransitionError::NoInvalid),
        (true, false) | (false, true) => Ok(after),
    }
}

/// The levels of an identification whose process becomes another one: a level that the process does not award is
/// `NotSupported`, and one that only this process awards is `Started`.
#[must_use]
pub fn under(process: Process, mut levels: Levels) -> Levels {
    for (level, awarded) in levels.iter_mut().zip(awards(process)) {
        match (awarded, *level == Status::NotSupported) {
            (true, true) => *level = Status::Started,
            (false, false) => *level = Status::NotSupported,
            (true, false) | (false, true) => {}
        }
    }
    levels
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
mod tests;
