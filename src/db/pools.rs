//! Sizes and time limits of the pools of connections.

use std::time::Duration;

use super::dialect::Dialect;

/// How much longer an answer of PostgreSQL is waited for than it may work on the statement.
const ON_THE_WAY: Duration = Duration::from_secs(1);

/// How the pools are sized and how long they may take.
#[derive(Clone, Copy, Debug)]
pub struct Pools {
    /// Connections to PostgreSQL, or readers of `SQLite`, which has one writer.
    pub connections: u32,
    /// How long a request waits for a connection.
    pub wait: Duration,
    /// How long a statement may take. Zero: no limit.
    pub statement: Duration,
}

impl Pools {
    /// How long the answer to a statement is waited for.
    pub(super) fn limit(&self, dialect: Dialect) -> Option<Duration> {
        let on_the_way = match dialect {
            Dialect::Sqlite => Duration::ZERO,
            Dialect::Postgres => ON_THE_WAY,
        };
        (!self.statement.is_zero()).then(|| self.statement + on_the_way)
    }
}
