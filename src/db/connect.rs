use std::{
    fs, io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement, metric};
use sqlx::{
    ConnectOptions, Connection as _,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{
    condition::Condition,
    connection::{Connection, Pool},
    counter::Blocks,
    dialect::Dialect,
    lease::ConnectionDoubt,
    pools::Pools,
    sqlite::SqliteConnections,
    transaction::{Kind, Transaction},
};
use crate::config::redacted_url;

/// Idle time after which a connection is tested before its next use.
const TRY_AFTER_IDLE: Duration = Duration::from_secs(5);
/// Time limit of that test. If it fails, another connection is opened instead.
const TRY_FOR: Duration = Duration::from_millis(500);

/// Read and write access to the database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    read: Connection,
    write: Connection,
    dialect: Dialect,
}

/// Reason why the database could not be opened: one line that says how to fix it.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(
        "`{0}` is not a supported database URL: use sqlite://PATH or postgres://USER:PASSWORD@HOST/DATABASE"
    )]
    Url(String),
    #[error("the directory `{}` cannot be written to ({source}): make it writable or choose another with --data-dir", path.display())]
    Directory { path: PathBuf, source: io::Error },
    #[error(
        "the database `{url}` cannot be opened ({source}): check that it runs, and the setting `database_url`"
    )]
    Connect { url: String, source: sqlx::Error },
    #[error("the database setting `{name}` is `{found}` and must be `{wanted}`: {why}")]
    Setting { name: &'static str, found: String, wanted: &'static str, why: &'static str },
    #[error(
        "there is no database at `{}`: `verigraph serve` and `verigraph migrate` create it, --data-dir or --database-url \
         names another", .0.display()
    )]
    Absent(PathBuf),
    #[error("the database does not answer: {0}")]
    Database(#[from] DbErr),
}

impl Store {
    /// Opens `sqlite://PATH` or `postgres://…`, and checks that the settings that keep data safe took effect.
    pub async fn open(url: &str, pools: Pools) -> Result<Self, OpenError> {
        let store = match url.split_once(':').map(|(scheme, rest)| (scheme, rest.trim_start_matches("//"))) {
            Some(("sqlite", path)) if !path.is_empty() => Self::open_sqlite(Path::new(path), pools).await,
            Some(("postgres" | "postgresql", _)) => Self::open_postgres(url, pools).await,
            _ => Err(OpenError::Url(redacted_url(url))),
        }?;
        store.check_settings().await?;
        Ok(store)
    }

