use std::{
    fs, io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait, metric,
};
use sqlx::{
    ConnectOptions, Connection,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::dialect::Dialect;
use crate::config::redacted_url;

/// How long a connection may have been idle before it is tried out when it is next used.
const TRY_AFTER_IDLE: Duration = Duration::from_secs(5);

/// Both ways into the database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    read: DatabaseConnection,
    write: DatabaseConnection,
    dialect: Dialect,
}

/// How the pools are sized and how long they may take.
#[derive(Clone, Copy, Debug)]
pub struct Pools {
    /// Connections to PostgreSQL, or readers of `SQLite`, which has one writer.
    pub connections: u32,
    /// How long a request waits for a connection.
    pub wait: Duration,
    /// How long PostgreSQL works on one statement. Zero: no limit.
    pub statement: Duration,
}

/// Why the database could not be opened: one line that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(
        "`{0}` is not a database this server knows: write sqlite://PATH or postgres://USER:PASSWORD@HOST/DATABASE"
    )]
    Url(String),
    #[error("the directory `{}` cannot be written to ({source}): make it writable or choose another with --data-dir", path.display())]
    Directory { path: PathBuf, source: io::Error },
    #[error(
        "the database `{url}` cannot be opened ({source}): check that it runs, and the setting `database_url`"
    )]
    Connect { url: String, source: sqlx::Error },
    #[error("the database setting `{name}` is `{found}` and has to be `{wanted}`: {why}")]
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
    /// Opens `sqlite://PATH` or `postgres://…`, and checks that the settings which keep data safe took.
    ///
    /// # Errors
    ///
    /// [`OpenError`], which says what to do.
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
        // Made here rather than by SQLite, so that nobody else can read it from its first byte on.
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
        // SQLite has one writer. With a connection of its own and BEGIN IMMEDIATE, writers wait in our queue instead
        // of failing in the middle of a transaction.
        let write = pool().max_connections(1).connect_with(options.clone()).await.map_err(refused)?;
        let readers = options.pragma("query_only", "ON");
        let read = pool().max_connections(pools.connections).connect_with(readers).await.map_err(refused)?;
        Ok(Self { read: read.into(), write: write.into(), dialect: Dialect::Sqlite })
    }

    async fn open_postgres(url: &str, pools: Pools) -> Result<Self, OpenError> {
        let refused = |source| OpenError::Connect { url: redacted_url(url), source };
        let options = url.parse::<PgConnectOptions>().map_err(refused)?;
        let options = options
            .application_name("verigraph")
            .statement_cache_capacity(256)
            .options([("statement_timeout", pools.statement.as_millis().to_string())])
            .disable_statement_logging();
        let pool = PgPoolOptions::new()
            .max_connections(pools.connections)
            .acquire_timeout(pools.wait)
            .test_before_acquire(false)
            // A connection that sat idle may have died with its server. One in use has just shown that it lives, and
            // a round trip before each statement would double the cost of the small ones.
            .before_acquire(|connection, meta| {
                Box::pin(async move { Ok(meta.idle_for < TRY_AFTER_IDLE || connection.ping().await.is_ok()) })
            })
            .connect_with(options.clone())
            .await;
        let pool = match pool {
            // It was tried again and again meanwhile; once more, to say what is wrong.
            Err(sqlx::Error::PoolTimedOut) => {
                let tried = tokio::time::timeout(pools.wait, options.connect()).await;
                return Err(refused(tried.ok().and_then(Result::err).unwrap_or(sqlx::Error::PoolTimedOut)));
            }
            pool => pool.map_err(refused)?,
        };
        let pool = DatabaseConnection::from(pool);
        Ok(Self { read: pool.clone(), write: pool, dialect: Dialect::Postgres })
    }

    /// One connection for everything.
    pub(super) fn of(connection: DatabaseConnection, dialect: Dialect) -> Self {
        Self { read: connection.clone(), write: connection, dialect }
    }

    pub(super) async fn check_settings(&self) -> Result<(), OpenError> {
        let durable = "a write that was answered has to survive a power cut";
        let checks: &[(&'static str, &'static str, &'static str)] = match self.dialect {
            Dialect::Sqlite => &[
                ("PRAGMA journal_mode", "wal", "readers must not wait for the writer"),
                ("PRAGMA synchronous", "2", durable),
                ("PRAGMA foreign_keys", "1", "rows must not outlive what they point at"),
                ("PRAGMA secure_delete", "1", "erased data must not stay in the file"),
                ("PRAGMA trusted_schema", "0", "a prepared file must not run code"),
                ("PRAGMA busy_timeout", "5000", "a writer waits for another process's turn"),
            ],
            Dialect::Postgres => &[
                ("SHOW fsync", "on", durable),
                ("SHOW synchronous_commit", "on", durable),
                ("SHOW server_encoding", "UTF8", "names are Unicode"),
                ("SHOW standard_conforming_strings", "on", "texts must mean what they say"),
            ],
        };
        for connection in [&self.write, &self.read] {
            for &(name, wanted, why) in checks {
                let sql = Statement::from_string(self.dialect.backend(), name);
                let row = connection.query_one_raw(sql).await?;
                let row = row.ok_or_else(|| DbErr::Custom(format!("`{name}` answered nothing")))?;
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

    /// Where selects go.
    #[must_use]
    pub const fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    /// Where writes go that are one statement.
    #[must_use]
    pub const fn write(&self) -> &DatabaseConnection {
        &self.write
    }

    /// Which SQL the database speaks.
    #[must_use]
    pub const fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// A transaction that may write from its first statement on.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let mode = Some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions { sqlite_transaction_mode: mode, ..TransactionOptions::default() };
        self.write.begin_with_options(options).await
    }

    /// Has the database count what is in its tables, so that it plans for what is there. It does so by itself in time;
    /// after many rows at once that is too late: a plan made for empty tables was sixty times slower.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn analyze(&self) -> Result<(), DbErr> {
        self.write.execute_unprepared("ANALYZE").await.map(drop)
    }

    /// Calls back after every statement, for metrics and for tests that count.
    #[must_use]
    pub fn observed(mut self, observer: impl Fn(&metric::Info<'_>) + Send + Sync + 'static) -> Self {
        let observer = Arc::new(observer);
        for connection in [&mut self.read, &mut self.write] {
            let observer = observer.clone();
            connection.set_metric_callback(move |info| observer(info));
        }
        self
    }

    /// Whether the database answers.
    ///
    /// # Errors
    ///
    /// Why it does not.
    pub async fn ping(&self) -> Result<(), DbErr> {
        self.read.ping().await
    }

    /// Waits for the connections in use and closes them all.
    pub async fn close(&self) {
        // The pools are closed for every clone; a failure here has nobody left to tell.
        let _ = self.read.clone().close().await;
        let _ = self.write.clone().close().await;
    }
}
