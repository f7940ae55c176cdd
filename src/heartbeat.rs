//! Signs of life of what works by itself: the timer, and the worker that sends webhooks.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How long a worker may go without a sign of life. Workers look for work more than once a second.
const STANDS_STILL_AFTER: Duration = Duration::from_secs(15);

/// When each worker last finished a look for work. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Heartbeat(Arc<Mutex<BTreeMap<&'static str, Instant>>>);

impl Heartbeat {
    /// A sign of life. The first one says that there is such a worker.
    pub fn beat(&self, worker: &'static str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(worker, Instant::now());
    }

    /// The workers that stand still, and for how long they have.
    #[must_use]
    pub fn standing_still(&self) -> Vec<(&'static str, Duration)> {
        self.still_for(STANDS_STILL_AFTER)
    }

    fn still_for(&self, long: Duration) -> Vec<(&'static str, Duration)> {
        let beats = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let still = beats.iter().map(|(worker, beat)| (*worker, beat.elapsed()));
        still.filter(|(_, since)| *since > long).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_stands_still_from_some_time_after_its_last_sign_of_life_until_the_next() {
        let pulse = Heartbeat::default();
        assert!(pulse.still_for(Duration::ZERO).is_empty());
        pulse.beat("timer");
        assert!(pulse.still_for(Duration::from_mins(1)).is_empty());
        std::thread::sleep(Duration::from_millis(5));
        let still = pulse.still_for(Duration::from_millis(1));
        assert_eq!(still.iter().map(|(worker, _)| *worker).collect::<Vec<_>>(), ["timer"]);
    }
}
