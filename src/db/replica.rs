//! Reads from a streaming replica: which reads may go to it.

use std::{sync::Arc, time::Duration};

use sea_orm::{ConnectionTrait, DbErr, Statement};
use sqlx::postgres::PgConnectOptions;
use tokio::{
    task::JoinHandle,
    time::{Instant, sleep, timeout_at},
};

use super::{
    Store,
    address::DatabaseAddress,
    blocks::Blocks,
    condition::Condition,
    connection::{Connection, Fallback, Pool},
    dialect::Dialect,
    lease::ConnectionDoubt,
    open_error::{OpenError, ReplicaError},
    pools::{Pools, PostgresConnections, pool_options},
    position::Position,
    replica_check::Check,
    replica_link::Link,
};

/// Longest time between two checks of the replica.
const CHECK_EVERY: Duration = Duration::from_millis(500);
/// Shortest time between them.
const CHECK_AT_MOST_EVERY: Duration = Duration::from_millis(10);
/// The first and the longest pause between two looks at the replica's position.
const FIRST_PAUSE: Duration = Duration::from_millis(1);
const LONGEST_PAUSE: Duration = Duration::from_millis(10);
/// Time for the answer to a look, also where the wait has ended.
const ANSWERS_IN: Duration = Duration::from_millis(50);

/// When reads may go to a replica.
#[derive(Clone, Copy, Debug)]
pub struct ReplicaLimits {
    /// How long a read waits for the replica to have the position that it names.
    pub wait: Duration,
    /// By how much the replica may lag behind. `None`: any lag.
    pub max_lag: Option<Duration>,
}

/// A streaming replica of the database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Replica {
    pub(super) connection: Connection,
    parts: Arc<Parts>,
}

#[derive(Debug)]
struct Parts {
    link: Arc<Link>,
    limits: ReplicaLimits,
    check: JoinHandle<()>,
}

impl Drop for Parts {
    fn drop(&mut self) {
        self.check.abort();
    }
}

impl Store {
    /// Adds a replica, and checks it from now on. A replica that is away or was promoted is no error: reads go
    /// to the primary until it is back.
    ///
    /// # Errors
    ///
    /// [`ReplicaError::OtherDatabase`], [`ReplicaError::Embedded`], or an invalid URL.
    pub async fn with_replica(
        mut self,
        address: &DatabaseAddress<'_>,
        pools: Pools,
        limits: ReplicaLimits,
    ) -> Result<Self, OpenError> {
        let (link, mut check, options) = self.check_of(address, pools.statement)?;
        let checked = check.once().await;
        if let Err(error @ ReplicaError::OtherDatabase(_)) = checked {
            return Err(error.into());
        }
        check.report(checked);
        let doubt = ConnectionDoubt::default();
        let pool =
            Pool::Postgres(PostgresConnections::of(pool_options(pools).connect_lazy_with(options), &doubt));
        let limit = pools.limit(Dialect::Postgres);
        let condition = Condition::of_replica(pool.clone(), limit);
        let observer = self.read.observer.clone();
        let connection =
            Connection { pool, limit, doubt, condition, observer, blocks: Blocks::default(), fallback: None };
        // Several checks within the time that it may lag, because a check finds out for how long the replica
        // has been complete.
        let every = limits.max_lag.map_or(CHECK_EVERY, |most| most / 4);
        let check = tokio::spawn(check.run(every.clamp(CHECK_AT_MOST_EVERY, CHECK_EVERY)));
        self.replica = Some(Replica { connection, parts: Arc::new(Parts { link, limits, check }) });
        Ok(self)
    }

    /// Checks once whether an address leads to a replica of this database.
    ///
    /// # Errors
    ///
    /// [`OpenError::Replica`], or an invalid URL.
    pub async fn check_replica(&self, address: &DatabaseAddress<'_>) -> Result<(), OpenError> {
        let (_, mut check, _) = self.check_of(address, Duration::ZERO)?;
        Ok(check.once().await?)
    }

    fn check_of(
        &self,
        address: &DatabaseAddress<'_>,
        statement: Duration,
    ) -> Result<(Arc<Link>, Check, PgConnectOptions), OpenError> {
        let Some(primary) = self.postgres() else { return Err(ReplicaError::Embedded.into()) };
        let options = address.options(statement)?;
        let link = Arc::new(Link::new());
        let primary = primary.options().as_ref().clone();
        let check = Check::new(link.clone(), primary, options.clone(), address.url);
        Ok((link, check, options))
    }

    /// The store for a request that only reads: one that reads from the replica, unless that is away, lags
    /// behind by too much, or does not have the position `after` in time. `None`: reads go to the primary.
    pub async fn for_reading(&self, after: Option<Position>) -> Option<Self> {
        let replica = self.replica.as_ref()?;
        let is_replica = replica.is_ready(after).await;
        let server = if is_replica { "replica" } else { "primary" };
        metrics::counter!("verigraph_reads_total", "server" => server).increment(1);
        is_replica.then(|| {
            let fallback = Some(Fallback::new(self.read.clone(), replica.parts.link.clone()));
            Self { read: Connection { fallback, ..replica.connection.clone() }, ..self.clone() }
        })
    }

    /// The position of the last change, for the answer to a request that has changed something. `None` if
    /// there is no replica to wait for, or if the database does not say.
    pub async fn position(&self) -> Option<Position> {
        self.replica.as_ref()?;
        let sql = "SELECT pg_current_wal_insert_lsn()::text";
        let row = self.write.query_one_raw(Statement::from_string(self.dialect.backend(), sql)).await;
        row.ok()??.try_get_by_index::<String>(0).ok()?.parse().ok()
    }
}

impl Replica {
    /// Whether a read may go to the replica.
    async fn is_ready(&self, after: Option<Position>) -> bool {
        let Parts { link, limits, .. } = &*self.parts;
        let is_fresh = || limits.max_lag.is_none_or(|most| link.lag().is_some_and(|lag| lag <= most));
        if !link.is_usable() || !is_fresh() {
            return false;
        }
        match after {
            Some(position) => self.wait_for(position).await,
            None => true,
        }
    }

    /// Waits until the replica has replayed the log up to a position. Returns whether it has in time.
    async fn wait_for(&self, position: Position) -> bool {
        let end = Instant::now() + self.parts.limits.wait;
        let mut pause = FIRST_PAUSE;
        loop {
            let answer = timeout_at(end.max(Instant::now() + ANSWERS_IN), self.has_replayed(position));
            match answer.await {
                Ok(Ok(true)) => return true,
                Ok(Ok(false)) if Instant::now() + pause < end => sleep(pause).await,
                Ok(Ok(false)) => return false,
                Ok(Err(_)) | Err(_) => {
                    self.parts.link.raise_doubt();
                    return false;
                }
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    async fn has_replayed(&self, position: Position) -> Result<bool, DbErr> {
        let sql = "SELECT coalesce(pg_last_wal_replay_lsn() >= $1::text::pg_lsn, false)";
        let values = [position.to_string().into()];
        let backend = Dialect::Postgres.backend();
        let row = self.connection.query_one_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        row.map_or(Ok(false), |row| row.try_get_by_index(0))
    }

    /// Ends the check and closes all connections.
    pub(super) async fn close(&self) {
        self.parts.check.abort();
        self.connection.close().await;
    }
}
