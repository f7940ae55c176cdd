//! The clocks of projects. A Sandbox project's can be ahead of the machine's; time never goes back.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use entity::project;
use uuid::Uuid;

use crate::clock::Clock;

/// Tells what time it is in a project.
#[derive(Clone, Debug)]
pub struct Clocks {
    machine: Clock,
    /// What this server has moved itself: known at once, whatever it has read of the project before. Other servers follow
    /// when they read the project again, with the credentials.
    moved: Arc<RwLock<HashMap<Uuid, i64>>>,
}

impl Clocks {
    /// Every project's clock is as its row says.
    #[must_use]
    pub fn new(machine: Clock) -> Self {
        Self { machine, moved: Arc::default() }
    }

    /// The clock of a project.
    #[must_use]
    pub fn of(&self, project: &project::Model) -> Clock {
        self.ahead(project.id, project.clock_ahead)
    }

    /// The clock of a project whose row says that it is ahead by so many milliseconds.
    #[must_use]
    pub fn ahead(&self, project: Uuid, milliseconds: i64) -> Clock {
        let moved = self.moved.read().unwrap_or_else(PoisonError::into_inner).get(&project).copied();
        self.machine.ahead_by(moved.unwrap_or_default().max(milliseconds))
    }

    /// A project's clock is ahead by so much from now on.
    pub fn moved(&self, project: Uuid, milliseconds: i64) {
        self.moved.write().unwrap_or_else(PoisonError::into_inner).insert(project, milliseconds);
    }
}
