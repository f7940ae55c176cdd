//! The clocks of projects. A Sandbox project's can be ahead of the machine's; time never goes back.

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
    clock::Clock,
    db::{PgListener, Store},
};

/// Tells what time it is in a project.
#[derive(Clone, Debug)]
pub struct Clocks {
    machine: Clock,
    /// By how much the clocks of Sandbox projects are ahead, as far as this server knows: what it moves itself at once,
    /// what others move as soon as it hears of it, or else when it reads the project again, with the credentials.
    ahead: Arc<RwLock<HashMap<Uuid, Arc<AtomicI64>>>>,
    /// Who moves a clock waits for nobody: two who move the same get in each other's way.
    turns: Arc<RwLock<HashMap<Uuid, Arc<Mutex<()>>>>>,
}

impl Clocks {
    /// Every project's clock is as its row says.
    #[must_use]
    pub fn new(machine: Clock) -> Self {
        Self { machine, ahead: Arc::default(), turns: Arc::default() }
    }

    /// The clock of a project.
    #[must_use]
    pub fn of(&self, project: &project::Model) -> Clock {
        match project.mode {
            Mode::Live => self.machine.clone(),
            Mode::Sandbox => self.machine.ahead_by(&self.known(project.id, project.clock_ahead)),
        }
    }

    /// The clock of a project whose row says that it is ahead by so many milliseconds.
    #[must_use]
    pub fn ahead(&self, project: Uuid, milliseconds: i64) -> Clock {
        // Nobody has moved it, or it is none that can be moved.
        if milliseconds == 0 {
            return self.machine.clone();
        }
        self.machine.ahead_by(&self.known(project, milliseconds))
    }

    fn known(&self, project: Uuid, milliseconds: i64) -> Arc<AtomicI64> {
        let known = self.ahead.read().unwrap_or_else(PoisonError::into_inner).get(&project).cloned();
        let known = known.unwrap_or_else(|| {
            self.ahead.write().unwrap_or_else(PoisonError::into_inner).entry(project).or_default().clone()
        });
        // What was read may be older than what is known.
        known.fetch_max(milliseconds, Ordering::Relaxed);
        known
    }

    /// Held by whoever moves a project's clock on this server.
    #[must_use]
    pub fn turn(&self, project: Uuid) -> Arc<Mutex<()>> {
        self.turns.write().unwrap_or_else(PoisonError::into_inner).entry(project).or_default().clone()
    }

    /// A project's clock is ahead by so much from now on.
    pub fn moved(&self, project: Uuid, milliseconds: i64) {
        self.known(project, milliseconds);
    }

    /// Follows other servers that move clocks, where they can be heard, until what it gives is dropped.
    #[must_use]
    pub fn follow(&self, store: &Store) -> Option<Following> {
        let something_moved = Arc::new(Notify::new());
        let heard = something_moved.clone();
        let hints = store.listen_for_clocks(move || heard.notify_one())?;
        let (clocks, store) = (self.clone(), store.clone());
        let reading = tokio::spawn(async move {
            loop {
                something_moved.notified().await;
                match store::clocks_ahead(&store).await {
                    Ok(ahead) => ahead.into_iter().for_each(|(project, by)| clocks.moved(project, by)),
                    // They are read with the credentials all the same.
                    Err(error) => tracing::debug!(fault = error.fault(), "clocks cannot be read: {error}"),
                }
            }
        });
        Some(Following { reading, _hints: hints })
    }
}

/// Follows other servers that move clocks, until it is dropped.
#[derive(Debug)]
pub struct Following {
    reading: JoinHandle<()>,
    _hints: PgListener,
}

impl Drop for Following {
    fn drop(&mut self) {
        self.reading.abort();
    }
}
