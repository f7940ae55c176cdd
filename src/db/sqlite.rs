//! Connections to `SQLite`. Each has a deadline that interrupts its statement on the thread that runs it:
//! dropping the future does not stop that thread, which would keep its lock or its snapshot for as long as
//! the statement runs.

use std::{
    fmt, mem,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use sqlx::{Sqlite, pool::PoolConnection};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// Number of virtual machine instructions of `SQLite` between two checks of the deadline: a fraction of a
/// millisecond.
const CHECK_EVERY: i32 = 4_000;
/// No deadline.
const NEVER: u64 = u64::MAX;

/// Time at which the statement of a connection is interrupted.
#[derive(Clone)]
struct Deadline(Arc<Shared>);

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

/// A pool of connections to one file. Cheap to clone.
///
/// The driver's pool cannot store the deadline of a connection, so connections stay outside of it between
/// leases.
#[derive(Clone)]
pub(super) struct SqliteConnections(Arc<Parts>);

struct Parts {
    pool: sqlx::SqlitePool,
    wait: Duration,
    /// One permit for each connection that the pool may have. Waiters are served in order.
    permits: Arc<Semaphore>,
    idle: Mutex<Vec<Idle>>,
}

type Idle = (PoolConnection<Sqlite>, Deadline);

/// A leased connection.
pub(super) struct SqliteConnection {
    pub connection: PoolConnection<Sqlite>,
    deadline: Deadline,
    permit: OwnedSemaphorePermit,
    home: SqliteConnections,
}

impl fmt::Debug for SqliteConnections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SqliteConnections").field(&self.0.pool).finish()
    }
}

impl SqliteConnections {
    pub fn new(pool: sqlx::SqlitePool) -> Self {
        let permits = usize::try_from(pool.options().get_max_connections()).unwrap_or(Semaphore::MAX_PERMITS);
        let wait = pool.options().get_acquire_timeout();
        let permits = Arc::new(Semaphore::new(permits));
        Self(Arc::new(Parts { pool, wait, permits, idle: Mutex::default() }))
    }

    /// Returns a connection as soon as one is free.
    pub async fn acquire(&self) -> Result<SqliteConnection, sqlx::Error> {
        let acquired = timeout(self.0.wait, self.acquire_in_turn()).await;
        acquired.unwrap_or(Err(sqlx::Error::PoolTimedOut))
    }

    async fn acquire_in_turn(&self) -> Result<SqliteConnection, sqlx::Error> {
        let permit = self.0.permits.clone().acquire_owned().await.map_err(|_| sqlx::Error::PoolClosed)?;
        let idle = self.idle().pop();
        let (connection, deadline) = match idle {
            Some(idle) => idle,
            None => self.open().await?,
        };
        Ok(SqliteConnection { connection, deadline, permit, home: self.clone() })
    }

    async fn open(&self) -> Result<Idle, sqlx::Error> {
        let mut connection = self.0.pool.acquire().await?;
        let deadline = Deadline::new();
        let watched = deadline.clone();
        connection.lock_handle().await?.set_progress_handler(CHECK_EVERY, move || !watched.is_over());
        Ok((connection, deadline))
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Idle>> {
        self.0.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the driver's pool, with every idle connection in it.
    pub fn pool(&self) -> &sqlx::SqlitePool {
        let idle = mem::take(&mut *self.idle());
        drop(idle);
        &self.0.pool
    }

    pub fn is_closed(&self) -> bool {
        self.0.pool.is_closed()
    }

    /// Returns whether the pool has reached its maximum number of connections.
    pub fn is_full(&self) -> bool {
        self.0.pool.size() >= self.0.pool.options().get_max_connections()
    }

    /// Waits for the connections in use and closes all connections.
    pub async fn close(&self) {
        // The pool is marked as closed from here on: connections that are released later return to it at
        // once.
        let closed = self.0.pool.close();
        let idle = mem::take(&mut *self.idle());
        drop(idle);
        closed.await;
    }
}

impl SqliteConnection {
    /// Interrupts the connection's statement after this time.
    pub fn interrupt_after(&self, limit: Duration) {
        self.deadline.set(limit);
    }

    /// Removes the deadline: statements from now on run to their end.
    pub fn interrupt_never(&self) {
        self.deadline.clear();
    }

    /// Returns the connection to the pool.
    pub fn release(self) {
        let Self { connection, deadline, permit, home } = self;
        let mut idle = home.idle();
        if !home.is_closed() {
            idle.push((connection, deadline));
        }
        drop(idle);
        // Release the permit last, so that the next waiter finds the connection idle.
        drop(permit);
    }

    /// Interrupts the connection's statement and closes the connection.
    pub fn close(mut self) {
        self.deadline.set(Duration::ZERO);
        self.connection.close_on_drop();
    }
}