    async fn open_sqlite(path: &Path, pools: Pools) -> Result<Self, OpenError> {
        let directory = path.parent().filter(|path| !path.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let refused = |source| OpenError::Directory { path: directory.to_owned(), source };
        fs::DirBuilder::new().recursive(true).mode(0o700).create(directory).map_err(refused)?;
        // Created here rather than by SQLite, so that no other user can ever read the file.
        fs::OpenOptions::new().create(true).append(true).mode(0o600).open(path).map_err(refused)?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .statement_cache_capacity(256)
            .pragma("secure_delete", "ON")
            .pragma("trusted_schema", "OFF")
            .pragma("temp_store", "MEMORY")
            .disable_statement_logging();
        let refused = |source| OpenError::Connect { url: format!("sqlite://{}", path.display()), source };
        let pool = || {
            let keep = SqlitePoolOptions::new().acquire_timeout(pools.wait).test_before_acquire(false);
            keep.idle_timeout(None).max_lifetime(None)
        };
        // SQLite has one writer. With a separate connection and BEGIN IMMEDIATE, writers wait in our queue
        // instead of failing in the middle of a transaction.
        let write = pool().max_connections(1).connect_with(options.clone()).await.map_err(refused)?;
        let readers = options.pragma("query_only", "ON");
        let read = pool().max_connections(pools.connections).connect_with(readers).await.map_err(refused)?;
        let (read, write) = (SqliteConnections::new(read), SqliteConnections::new(write));
        let limit = pools.limit(Dialect::Sqlite);
        let condition = Condition::new(Pool::Sqlite(write.clone()), limit);
        let blocks = Blocks::default();
        let connection = |pool| {
            let (pool, condition) = (Pool::Sqlite(pool), condition.clone());
            let (doubt, blocks) = (ConnectionDoubt::default(), blocks.clone());
            Connection { pool, limit, doubt, condition, observer: None, blocks }
        };
        Ok(Self { read: connection(read), write: connection(write), dialect: Dialect::Sqlite })
    }

    async fn open_postgres(url: &str, pools: Pools) -> Result<Self, OpenError> {
        let refused = |source| OpenError::Connect { url: redacted_url(url), source };
        let options = url.parse::<PgConnectOptions>().map_err(refused)?;
        // A name in the URL tells servers on one database apart.
        let name = options.get_application_name().unwrap_or("verigraph").to_owned();
        let options = options
            .application_name(&name)
            .statement_cache_capacity(256)
            .options([("statement_timeout", pools.statement.as_millis().to_string())])
            .disable_statement_logging();
        let doubt = ConnectionDoubt::default();
        let in_doubt = doubt.clone();
        let pool = PgPoolOptions::new()
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
            .connect_with(options.clone())
            .await;
        let pool = match pool {
            // The pool retried until the timeout; connect once more to get the cause.
            Err(sqlx::Error::PoolTimedOut) => {
                let tried = tokio::time::timeout(pools.wait, options.connect()).await;
                return Err(refused(tried.ok().and_then(Result::err).unwrap_or(sqlx::Error::PoolTimedOut)));
            }
            pool => pool.map_err(refused)?,
        };
        let (pool, limit) = (Pool::Postgres(pool), pools.limit(Dialect::Postgres));
        let condition = Condition::new(pool.clone(), limit);
        let connection =
            Connection { pool, limit, doubt, condition, observer: None, blocks: Blocks::default() };
        Ok(Self { read: connection.clone(), write: connection, dialect: Dialect::Postgres })
    }

    /// Uses one connection for reads and writes.
    pub(super) fn of(pool: Pool) -> Self {
        let (condition, doubt) = (Condition::new(pool.clone(), None), ConnectionDoubt::default());
        let blocks = Blocks::default();
        let connection = Connection { pool, limit: None, doubt, condition, observer: None, blocks };
        let dialect = match connection.pool {
            Pool::Sqlite(_) => Dialect::Sqlite,
            Pool::Postgres(_) => Dialect::Postgres,
        };
        Self { read: connection.clone(), write: connection, dialect }
    }

    pub(super) async fn check_settings(&self) -> Result<(), OpenError> {
        let durable = "an acknowledged write must survive a power cut";
        let checks: &[(&'static str, &'static str, &'static str)] = match self.dialect {
            Dialect::Sqlite => &[
                ("PRAGMA journal_mode", "wal", "readers must not wait for the writer"),
                ("PRAGMA synchronous", "2", durable),
                ("PRAGMA foreign_keys", "1", "rows must not outlive the rows that they reference"),
                ("PRAGMA secure_delete", "1", "erased data must not stay in the file"),
                ("PRAGMA trusted_schema", "0", "a prepared file must not run code"),
                ("PRAGMA busy_timeout", "5000", "a writer must wait while another process writes"),
            ],
            Dialect::Postgres => &[
                ("SHOW fsync", "on", durable),
                ("SHOW synchronous_commit", "on", durable),
                ("SHOW server_encoding", "UTF8", "names are Unicode"),
                ("SHOW standard_conforming_strings", "on", "backslashes in string literals must be literal"),
            ],
        };
        for connection in [&self.write, &self.read] {
            for &(name, wanted, why) in checks {
                let sql = Statement::from_string(self.dialect.backend(), name);
                let row = connection.query_one_raw(sql).await?;
                let row = row.ok_or_else(|| DbErr::Custom(format!("`{name}` returned no row")))?;
                let found = match self.dialect {
                    Dialect::Sqlite if wanted != "wal" => row.try_get_by_index::<i64>(0)?.to_string(),
                    Dialect::Sqlite | Dialect::Postgres => row.try_get_by_index::<String>(0)?,
                };
                if found != wanted {
                    return Err(OpenError::Setting { name, found, wanted, why });
                }
            }
        }
        Ok(())
    }

    /// The connection for selects.
    #[must_use]
    pub const fn read(&self) -> &Connection {
        &self.read
    }

    /// The connection for single-statement writes.
    #[must_use]
    pub const fn write(&self) -> &Connection {
        &self.write
    }

    /// The SQL dialect of the database.
    #[must_use]
    pub const fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Begins a transaction that may write from its first statement on. It is never nested in another one.
    pub async fn begin(&self) -> Result<Transaction, DbErr> {
        Transaction::begin(&self.write, Kind::Write).await
    }

    /// Begins a transaction that reads one snapshot of the database, unaffected by concurrent writes.
    pub async fn snapshot(&self) -> Result<Transaction, DbErr> {
        Transaction::begin(&self.read, Kind::Snapshot).await
    }

    /// Returns the connection for schema migrations: without a statement time limit. For start-up only, and
    /// not to be kept: on SQLite it shares the writers' one connection.
    #[must_use]
    pub fn for_migrations(&self) -> DatabaseConnection {
        match &self.write.pool {
            Pool::Sqlite(connections) => connections.pool().clone().into(),
            Pool::Postgres(pool) => pool.clone().into(),
        }
    }

    /// Whether the database is reachable and has storage space.
    #[must_use]
    pub const fn condition(&self) -> &Condition {
        &self.write.condition
    }

    /// Updates the database's planner statistics. The database does so automatically, but too late after a
    /// bulk insert: a plan made for empty tables was sixty times slower.
    pub async fn analyze(&self) -> Result<(), DbErr> {
        self.write.execute_unprepared("ANALYZE").await.map(drop)
    }

    /// Calls `observer` after every statement, for metrics and for tests that count statements.
    #[must_use]
    pub fn observed(mut self, observer: impl Fn(&metric::Info<'_>) + Send + Sync + 'static) -> Self {
        let observer: super::connection::Observer = Arc::new(observer);
        self.read.observer = Some(observer.clone());
        self.write.observer = Some(observer);
        self
    }

    /// Checks that the database answers.
    pub async fn ping(&self) -> Result<(), DbErr> {
        self.read.ping().await
    }

    /// Waits for the connections in use and closes all connections.
    pub async fn close(&self) {
        // The pools are closed for every clone.
        self.read.close().await;
        self.write.close().await;
    }
}
