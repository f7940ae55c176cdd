//! Opens PostgreSQL: directly, or through a pooler that gives each transaction any connection.

use std::time::Duration;

use sea_orm::DatabaseConnection;
use sqlx::{
    ConnectOptions, Connection as _, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use super::{
    OpenError, Store,
    condition::Condition,
    connection::{Connection, Pool},
    dialect::Dialect,
    lease::ConnectionDoubt,
    pooler::check_prepared_statements,
    pools::Pools,
};
use crate::config::redacted_url;

/// Idle time after which a connection is tested before its next use.
const TRY_AFTER_IDLE: Duration = Duration::from_secs(5);
/// Time limit of that test. If it fails, another connection is opened instead.
const TRY_FOR: Duration = Duration::from_millis(500);

/// How to reach a database.
#[derive(Clone, Copy, Debug)]
pub struct DatabaseAddress<'a> {
    pub url: &'a str,
    /// The setting that the URL is from, for errors.
    pub setting: &'static str,
    /// Whether the URL leads to a pooler in transaction mode, which passes no `options` on.
    pub is_pooled: bool,
    /// URL of the same database without the pooler.
    pub direct: Option<&'a str>,
}

impl<'a> DatabaseAddress<'a> {
    /// A database without a pooler.
    #[must_use]
    pub const fn new(url: &'a str) -> Self {
        Self { url, setting: "database_url", is_pooled: false, direct: None }
    }

    /// The driver's options for a connection of the server.
    pub(super) fn options(&self, statement: Duration) -> Result<PgConnectOptions, OpenError> {
        let options = self.url.parse::<PgConnectOptions>().map_err(|error| self.error(error))?;
        let options =
            options.application_name("verigraph").statement_cache_capacity(256).disable_statement_logging();
        // A pooler shares a connection among clients, so it rejects or drops what would belong to one of them.
        Ok(if self.is_pooled {
            options
        } else {
            options.options([("statement_timeout", statement.as_millis().to_string())])
        })
    }

    /// The reason why the database could not be opened.
    pub(super) fn error(&self, source: sqlx::Error) -> OpenError {
        let (url, setting) = (redacted_url(self.url), self.setting);
        let text = source.to_string();
        if text.contains("unsupported startup parameter") {
            // PgBouncer's words. It names the parameter inside of `options` too.
            let is_other = text.contains("extra_float_digits");
            return if is_other { OpenError::PoolerParameter(url) } else { OpenError::Pooler(url) };
        }
        OpenError::Connect { url, source, setting }
    }
}

/// Where notifications and migrations connect to.
#[derive(Clone, Debug)]
pub(super) enum DirectConnections {
    /// As everything else does.
    Shared,
    /// To an address of their own.
    At(Box<PgConnectOptions>),
    /// Nowhere: there are no notifications.
    None,
}

impl Store {
    pub(super) async fn open_postgres(
        address: &DatabaseAddress<'_>,
        pools: Pools,
    ) -> Result<Self, OpenError> {
        if address.is_pooled {
            check_prepared_statements(address).await?;
        }
        let options = address.options(pools.statement)?;
        let direct = match address.direct {
            Some(url) => {
                let direct = DatabaseAddress { setting: "hints_database_url", ..DatabaseAddress::new(url) };
                DirectConnections::At(Box::new(direct.options(Duration::ZERO)?))
            }
            // LISTEN does nothing on a connection that is another one in the next transaction.
            None if address.is_pooled => DirectConnections::None,
            None => DirectConnections::Shared,
        };
        let doubt = ConnectionDoubt::default();
        let pool = pool_options(pools, &doubt).connect_with(options.clone()).await;
        let pool = match pool {
            // The pool retried until the timeout; connect once more to get the cause.
            Err(sqlx::Error::PoolTimedOut) => {
                let tried = tokio::time::timeout(pools.wait, options.connect()).await;
                let cause = tried.ok().and_then(Result::err).unwrap_or(sqlx::Error::PoolTimedOut);
                return Err(address.error(cause));
            }
            pool => pool.map_err(|error| address.error(error))?,
        };
        let (pool, limit) = (Pool::Postgres(pool), pools.limit(Dialect::Postgres));
        let condition = Condition::new(pool.clone(), limit);
        let connection = Connection { pool, limit, doubt, condition, observer: None, fallback: None };
        Ok(Self {
            read: connection.clone(),
            write: connection,
            dialect: Dialect::Postgres,
            direct,
            replica: None,
        })
    }

    /// Returns the connection for schema migrations: without a statement time limit. For start-up only, and
    /// not to be kept: on SQLite it shares the writers' one connection.
    #[must_use]
    pub fn for_migrations(&self) -> DatabaseConnection {
        match (&self.write.pool, &self.direct) {
            (Pool::Sqlite(connections), _) => connections.pool().clone().into(),
            (Pool::Postgres(_), DirectConnections::At(options)) => {
                PgPoolOptions::new().max_connections(1).connect_lazy_with(options.as_ref().clone()).into()
            }
            (Pool::Postgres(pool), _) => pool.clone().into(),
        }
    }

    /// Does not listen to notifications on connections that turned out to be shared: those would reach the
    /// client that has the connection next, and break its statement.
    #[must_use]
    pub fn without_shared_sessions(mut self) -> Self {
        if matches!(self.direct, DirectConnections::Shared) {
            self.direct = DirectConnections::None;
        }
        self
    }

    /// The options for connections that need a session of their own, such as those of listeners. `None` if
    /// there is no way to the database that has sessions.
    pub(super) fn session_options(&self) -> Option<PgConnectOptions> {
        match (&self.write.pool, &self.direct) {
            (Pool::Postgres(pool), DirectConnections::Shared) => {
                Some(pool.connect_options().as_ref().clone())
            }
            (Pool::Postgres(_), DirectConnections::At(options)) => Some(options.as_ref().clone()),
            (Pool::Sqlite(_), _) | (_, DirectConnections::None) => None,
        }
    }

    pub(super) const fn postgres(&self) -> Option<&PgPool> {
        match &self.write.pool {
            Pool::Postgres(pool) => Some(pool),
            Pool::Sqlite(_) => None,
        }
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
