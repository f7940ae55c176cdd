//! How many searches run: one at a time for each caller, and a number in a minute for each project.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use entity::Timestamp;
use uuid::Uuid;

use crate::{Code, Error, Result, auth::Caller};

/// Searches of a project in a minute.
const IN_A_MINUTE: u64 = 60;
const MINUTE: i64 = 60 * 1000;

/// The searches that run, and those of the present minute. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Searches(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    running: HashSet<Uuid>,
    /// The minute, and the number of searches of each project in it.
    minute: i64,
    counts: HashMap<Uuid, u64>,
}

/// A search that runs. Dropping it ends it.
#[derive(Debug)]
pub struct SearchPermit {
    searches: Searches,
    actor: Uuid,
}

impl Searches {
    /// Starts a search of a caller.
    ///
    /// # Errors
    ///
    /// [`Error::Limit`] while another of its searches runs, or when its project has searched too often.
    pub fn start(&self, caller: &Caller, now: Timestamp) -> Result<SearchPermit> {
        let (actor, project) = (caller.actor_id(), caller.project_id());
        let mut state = self.state();
        let limit = |what: &str, limit| Error::Limit {
            what: what.to_owned(),
            limit,
            setting: "name_scan_users",
            code: Code::Overloaded,
        };
        if state.running.contains(&actor) {
            return Err(limit("a search of this caller is running", 1));
        }
        let minute = now.0.div_euclid(MINUTE);
        if state.minute != minute {
            state.minute = minute;
            state.counts.clear();
        }
        let count = state.counts.entry(project).or_default();
        if *count >= IN_A_MINUTE {
            return Err(limit("the project has searched too often in this minute", IN_A_MINUTE));
        }
        *count += 1;
        state.running.insert(actor);
        drop(state);
        Ok(SearchPermit { searches: self.clone(), actor })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for SearchPermit {
    fn drop(&mut self) {
        self.searches.state().running.remove(&self.actor);
    }
}
