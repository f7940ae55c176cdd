//! Heartbeats of the background workers: the timer, and the webhook worker.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Time without a heartbeat after which a worker counts as stalled. Workers poll more than once a second.
const STANDS_STILL_AFTER: Duration = Duration::from_secs(15);

/// When each worker last finished a poll. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Heartbeat(Arc<Mutex<BTreeMap<&'static str, Instant>>>);

impl Heartbeat {
    /// Records a heartbeat. The first one registers the worker.
    pub fn beat(&self, worker: &'static str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(worker, Instant::now());
    }

    /// The stalled workers, and since when.
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
    fn a_worker_is_stalled_from_a_while_after_its_last_heartbeat_until_the_next() {
        let heartbeat = Heartbeat::default();
        assert!(heartbeat.still_for(Duration::ZERO).is_empty());
        heartbeat.beat("timer");
        assert!(heartbeat.still_for(Duration::from_mins(1)).is_empty());
        std::thread::sleep(Duration::from_millis(5));
        let still = heartbeat.still_for(Duration::from_millis(1));
        assert_eq!(still.iter().map(|(worker, _)| *worker).collect::<Vec<_>>(), ["timer"]);
    }
}
