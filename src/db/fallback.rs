//! Runs the statements of a replica on the primary while the replica is away.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use sea_orm::DbErr;
use tokio::sync::{Notify, watch};

use super::{
    connection::Connection,
    failure::is_of_replica,
    lease::{Ran, Run},
};

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
    async fn lost(&self) {
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

/// Where the statements of a replica run while it is away.
#[derive(Clone)]
pub(super) struct Fallback {
    primary: Arc<Connection>,
    link: Arc<Link>,
}

impl Fallback {
    pub fn new(primary: Connection, link: Arc<Link>) -> Self {
        Self { primary: Arc::new(primary), link }
    }

    pub fn primary(&self) -> &Connection {
        &self.primary
    }

    /// Runs a statement on the replica, or on the primary if the replica is away or gives up. A read may run
    /// twice.
    pub async fn run(&self, replica: &Connection, run: Run<'_>) -> Result<Ran, DbErr> {
        if !self.link.is_usable() {
            return self.primary.run(run).await;
        }
        // The check has a short time limit; a statement on a replica that vanished would wait for its own.
        let ran = tokio::select! {
            ran = replica.run_here(run) => ran,
            () = self.link.lost() => return self.primary.run(run).await,
        };
        match ran {
            Err(error) if is_of_replica(&error) => {
                self.link.raise_doubt();
                self.primary.run(run).await
            }
            ran => ran,
        }
    }
}
