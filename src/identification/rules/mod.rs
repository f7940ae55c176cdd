//! Which levels a process awards, and how an identification's status follows from its levels. Pure functions.

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

/// Returns which levels a process awards, in the order expert, qes, pvid.
#[must_use]
pub const fn awards(process: Process) -> [bool; 3] {
    match process {
        Process::Expert => [true, false, false],
        Process::Qes => [true, true, false],
        Process::Pvid => [true, false, true],
    }
}

/// Returns the levels of an identification whose awarded levels all have the same status.
#[must_use]
pub fn levels(process: Process, status: Status) -> Levels {
    awards(process).map(|awarded| if awarded { status } else { Status::NotSupported })
}

/// Returns the status of an identification: the worst status of its levels. It is valid only once all of them
/// are.
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

/// Reason why a report of levels is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransitionError {
    /// The report is empty.
    Nothing,
    /// The process does not award this level. The index is in the order expert, qes, pvid.
    NotAwarded(usize),
    /// The transition from the first status to the second is illegal.
    IllegalTransition(Status, Status),
    /// A level became invalid without a reason.
    NoReason,
    /// The report has reasons, but no level became invalid.
    NoInvalid,
}

/// The cause of a transition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A client reported the status.
    Report,
    /// The identification was cancelled.
    Cancel,
    /// The process exceeded its time limit.
    RunOut,
    /// The level's validity expired.
    Lapse,
    /// The level's validity was ended early.
    Revoke,
}

/// Every legal transition, with its possible causes. All others are illegal.
const TRANSITIONS: &[(Status, Status, &[Cause])] = {
    use Cause::{Cancel, Lapse, Report, Revoke, RunOut};
    use Status::{Canceled, Expired, Invalid, NotStarted, Pending, Started, Valid};
    &[
        // Only imported identifications have this status; for further transitions they count as started.
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

/// Returns whether a cause can move a level from one status to another.
#[must_use]
pub fn leads_to(from: Status, to: Status, cause: Cause) -> bool {
    TRANSITIONS.iter().any(|(of, way, causes)| (*of, *way) == (from, to) && causes.contains(&cause))
}

/// Returns the new status of a level after a timeout or after the end of its identification. `None`:
/// unchanged.
#[must_use]
pub fn moved(from: Status, cause: Cause) -> Option<Status> {
    if cause == Cause::Report {
        return None;
    }
    TRANSITIONS.iter().find(|(of, _, causes)| *of == from && causes.contains(&cause)).map(|(_, to, _)| *to)
}

/// Returns the levels after a cause that ends the marked ones. `None` if no level changes.
#[must_use]
pub fn ended(levels: Levels, which: [bool; 3], cause: Cause) -> Option<Levels> {
    let mut after = levels;
    for index in 0..3 {
        if which[index] {
            after[index] = moved(levels[index], cause).unwrap_or(levels[index]);
        }
    }
    (after != levels).then_some(after)
}

/// Returns the levels after a report; `None` entries are not reported. Reporting the current status again
/// changes nothing, so a repeated report succeeds.
///
/// # Errors
///
/// The reason why the report is rejected.
pub fn report(
    levels: Levels,
    report: [Option<Status>; 3],
    reasons: &[Reason],
) -> Result<Levels, TransitionError> {
    if report == [None; 3] {
        return Err(TransitionError::Nothing);
    }
    let mut after = levels;
    for (index, to) in report.into_iter().enumerate() {
        let (Some(to), from) = (to, levels[index]) else { continue };
        if from == Status::NotSupported {
            return Err(TransitionError::NotAwarded(index));
        }
        if from != to && !leads_to(from, to, Cause::Report) {
            return Err(TransitionError::IllegalTransition(from, to));
        }
        after[index] = to;
    }
    let is_invalid = report.contains(&Some(Status::Invalid));
    match (is_invalid, reasons.is_empty()) {
        (true, true) => Err(TransitionError::NoReason),
        (false, false) => Err(TransitionError::NoInvalid),
        (true, false) | (false, true) => Ok(after),
    }
}

/// Returns the levels of an identification that is imported with its outcome: all levels that the process
/// awards must be given, and no others.
///
/// # Errors
///
/// The reason why the levels are rejected.
pub fn outcome(
    process: Process,
    given: [Option<Status>; 3],
    reasons: &[Reason],
) -> Result<Levels, TransitionError> {
    let mut after = levels(process, Status::NotStarted);
    for (index, awarded) in awards(process).into_iter().enumerate() {
        match (given[index], awarded) {
            (Some(Status::NotSupported | Status::NotStarted) | None, true) => {
                return Err(TransitionError::Nothing);
            }
            (Some(status), true) => after[index] = status,
            (None | Some(Status::NotSupported), false) => {}
            (Some(_), false) => return Err(TransitionError::NotAwarded(index)),
        }
    }
    match (after.contains(&Status::Invalid), reasons.is_empty()) {
        (true, true) => Err(TransitionError::NoReason),
        (false, false) => Err(TransitionError::NoInvalid),
        (true, false) | (false, true) => Ok(after),
    }
}

/// Returns the levels after some are forced to a status, whatever their previous status: for sandbox
/// projects.
///
/// # Errors
///
/// The reason why no identification can have these levels.
pub fn forced(
    process: Process,
    before: Levels,
    given: [Option<Status>; 3],
    reasons: &[Reason],
) -> Result<Levels, TransitionError> {
    let mut after = before;
    for (index, awarded) in awards(process).into_iter().enumerate() {
        match (given[index], awarded) {
            (Some(Status::NotSupported), true) => return Err(TransitionError::Nothing),
            (Some(status), true) => after[index] = status,
            (None, _) | (Some(Status::NotSupported), false) => {}
            (Some(_), false) => return Err(TransitionError::NotAwarded(index)),
        }
    }
    match (given.contains(&Some(Status::Invalid)), reasons.is_empty()) {
        (true, true) => Err(TransitionError::NoReason),
        (false, false) => Err(TransitionError::NoInvalid),
        (true, false) | (false, true) => Ok(after),
    }
}

/// Returns the levels of an identification whose process changes: a level that the new process does not award
/// becomes `NotSupported`, and one that only the new process awards becomes `Started`.
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

/// Returns whether a level may have these reasons: an invalid level has at least one, others have none.
#[must_use]
pub fn may_have(status: Status, reasons: Option<&Reasons>) -> bool {
    match reasons {
        Some(reasons) => status == Status::Invalid && !reasons.0.is_empty(),
        None => status != Status::Invalid,
    }
}

#[cfg(test)]
mod tests;
