//! Runs single statements, each on a pooled connection and with a time limit.

use std::{fmt, sync::Arc, time::Duration};

use async_trait::async_trait;
use futures_util::future::BoxFuture;
use sea_orm::{
    ConnAcquireErr, ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement, metric,
};

use super::{
    blocks::Blocks,
    condition::Condition,
    failure::is_of_replica,
    lease::{ConnectionDoubt, Lease, Live, Ran, Run},
    pools::PostgresConnections,
    replica_link::Link,
    sqlite::SqliteConnections,
};

pub(super) type Observer = Arc<dyn Fn(&metric::Info<'_>) + Send + Sync>;

#[derive(Clone, Debug)]
pub(super) enum Pool {
    Sqlite(SqliteConnections),
    Postgres(PostgresConnections),
}

impl Pool {
    pub(super) fn is_closed(&self) -> bool {
        match self {
            Self::Sqlite(pool) => pool.is_closed(),
            Self::Postgres(pool) => pool.is_closed(),
        }
    }
}

/// Runs statements, each on a connection from the pool and with a time limit. Cheap to clone.
#[derive(Clone)]
pub struct Connection {
    pub(super) pool: Pool,
    pub(super) limit: Option<Duration>,
    pub(super) doubt: ConnectionDoubt,
    pub(super) condition: Condition,
    pub(super) observer: Option<Observer>,
    pub(super) blocks: Blocks,
    /// Set for a replica: where statements run while it is away.
    pub(super) fallback: Option<Fallback>,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("pool", &self.pool).finish_non_exhaustive()
    }
}

impl Connection {
    /// Leases a connection from the pool.
    pub(super) async fn lease(&self) -> Result<Lease, DbErr> {
        let (live, is_all) = match &self.pool {
            Pool::Sqlite(pool) => (pool.acquire().await.map(Live::Sqlite), pool.is_full()),
            Pool::Postgres(pool) => (pool.acquire().await.map(Live::Postgres), pool.is_full()),
        };
        let failed = match live {
            Ok(live) => return Ok(Lease::new(live, self.doubt.clone())),
            // All connections are in use, and the database has not failed: the cause is load.
            Err(sqlx::Error::PoolTimedOut) if is_all && self.condition.is_available() => {
                DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)
            }
            Err(error) => DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error))),
        };
        self.condition.failed(&failed);
        Err(failed)
    }

    /// Boxed, so that callers compile without the driver's types in their futures.
    pub(super) fn run<'a>(&'a self, run: Run<'a>) -> BoxFuture<'a, Result<Ran, DbErr>> {
        Box::pin(async move {
            match &self.fallback {
                None => self.run_here(run).await,
                Some(fallback) => fallback.run(self, run).await,
            }
        })
    }

    pub(super) async fn run_here(&self, run: Run<'_>) -> Result<Ran, DbErr> {
        let mut lease = self.lease().await?;
        run_on(&mut lease, run, self.limit, &self.condition, self.observer.as_ref()).await
    }

    /// Checks that the database answers.
    pub(super) async fn ping(&self) -> Result<(), DbErr> {
        self.run(Run::Ping).await.map(drop)
    }

    /// Waits for the connections in use and closes all connections.
    pub(super) async fn close(&self) {
        match &self.pool {
            Pool::Sqlite(pool) => pool.close().await,
            Pool::Postgres(pool) => pool.close().await,
        }
    }

    pub(super) const fn backend(&self) -> DbBackend {
        match self.pool {
            Pool::Sqlite(_) => DbBackend::Sqlite,
            Pool::Postgres(_) => DbBackend::Postgres,
        }
    }
}

/// Where the statements of a replica run while it is away.
#[derive(Clone)]
pub(super) struct Fallback {
    primary: Arc<Connection>,
    link: Arc<Link>,
}

impl Fallback {
    pub fn new(primary: Connection, link: Arc<Link>) -> Self {
        Self { primary: Arc::new(primary), link }
    }

    pub fn primary(&self) -> &Connection {
        &self.primary
    }

    /// Runs a statement on the replica, or on the primary if the replica is away or gives up. A read may run
    /// twice.
    pub async fn run(&self, replica: &Connection, run: Run<'_>) -> Result<Ran, DbErr> {
        if !self.link.is_usable() {
            return self.primary.run(run).await;
        }
        // The check has a short time limit; a statement on a replica that vanished would wait for its own.
        let ran = tokio::select! {
            ran = replica.run_here(run) => ran,
            () = self.link.lost() => return self.primary.run(run).await,
        };
        match ran {
            Err(error) if is_of_replica(&error) => {
                self.link.raise_doubt();
                self.primary.run(run).await
            }
            ran => ran,
        }
    }
}

/// Runs a statement, notifies the observer, and records what the result means for the database's condition.
pub(super) async fn run_on(
    lease: &mut Lease,
    run: Run<'_>,
    limit: Option<Duration>,
    condition: &Condition,
    observer: Option<&Observer>,
) -> Result<Ran, DbErr> {
    let observed = match (&run, observer) {
        (Run::Execute(statement) | Run::Rows(statement), Some(observer)) => Some((*statement, observer)),
        _ => None,
    };
    let started = std::time::Instant::now();
    let ran = lease.run(limit, run).await;
    match &ran {
        Ok(_) => condition.answered(),
        Err(error) => condition.failed(error),
    }
    if let Some((statement, observer)) = observed {
        observer(&metric::Info { elapsed: started.elapsed(), statement, failed: ran.is_err() });
    }
    ran
}

pub(super) fn done(ran: Ran) -> Result<ExecResult, DbErr> {
    match ran {
        Ran::Done(result) => Ok(result),
        Ran::Rows(_) | Ran::Pong => {
            Err(DbErr::Custom("a statement returned an unexpected kind of result".to_owned()))
        }
    }
}

pub(super) fn rows(ran: Ran) -> Vec<QueryResult> {
    match ran {
        Ran::Rows(rows) => rows,
        Ran::Done(_) | Ran::Pong => Vec::new(),
    }
}

#[async_trait]
impl ConnectionTrait for Connection {
    fn get_database_backend(&self) -> DbBackend {
        self.backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        done(self.run(Run::Execute(&statement)).await?)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        done(self.run(Run::Unprepared(sql)).await?)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        Ok(rows(self.run(Run::Rows(&statement)).await?).into_iter().next())
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        Ok(rows(self.run(Run::Rows(&statement)).await?))
    }
}
