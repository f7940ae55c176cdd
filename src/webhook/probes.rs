use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use entity::Timestamp;
use uuid::Uuid;

const MINUTE: i64 = 60;

/// How often projects have had endpoints probed in the minute that it is: a probe is sent at once and waited for, so it
/// could be used to send many requests somewhere.
#[derive(Clone, Debug, Default)]
pub struct Probes(Arc<Mutex<Counted>>);

#[derive(Debug, Default)]
struct Counted {
    minute: i64,
    of_projects: HashMap<Uuid, u64>,
}

impl Probes {
    /// Counts a probe.
    ///
    /// # Errors
    ///
    /// Seconds until the next minute begins, when there were as many in this one as there may be.
    pub fn count(&self, project: Uuid, now: Timestamp, most: u64) -> Result<(), i64> {
        let minute = now.seconds().div_euclid(MINUTE);
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.minute != minute {
            *counted = Counted { minute, of_projects: HashMap::new() };
        }
        let count = counted.of_projects.entry(project).or_default();
        if *count >= most {
            return Err(MINUTE - now.seconds().rem_euclid(MINUTE));
        }
        *count += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_has_so_many_probes_of_each_project() {
        let probes = Probes::default();
        let at = |seconds: i64| Timestamp(seconds * 1000);
        let [one, other] = [1, 2].map(Uuid::from_u128);
        assert_eq!([(); 3].map(|()| probes.count(one, at(120), 2)), [Ok(()), Ok(()), Err(60)]);
        assert_eq!(probes.count(one, at(179), 2), Err(1));
        assert_eq!(probes.count(other, at(179), 2), Ok(()));
        assert_eq!(probes.count(one, at(180), 2), Ok(()));
        assert_eq!(probes.count(one, at(180), 0), Err(60));
    }
}
