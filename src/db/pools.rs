//! Sizes and time limits of the connection pools.

use std::time::Duration;

use super::dialect::Dialect;

/// How much longer than PostgreSQL's statement limit the client waits for an answer.
const ON_THE_WAY: Duration = Duration::from_secs(1);

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
