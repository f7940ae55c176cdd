//! Opens a database without changing it or the files beside it.

use std::{fs::File, io::Read, path::Path, time::Duration};

use sea_orm::{ConnectionTrait, DbErr, RuntimeErr, Statement};
use sqlx::{
    ConnectOptions,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};

use super::{
    OpenError, Store,
    address::DatabaseAddress,
    connection::Pool,
    lease::ConnectionDoubt,
    pooler::check_prepared_statements,
    pools::PostgresConnections,
    sqlite::{SqliteConnections, SqliteKind},
};
use crate::config::redacted_url;

/// Offset of the read and write versions in the header of a SQLite file. 2: with a write-ahead log.
const VERSIONS: usize = 18;
const WITH_LOG: [u8; 2] = [2, 2];

impl Store {
    /// Opens an existing database read-only.
    ///
    /// # Errors
    ///
    /// [`OpenError`], which says how to fix it.
    pub async fn inspect(url: &str, wait: Duration) -> Result<Self, OpenError> {
        Self::inspect_at(&DatabaseAddress::new(url), wait).await
    }

    /// Opens an existing database read-only that may be behind a pooler.
    ///
    /// # Errors
    ///
    /// [`OpenError`], which says how to fix it.
    pub async fn inspect_at(address: &DatabaseAddress<'_>, wait: Duration) -> Result<Self, OpenError> {
        let url = address.url;
        match url.split_once(':').map(|(scheme, rest)| (scheme, rest.trim_start_matches("//"))) {
            Some(("sqlite", path)) if !path.is_empty() => inspect_sqlite(Path::new(path), wait).await,
            Some(("postgres" | "postgresql", _)) => inspect_postgres(address, wait).await,
            _ => Err(OpenError::Url(redacted_url(url))),
        }
    }

    /// Opens an empty SQLite database in memory.
    pub async fn scratch() -> Result<Self, DbErr> {
        let options = SqliteConnectOptions::new().in_memory(true).disable_statement_logging();
        // Each connection would have a separate database.
        let pool = SqlitePoolOptions::new().min_connections(1).max_connections(1);
        let pool = pool.idle_timeout(None).max_lifetime(None).connect_with(options).await;
        let pool = pool.map_err(|error| DbErr::Conn(RuntimeErr::SqlxError(error.into())))?;
        Ok(Self::of(Pool::Sqlite(SqliteConnections::new(SqliteKind, pool))))
    }
}

async fn inspect_sqlite(path: &Path, wait: Duration) -> Result<Store, OpenError> {
    if !path.exists() {
        return Err(OpenError::Absent(path.to_owned()));
    }
    let refused = |source| {
        let url = format!("sqlite://{}", path.display());
        OpenError::Connect { url, source, setting: "database_url" }
    };
    // Reading a database in WAL mode creates a log if none exists. If no log exists, no server has the
    // database open, so nothing changes while it is read.
    let has_log = path.with_file_name(format!("{}-wal", file_name(path))).exists();
    let options = SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        .immutable(!has_log)
        .busy_timeout(Duration::from_secs(5))
        .disable_statement_logging();
    let pool = SqlitePoolOptions::new().max_connections(1).acquire_timeout(wait);
    let pool = pool.connect_with(options).await.map_err(refused)?;
    let store = Store::of(Pool::Sqlite(SqliteConnections::new(SqliteKind, pool)));
    // The other settings belong to a connection, and every connection of a server sets them.
    let mut header = [0; VERSIONS + WITH_LOG.len()];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut header));
    if read.is_ok() && header[VERSIONS..] != WITH_LOG {
        return Err(OpenError::Setting {
            name: "PRAGMA journal_mode",
            found: "delete".to_owned(),
            wanted: "wal",
            why: "readers must not wait for the writer",
        });
    }
    Ok(store)
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

async fn inspect_postgres(address: &DatabaseAddress<'_>, wait: Duration) -> Result<Store, OpenError> {
    let refused = |source| address.error(source);
    if address.is_pooled {
        check_prepared_statements(address).await?;
    }
    let options = address
        .url
        .parse::<PgConnectOptions>()
        .map_err(refused)?
        .application_name("verigraph doctor")
        .disable_statement_logging();
    let read_only = [("default_transaction_read_only", "on")];
    let options = if address.is_pooled { options } else { options.options(read_only) };
    // A pool hides why it has no connection.
    let tried = tokio::time::timeout(wait, options.connect()).await;
    let tried = tried.unwrap_or(Err(sqlx::Error::PoolTimedOut)).map_err(refused)?;
    sqlx::Connection::close(tried).await.map_err(refused)?;
    let pool = PgPoolOptions::new().max_connections(1).acquire_timeout(wait).connect_with(options).await;
    let pool = PostgresConnections::of(pool.map_err(refused)?, &ConnectionDoubt::default());
    let store = Store::of(Pool::Postgres(pool));
    store.check_settings().await?;
    Ok(store)
}

/// Reads the rows of a catalog statement, each column as text.
pub(super) async fn rows(store: &Store, sql: &str, columns: usize) -> Result<Vec<Vec<String>>, DbErr> {
    let statement = Statement::from_string(store.dialect().backend(), sql);
    let rows = store.read().query_all_raw(statement).await?;
    rows.iter()
        .map(|row| (0..columns).map(|column| row.try_get_by_index::<String>(column)).collect())
        .collect()
}
