//! Opens PostgreSQL: directly, or through a pooler that gives each transaction any connection.

use std::time::Duration;

use sea_orm::DatabaseConnection;
use sqlx::{
    ConnectOptions,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use super::{
    Store,
    address::{DatabaseAddress, DirectConnections},
    blocks::Blocks,
    condition::Condition,
    connection::{Connection, Pool},
    dialect::Dialect,
    lease::ConnectionDoubt,
    open_error::OpenError,
    pooler::check_prepared_statements,
    pools::{Pools, PostgresConnections, pool_options},
    template::Templates,
};

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
        let pool = pool_options(pools).connect_with(options.clone()).await;
        let pool = match pool {
            // The pool retried until the timeout; connect once more to get the cause.
            Err(sqlx::Error::PoolTimedOut) => {
                let tried = tokio::time::timeout(pools.wait, options.connect()).await;
                let cause = tried.ok().and_then(Result::err).unwrap_or(sqlx::Error::PoolTimedOut);
                return Err(address.error(cause));
            }
            pool => pool.map_err(|error| address.error(error))?,
        };
        let pool = Pool::Postgres(PostgresConnections::of(pool, &doubt));
        let limit = pools.limit(Dialect::Postgres);
        let condition = Condition::new(pool.clone(), limit);
        let connection = Connection {
            pool,
            limit,
            doubt,
            condition,
            observer: None,
            blocks: Blocks::default(),
            fallback: None,
        };
        Ok(Self {
            read: connection.clone(),
            write: connection,
            dialect: Dialect::Postgres,
            direct,
            replica: None,
            templates: Templates::default(),
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
            (Pool::Postgres(connections), _) => connections.pool().clone().into(),
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
            (Pool::Postgres(pool), DirectConnections::Shared) => Some(pool.options().as_ref().clone()),
            (Pool::Postgres(_), DirectConnections::At(options)) => Some(options.as_ref().clone()),
            (Pool::Sqlite(_), _) | (_, DirectConnections::None) => None,
        }
    }

    pub(super) const fn postgres(&self) -> Option<&PostgresConnections> {
        match &self.write.pool {
            Pool::Postgres(pool) => Some(pool),
            Pool::Sqlite(_) => None,
        }
    }
}
