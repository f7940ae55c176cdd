//! Time-driven changes of an identification, and their times. Pure functions.

use entity::{Timestamp, identification::Process};

use super::rules::{Cause, Levels, moved};

/// Returns the time limit of a process in seconds, after which levels that have only started expire.
#[must_use]
pub const fn time_limit(process: Process) -> i64 {
    match process {
        Process::Expert => 24 * 60 * 60,
        Process::Qes => 2 * 60 * 60,
        Process::Pvid => 15 * 60,
    }
}

/// The time-driven state of an identification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExpiryTask {
    pub process: Process,
    pub created_at: Timestamp,
    pub levels: Levels,
    /// The expiry of the valid levels, in the same order; `None`: no expiry.
    pub valid_until: [Option<Timestamp>; 3],
}

impl ExpiryTask {
    /// Returns the time and cause of a level's next time-driven change. `None`: none.
    fn end(&self, index: usize) -> Option<(Timestamp, Cause)> {
        let level = self.levels[index];
        if moved(level, Cause::RunOut).is_some() {
            return Some((self.created_at.plus_seconds(time_limit(self.process)), Cause::RunOut));
        }
        moved(level, Cause::Lapse)?;
        Some((self.valid_until[index]?, Cause::Lapse))
    }

    /// Returns the time of the next time-driven change of any level. `None`: none.
    #[must_use]
    pub fn due_at(&self) -> Option<Timestamp> {
        (0..3).filter_map(|index| self.end(index)).map(|(at, _)| at).min()
    }

    /// Returns the levels after all changes that are due at `now`.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Levels {
        let mut after = self.levels;
        for (index, level) in after.iter_mut().enumerate() {
            if let Some((at, cause)) = self.end(index)
                && at <= now
            {
                *level = moved(*level, cause).unwrap_or(*level);
            }
        }
        after
    }
}

#[cfg(test)]
mod tests {
    use entity::identification::Status::{Expired, NotSupported, Pending, Started, Valid};

    use super::super::rules::levels;
    use super::*;

    #[test]
    fn a_started_level_expires_after_its_process_time_and_a_valid_one_at_the_end_of_its_validity() {
        let at = |seconds| Timestamp(0).plus_seconds(seconds);
        for (process, time_limit) in [(Process::Expert, 86_400), (Process::Qes, 7_200), (Process::Pvid, 900)]
        {
            let started = levels(process, Started);
            let task = ExpiryTask { process, created_at: at(0), levels: started, valid_until: [None; 3] };
            assert_eq!(task.due_at(), Some(at(time_limit)));
            assert_eq!(task.at(at(time_limit - 1)), started);
            assert_eq!(task.at(at(time_limit)), levels(process, Expired));
            let pending = ExpiryTask { levels: levels(process, Pending), ..task };
            assert_eq!((pending.due_at(), pending.at(at(1 << 40))), (None, pending.levels));
        }
        let valid_until = [Some(at(20)), Some(at(10)), None];
        let valid = levels(Process::Qes, Valid);
        let task = ExpiryTask { process: Process::Qes, created_at: at(0), levels: valid, valid_until };
        assert_eq!(task.due_at(), Some(at(10)));
        assert_eq!(task.at(at(9)), valid);
        assert_eq!(task.at(at(10)), [Valid, Expired, NotSupported]);
        assert_eq!(ExpiryTask { levels: task.at(at(10)), ..task }.due_at(), Some(at(20)));
        assert_eq!(task.at(at(20)), levels(Process::Qes, Expired));
        assert_eq!(ExpiryTask { valid_until: [None; 3], ..task }.due_at(), None);
    }
}
