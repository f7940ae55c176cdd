//! What the check of a replica has found last.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use tokio::sync::{Notify, watch};

/// What the check of a replica has found last. Every store that reads from the replica sees it.
#[derive(Debug)]
pub(super) struct Link {
    is_usable: watch::Sender<bool>,
    /// The replica has all changes from before this time.
    complete_until: Mutex<Option<Instant>>,
    /// Makes the next check run at once.
    doubt: Notify,
}

impl Link {
    /// A replica that has not been checked yet.
    pub fn new() -> Self {
        let (is_usable, complete_until) = (watch::Sender::new(false), Mutex::default());
        Self { is_usable, complete_until, doubt: Notify::new() }
    }

    /// Whether the last check succeeded.
    pub fn is_usable(&self) -> bool {
        *self.is_usable.borrow()
    }

    /// Records the result of a check. Statements that wait for a replica that is away move on.
    pub fn set_usable(&self, is_usable: bool) {
        self.is_usable.send_if_modified(|was| std::mem::replace(was, is_usable) != is_usable);
        if !is_usable {
            *self.complete_until.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }

    /// Records that the replica has all changes from before this time.
    pub fn set_complete_until(&self, time: Instant) {
        *self.complete_until.lock().unwrap_or_else(PoisonError::into_inner) = Some(time);
    }

    /// By how much the replica lags behind at most. `None` if that is not known.
    pub fn lag(&self) -> Option<Duration> {
        let complete_until = *self.complete_until.lock().unwrap_or_else(PoisonError::into_inner);
        complete_until.map(|time| time.elapsed())
    }

    /// Completes when a check fails.
    pub async fn lost(&self) {
        // The sender lives as long as `self`, so this does not fail.
        let _ = self.is_usable.subscribe().wait_for(|is_usable| !is_usable).await;
    }

    /// Asks for a check at once.
    pub fn raise_doubt(&self) {
        self.doubt.notify_one();
    }

    /// Completes when a check is asked for.
    pub async fn doubted(&self) {
        self.doubt.notified().await;
    }
}
