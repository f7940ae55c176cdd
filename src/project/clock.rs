//! The clocks of projects. A sandbox project's clock can be ahead of the machine's; time never goes back.

use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicI64, Ordering},
    },
};

use entity::project::{self, Mode};
use tokio::{
    sync::{Mutex, Notify},
    task::JoinHandle,
};
use uuid::Uuid;

use super::store;
use crate::{
    Result,
    clock::Clock,
    db::{PgListener, Store},
};

/// Returns the current time of projects.
#[derive(Clone, Debug)]
pub struct Clocks {
    machine: Clock,
    /// By how much the clocks of sandbox projects are ahead, as far as this server knows. Its own changes
    /// apply at once; those of other servers when their notification arrives, or else when the project is
    /// read again with the credentials.
    ahead: Arc<RwLock<HashMap<Uuid, Arc<AtomicI64>>>>,
    /// Locks out concurrent changes of the same clock, which would interfere with each other. Different
    /// clocks do not wait.
    turns: Arc<RwLock<HashMap<Uuid, Arc<Mutex<()>>>>>,
}

impl Clocks {
    /// Creates the clocks; every offset is as in the project's row.
    #[must_use]
    pub fn new(machine: Clock) -> Self {
        Self { machine, ahead: Arc::default(), turns: Arc::default() }
    }

    /// Returns the clock of a project.
    #[must_use]
    pub fn of(&self, project: &project::Model) -> Clock {
        match project.mode {
            Mode::Live => self.machine.clone(),
            Mode::Sandbox => self.machine.ahead_by(&self.known(project.id, project.clock_ahead)),
        }
    }

    /// Returns the clock of a project whose row has this offset, in milliseconds.
    #[must_use]
    pub fn ahead(&self, project: Uuid, milliseconds: i64) -> Clock {
        // The clock was never moved, or cannot be moved.
        if milliseconds == 0 {
            return self.machine.clone();
        }
        self.machine.ahead_by(&self.known(project, milliseconds))
    }

    /// Returns the clock of a project, for code that has no caller with the project's row.
    ///
    /// # Errors
    ///
    /// When the database fails, or the project does not exist.
    pub async fn read(&self, store: &Store, project: Uuid) -> Result<Clock> {
        Ok(self.ahead(project, super::store::clock_ahead(store, project).await?))
    }

    fn known(&self, project: Uuid, milliseconds: i64) -> Arc<AtomicI64> {
        let known = self.ahead.read().unwrap_or_else(PoisonError::into_inner).get(&project).cloned();
        let known = known.unwrap_or_else(|| {
            self.ahead.write().unwrap_or_else(PoisonError::into_inner).entry(project).or_default().clone()
        });
        // The row may be older than the known offset.
        known.fetch_max(milliseconds, Ordering::Relaxed);
        known
    }

    /// Returns the lock to hold while changing a project's clock on this server.
    #[must_use]
    pub fn turn(&self, project: Uuid) -> Arc<Mutex<()>> {
        self.turns.write().unwrap_or_else(PoisonError::into_inner).entry(project).or_default().clone()
    }

    /// Sets by how much a project's clock is ahead from now on.
    pub fn moved(&self, project: Uuid, milliseconds: i64) {
        self.known(project, milliseconds);
    }

    /// Follows clock changes of other servers, if notifications are available, until the returned value is
    /// dropped.
    #[must_use]
    pub fn follow(&self, store: &Store) -> Option<Following> {
        let something_moved = Arc::new(Notify::new());
        let notify = something_moved.clone();
        let listener = store.listen_for_clocks(move || notify.notify_one())?;
        let (clocks, store) = (self.clone(), store.clone());
        let reading = tokio::spawn(async move {
            loop {
                something_moved.notified().await;
                match store::clocks_ahead(&store).await {
                    Ok(ahead) => ahead.into_iter().for_each(|(project, by)| clocks.moved(project, by)),
                    // The offsets are also read with the credentials.
                    Err(error) => tracing::debug!(fault = error.fault(), "failed to read clocks: {error}"),
                }
            }
        });
        Some(Following { reading, _listener: listener })
    }
}

/// Follows clock changes of other servers until it is dropped.
#[derive(Debug)]
pub struct Following {
    reading: JoinHandle<()>,
    _listener: PgListener,
}

impl Drop for Following {
    fn drop(&mut self) {
        self.reading.abort();
    }
}
