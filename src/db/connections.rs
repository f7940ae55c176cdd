//! Connections that stay outside of the driver's pool between leases.
//!
//! The driver's pool checks each connection with a round trip when it is returned, which costs as much as a small
//! statement, and it cannot store what belongs to a connection. [`super::lease`] knows whether a connection is clean.

use std::{
    collections::VecDeque,
    fmt, mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use futures_util::future::BoxFuture;
use sqlx::pool::PoolConnection;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// What differs between the connections of the two databases.
pub(super) trait ConnectionKind: Send + Sync + Sized + 'static {
    type Database: sqlx::Database;
    /// What belongs to a connection.
    type State: Send + 'static;

    /// Prepares a new connection.
    fn prepare(
        connection: &mut PoolConnection<Self::Database>,
    ) -> BoxFuture<'_, Result<Self::State, sqlx::Error>>;

    /// Whether a connection that was idle for this time may be leased.
    fn is_usable<'a>(
        &'a self,
        connection: &'a mut IdleConnection<Self>,
        idle: Duration,
    ) -> BoxFuture<'a, bool>;
}

/// A connection without work.
pub(super) struct IdleConnection<K: ConnectionKind> {
    pub connection: PoolConnection<K::Database>,
    pub state: K::State,
    opened_at: Instant,
    idle_since: Instant,
}

/// A connection that is being checked. Unless the check succeeds, its socket is closed, also if the caller leaves
/// during the check: the driver's pool would wait without limit for a server that does not answer.
struct Checked<K: ConnectionKind>(Option<IdleConnection<K>>);

impl<K: ConnectionKind> Drop for Checked<K> {
    fn drop(&mut self) {
        if let Some(idle) = self.0.take() {
            drop(idle.connection.detach());
        }
    }
}

/// A leased connection.
pub(super) struct LeasedConnection<K: ConnectionKind> {
    pub connection: PoolConnection<K::Database>,
    pub state: K::State,
    opened_at: Instant,
    permit: OwnedSemaphorePermit,
    home: Connections<K>,
}

/// A pool of connections to one database. Cheap to clone.
pub(super) struct Connections<K: ConnectionKind>(Arc<Parts<K>>);

struct Parts<K: ConnectionKind> {
    kind: K,
    pool: sqlx::Pool<K::Database>,
    wait: Duration,
    /// One permit for each connection that the pool may have. Waiters are served in order.
    permits: Arc<Semaphore>,
    /// The connection that was used last is at the back.
    idle: Mutex<VecDeque<IdleConnection<K>>>,
}

impl<K: ConnectionKind> Clone for Connections<K> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<K: ConnectionKind> fmt::Debug for Connections<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Connections").field(&self.0.pool).finish()
    }
}

impl<K: ConnectionKind> Connections<K> {
    pub fn new(kind: K, pool: sqlx::Pool<K::Database>) -> Self {
        let permits = usize::try_from(pool.options().get_max_connections()).unwrap_or(Semaphore::MAX_PERMITS);
        let wait = pool.options().get_acquire_timeout();
        let permits = Arc::new(Semaphore::new(permits.min(Semaphore::MAX_PERMITS)));
        Self(Arc::new(Parts { kind, pool, wait, permits, idle: Mutex::default() }))
    }

    /// Returns a connection as soon as one is free.
    pub async fn acquire(&self) -> Result<LeasedConnection<K>, sqlx::Error> {
        let acquired = timeout(self.0.wait, self.acquire_in_turn()).await;
        acquired.unwrap_or(Err(sqlx::Error::PoolTimedOut))
    }

    async fn acquire_in_turn(&self) -> Result<LeasedConnection<K>, sqlx::Error> {
        let permit = self.0.permits.clone().acquire_owned().await.map_err(|_| sqlx::Error::PoolClosed)?;
        let IdleConnection { connection, state, opened_at, .. } = match self.usable().await {
            Some(idle) => idle,
            None => self.open().await?,
        };
        Ok(LeasedConnection { connection, state, opened_at, permit, home: self.clone() })
    }

    /// The connection that was used last, if there is one that still works.
    async fn usable(&self) -> Option<IdleConnection<K>> {
        loop {
            let mut checked = Checked(self.idle().pop_back());
            let idle = checked.0.as_mut()?;
            let idle_for = idle.idle_since.elapsed();
            if self.0.kind.is_usable(idle, idle_for).await {
                return checked.0.take();
            }
        }
    }

    async fn open(&self) -> Result<IdleConnection<K>, sqlx::Error> {
        let mut connection = self.0.pool.acquire().await?;
        let state = K::prepare(&mut connection).await?;
        let now = Instant::now();
        Ok(IdleConnection { connection, state, opened_at: now, idle_since: now })
    }

    fn idle(&self) -> MutexGuard<'_, VecDeque<IdleConnection<K>>> {
        self.0.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of connections that it opens at most.
    pub fn most(&self) -> u32 {
        self.0.pool.options().get_max_connections()
    }

    /// Returns the driver's pool, with every idle connection in it.
    pub fn pool(&self) -> &sqlx::Pool<K::Database> {
        let idle = mem::take(&mut *self.idle());
        drop(idle);
        &self.0.pool
    }

    /// Returns the options that connections are opened with.
    pub fn options(&self) -> Arc<<<K::Database as sqlx::Database>::Connection as sqlx::Connection>::Options> {
        self.0.pool.connect_options()
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

    /// Whether a connection is older than the pool's limit.
    fn is_old(&self, opened_at: Instant) -> bool {
        let most = self.0.pool.options().get_max_lifetime();
        most.is_some_and(|most| opened_at.elapsed() >= most)
    }

    /// Whether a connection has been idle for longer than the pool's limit.
    fn is_spare(&self, idle_since: Instant) -> bool {
        let most = self.0.pool.options().get_idle_timeout();
        most.is_some_and(|most| idle_since.elapsed() >= most)
    }
}

impl<K: ConnectionKind> LeasedConnection<K> {
    /// Returns the connection to the pool.
    pub fn release(self) {
        let Self { mut connection, state, opened_at, permit, home } = self;
        let mut closed = Vec::new();
        if home.is_old(opened_at) {
            connection.close_on_drop();
            closed.push(connection);
        } else {
            let mut idle = home.idle();
            while let Some(mut spare) = idle.pop_front_if(|spare| home.is_spare(spare.idle_since)) {
                spare.connection.close_on_drop();
                closed.push(spare.connection);
            }
            if home.is_closed() {
                closed.push(connection);
            } else {
                idle.push_back(IdleConnection { connection, state, opened_at, idle_since: Instant::now() });
            }
        }
        drop(closed);
        // Release the permit last, so that the next waiter finds the connection idle.
        drop(permit);
    }
}
