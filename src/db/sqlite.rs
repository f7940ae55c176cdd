//! Connections to `SQLite`. Each has a deadline that interrupts its statement on the thread that runs it:
//! dropping the future does not stop that thread, which would keep its lock or its snapshot for as long as
//! the statement runs.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use futures_util::{FutureExt, future::BoxFuture};
use sqlx::{Sqlite, pool::PoolConnection};

use super::connections::{ConnectionKind, Connections, IdleConnection, LeasedConnection};

/// Number of virtual machine instructions of `SQLite` between two checks of the deadline: a fraction of a
/// millisecond.
const CHECK_EVERY: i32 = 4_000;
/// No deadline.
const NEVER: u64 = u64::MAX;

/// Time at which the statement of a connection is interrupted.
#[derive(Clone)]
pub(super) struct Deadline(Arc<Shared>);

struct Shared {
    epoch: Instant,
    /// Microseconds since the Unix epoch.
    at: AtomicU64,
}

impl Deadline {
    fn new() -> Self {
        Self(Arc::new(Shared { epoch: Instant::now(), at: AtomicU64::new(NEVER) }))
    }

    fn set(&self, limit: Duration) {
        let at = self.0.epoch.elapsed().saturating_add(limit).as_micros();
        self.0.at.store(u64::try_from(at).unwrap_or(NEVER), Ordering::Relaxed);
    }

    fn clear(&self) {
        self.0.at.store(NEVER, Ordering::Relaxed);
    }

    fn is_over(&self) -> bool {
        let at = self.0.at.load(Ordering::Relaxed);
        at != NEVER && self.0.epoch.elapsed().as_micros() >= u128::from(at)
    }
}

/// Connections to one file, each with its deadline.
pub(super) struct SqliteKind;

/// A pool of connections to one file.
pub(super) type SqliteConnections = Connections<SqliteKind>;

/// A leased connection.
pub(super) type SqliteConnection = LeasedConnection<SqliteKind>;

impl ConnectionKind for SqliteKind {
    type Database = Sqlite;
    type State = Deadline;

    fn prepare(connection: &mut PoolConnection<Sqlite>) -> BoxFuture<'_, Result<Deadline, sqlx::Error>> {
        async move {
            let deadline = Deadline::new();
            let watched = deadline.clone();
            connection.lock_handle().await?.set_progress_handler(CHECK_EVERY, move || !watched.is_over());
            Ok(deadline)
        }
        .boxed()
    }

    fn is_usable<'a>(&'a self, _: &'a mut IdleConnection<Self>, _: Duration) -> BoxFuture<'a, bool> {
        std::future::ready(true).boxed()
    }
}

impl SqliteConnection {
    /// Interrupts the connection's statement after this time.
    pub fn interrupt_after(&self, limit: Duration) {
        self.state.set(limit);
    }

    /// Removes the deadline: statements from now on run to their end.
    pub fn interrupt_never(&self) {
        self.state.clear();
    }

    /// Interrupts the connection's statement and closes the connection.
    pub fn close(mut self) {
        self.state.set(Duration::ZERO);
        self.connection.close_on_drop();
    }
}
