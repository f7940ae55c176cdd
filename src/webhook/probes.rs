use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use entity::Timestamp;
use uuid::Uuid;

const MINUTE: i64 = 60;

/// Number of projects above which counts of earlier minutes are dropped.
const KEPT: usize = 1024;

/// Counts each project's probes in its latest minute. A probe is sent at once and waited for, so unlimited
/// probes could be used to flood an endpoint. Each project has its own count: no other project's clock resets
/// it.
#[derive(Clone, Debug, Default)]
pub struct Probes(Arc<Mutex<HashMap<Uuid, Counted>>>);

#[derive(Clone, Copy, Debug)]
struct Counted {
    minute: i64,
    probes: u64,
}

impl Probes {
    /// Counts a probe.
    ///
    /// # Errors
    ///
    /// The seconds until the next minute begins, if this minute's limit is reached.
    pub fn count(&self, project: Uuid, now: Timestamp, most: u64) -> Result<(), i64> {
        let minute = now.seconds().div_euclid(MINUTE);
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() >= KEPT {
            counted.retain(|_, counted| counted.minute >= minute);
        }
        let counted = counted.entry(project).or_insert(Counted { minute, probes: 0 });
        if counted.minute < minute {
            *counted = Counted { minute, probes: 0 };
        }
        if counted.probes >= most {
            return Err(MINUTE - now.seconds().rem_euclid(MINUTE));
        }
        counted.probes += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probes_of_a_project_are_limited_per_minute() {
        let probes = Probes::default();
        let at = |seconds: i64| Timestamp(seconds * 1000);
        let [one, other] = [1, 2].map(Uuid::from_u128);
        assert_eq!([(); 3].map(|()| probes.count(one, at(120), 2)), [Ok(()), Ok(()), Err(60)]);
        assert_eq!(probes.count(one, at(179), 2), Err(1));
        assert_eq!(probes.count(other, at(179), 2), Ok(()));
        // Another project's next minute does not affect this one.
        assert_eq!(probes.count(other, at(180), 2), Ok(()));
        assert_eq!(probes.count(one, at(179), 2), Err(1));
        assert_eq!(probes.count(one, at(180), 2), Ok(()));
        assert_eq!(probes.count(one, at(180), 0), Err(60));
    }
}
