//! Sizes and time limits of the connection pools.

use std::{future::ready, num::NonZero, time::Duration};

use futures_util::{FutureExt, future::BoxFuture};
use sqlx::{Connection as _, PgPool, Postgres, pool::PoolConnection, postgres::PgPoolOptions};
use tokio::time::timeout;

use super::{
    connections::{ConnectionKind, Connections, IdleConnection},
    dialect::Dialect,
    lease::ConnectionDoubt,
};

/// How much longer than PostgreSQL's statement limit the client waits for an answer.
const ON_THE_WAY: Duration = Duration::from_secs(1);

/// Idle time after which a connection is tested before its next use.
const TRY_AFTER_IDLE: Duration = Duration::from_secs(5);
/// Time limit of that test. If it fails, another connection is opened instead.
const TRY_FOR: Duration = Duration::from_millis(500);

/// Readers of `SQLite` on a machine with few processors: slow statements must not keep all of them.
const FEWEST_READERS: u32 = 4;

/// Sizes and time limits of the pools.
#[derive(Clone, Copy, Debug)]
pub struct Pools {
    /// Number of connections to PostgreSQL, or of readers of `SQLite`, which has one writer, at most.
    pub connections: u32,
    /// How long a request waits for a connection.
    pub wait: Duration,
    /// Time limit of a statement. Zero: no limit.
    pub statement: Duration,
}

impl Pools {
    /// Number of readers of `SQLite`. They work on the processors of this machine: more than two for each only wait for one
    /// another, and each has a cache and statements of its own.
    pub(super) fn readers(&self) -> u32 {
        let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
        let useful = u32::try_from(processors).unwrap_or(u32::MAX).saturating_mul(2);
        Ord::min(self.connections, Ord::max(useful, FEWEST_READERS))
    }

    /// How long the client waits for the answer to a statement.
    pub(super) fn limit(&self, dialect: Dialect) -> Option<Duration> {
        let on_the_way = match dialect {
            Dialect::Sqlite => Duration::ZERO,
            Dialect::Postgres => ON_THE_WAY,
        };
        (!self.statement.is_zero()).then(|| self.statement + on_the_way)
    }
}

/// The driver's pool, which only opens connections.
pub(super) fn pool_options(pools: Pools) -> PgPoolOptions {
    PgPoolOptions::new().max_connections(pools.connections).acquire_timeout(pools.wait)
}

/// Connections to PostgreSQL.
pub(super) struct PostgresKind {
    doubt: ConnectionDoubt,
}

/// A pool of connections to PostgreSQL.
pub(super) type PostgresConnections = Connections<PostgresKind>;

impl PostgresConnections {
    pub fn of(pool: PgPool, doubt: &ConnectionDoubt) -> Self {
        Self::new(PostgresKind { doubt: doubt.clone() }, pool)
    }
}

impl ConnectionKind for PostgresKind {
    type Database = Postgres;
    type State = ();

    fn prepare(_: &mut PoolConnection<Postgres>) -> BoxFuture<'_, Result<(), sqlx::Error>> {
        ready(Ok(())).boxed()
    }

    /// An idle connection may have died with its server. A connection in use has just answered, and a round trip
    /// before each statement would double the cost of the small ones.
    fn is_usable<'a>(
        &'a self,
        idle: &'a mut IdleConnection<Self>,
        idle_for: Duration,
    ) -> BoxFuture<'a, bool> {
        if idle_for < TRY_AFTER_IDLE && !self.doubt.is_about(idle_for) {
            return ready(true).boxed();
        }
        async move { matches!(timeout(TRY_FOR, idle.connection.ping()).await, Ok(Ok(()))) }.boxed()
    }
}
