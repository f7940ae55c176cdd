//! Sizes and time limits of the connection pools.

use std::time::Duration;

use sqlx::{Connection as _, postgres::PgPoolOptions};

use super::{dialect::Dialect, lease::ConnectionDoubt};

/// How much longer than PostgreSQL's statement limit the client waits for an answer.
const ON_THE_WAY: Duration = Duration::from_secs(1);

/// Idle time after which a connection is tested before its next use.
const TRY_AFTER_IDLE: Duration = Duration::from_secs(5);
/// Time limit of that test. If it fails, another connection is opened instead.
const TRY_FOR: Duration = Duration::from_millis(500);

/// Sizes and time limits of the pools.
#[derive(Clone, Copy, Debug)]
pub struct Pools {
    /// Number of connections to PostgreSQL, or of readers of `SQLite`, which has one writer.
    pub connections: u32,
    /// How long a request waits for a connection.
    pub wait: Duration,
    /// Time limit of a statement. Zero: no limit.
    pub statement: Duration,
}

impl Pools {
    /// How long the client waits for the answer to a statement.
    pub(super) fn limit(&self, dialect: Dialect) -> Option<Duration> {
        let on_the_way = match dialect {
            Dialect::Sqlite => Duration::ZERO,
            Dialect::Postgres => ON_THE_WAY,
        };
        (!self.statement.is_zero()).then(|| self.statement + on_the_way)
    }
}

/// A pool that tests idle connections before it lends them.
pub(super) fn pool_options(pools: Pools, doubt: &ConnectionDoubt) -> PgPoolOptions {
    let in_doubt = doubt.clone();
    PgPoolOptions::new()
        .max_connections(pools.connections)
        .acquire_timeout(pools.wait)
        .test_before_acquire(false)
        // An idle connection may have died with its server. A connection in use has just answered, and a
        // round trip before each statement would double the cost of the small ones.
        .before_acquire(move |connection, meta| {
            let is_sure = meta.idle_for < TRY_AFTER_IDLE && !in_doubt.is_about(meta.idle_for);
            Box::pin(async move {
                let answers = async { tokio::time::timeout(TRY_FOR, connection.ping()).await };
                Ok(is_sure || matches!(answers.await, Ok(Ok(()))))
            })
        })
}
