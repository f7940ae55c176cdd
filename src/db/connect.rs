use std::{
    fs,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
    sync::Arc,
    time::Duration,
};

use sea_orm::{ConnectionTrait, DbErr, Statement, metric};
use sqlx::{
    ConnectOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{
    address::{DatabaseAddress, DirectConnections},
    blocks::Blocks,
    condition::Condition,
    connection::{Connection, Pool},
    dialect::Dialect,
    failure::is_of_replica,
    lease::{ConnectionDoubt, Kind},
    open_error::OpenError,
    pools::Pools,
    replica::Replica,
    sqlite::{SqliteConnections, SqliteKind},
    template::Templates,
    transaction::Transaction,
};
use crate::config::redacted_url;

/// Transactions in which a command writes many rows to PostgreSQL at once.
const WRITERS: u32 = 4;
/// Maximum number of rows that the thread of a `SQLite` connection buffers for the request. If the buffer is smaller than an
/// answer, the two threads wait for each other in turn.
const ROW_BUFFER: usize = 1_000;

/// Read and write access to the database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pub(super) read: Connection,
    pub(super) write: Connection,
    pub(super) dialect: Dialect,
    /// Where notifications and migrations connect to.
    pub(super) direct: DirectConnections,
    pub(super) replica: Option<Replica>,
    pub(super) templates: Templates,
}

impl Store {
    /// Opens `sqlite://PATH` or `postgres://…`, and checks that the settings that keep data safe took effect.
    pub async fn open(url: &str, pools: Pools) -> Result<Self, OpenError> {
        Self::open_at(&DatabaseAddress::new(url), pools).await
    }

    /// Opens a database that may be behind a pooler.
    pub async fn open_at(address: &DatabaseAddress<'_>, pools: Pools) -> Result<Self, OpenError> {
        let url = address.url;
        let store = match url.split_once(':').map(|(scheme, rest)| (scheme, rest.trim_start_matches("//"))) {
            Some(("sqlite", path)) if !path.is_empty() => Self::open_sqlite(Path::new(path), pools).await,
            Some(("postgres" | "postgresql", _)) => Self::open_postgres(address, pools).await,
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
            .row_buffer_size(ROW_BUFFER)
            .pragma("secure_delete", "ON")
            .pragma("trusted_schema", "OFF")
            .pragma("temp_store", "MEMORY")
            .disable_statement_logging();
        let refused = |source| {
            let url = format!("sqlite://{}", path.display());
            OpenError::Connect { url, source, setting: "database_url" }
        };
        let pool = || {
            let keep = SqlitePoolOptions::new().acquire_timeout(pools.wait).test_before_acquire(false);
            keep.idle_timeout(None).max_lifetime(None)
        };
        // SQLite has one writer. With a separate connection and BEGIN IMMEDIATE, writers wait in our queue
        // instead of failing in the middle of a transaction.
        let write = pool().max_connections(1).connect_with(options.clone()).await.map_err(refused)?;
        let readers = options.pragma("query_only", "ON");
        let read = pool().max_connections(pools.readers()).connect_with(readers).await.map_err(refused)?;
        let (read, write) =
            (SqliteConnections::new(SqliteKind, read), SqliteConnections::new(SqliteKind, write));
        let limit = pools.limit(Dialect::Sqlite);
        let condition = Condition::new(Pool::Sqlite(write.clone()), limit);
        let blocks = Blocks::default();
        let connection = |pool| {
            let (pool, condition) = (Pool::Sqlite(pool), condition.clone());
            let (doubt, blocks) = (ConnectionDoubt::default(), blocks.clone());
            Connection { pool, limit, doubt, condition, observer: None, blocks, fallback: None }
        };
        Ok(Self {
            read: connection(read),
            write: connection(write),
            dialect: Dialect::Sqlite,
            direct: DirectConnections::None,
            replica: None,
            templates: Templates::default(),
        })
    }

    /// Uses one connection for reads and writes.
    pub(super) fn of(pool: Pool) -> Self {
        let (condition, doubt) = (Condition::new(pool.clone(), None), ConnectionDoubt::default());
        let blocks = Blocks::default();
        let connection =
            Connection { pool, limit: None, doubt, condition, observer: None, blocks, fallback: None };
        let dialect = match connection.pool {
            Pool::Sqlite(_) => Dialect::Sqlite,
            Pool::Postgres(_) => Dialect::Postgres,
        };
        let direct = DirectConnections::None;
        Self {
            read: connection.clone(),
            write: connection,
            dialect,
            direct,
            replica: None,
            templates: Templates::default(),
        }
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
                // On a primary that also waits for its replica to apply a change.
                let is_stricter = name == "SHOW synchronous_commit" && found == "remote_apply";
                if found != wanted && !is_stricter {
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
        match (Transaction::begin(&self.read, Kind::Snapshot).await, &self.read.fallback) {
            (Err(error), Some(fallback)) if is_of_replica(&error) => {
                Transaction::begin(fallback.primary(), Kind::Snapshot).await
            }
            (transaction, _) => transaction,
        }
    }

    /// Whether the database is reachable and has storage space.
    #[must_use]
    pub const fn condition(&self) -> &Condition {
        &self.write.condition
    }

    /// Number of transactions in which a command writes many rows at once: each has a connection, and none waits for one.
    #[must_use]
    pub fn writers(&self) -> usize {
        match &self.write.pool {
            Pool::Sqlite(_) => 1,
            Pool::Postgres(pool) => pool.most().min(WRITERS) as usize,
        }
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
        if let Some(replica) = &mut self.replica {
            replica.connection.observer = Some(observer.clone());
        }
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
        if let Some(replica) = &self.replica {
            replica.close().await;
        }
        self.read.close().await;
        self.write.close().await;
    }
}
