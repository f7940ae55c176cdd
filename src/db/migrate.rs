//! Brings the schema of a database up to date, or rejects a database that is newer than this build.

use std::collections::HashSet;

use migration::{IntoSchemaManagerConnection, Migrator, MigratorTrait, SchemaManager};
use sea_orm::{
    ConnectionTrait, DbErr, SqliteTransactionMode, TransactionOptions, TransactionTrait, sea_query::Query,
};

use super::{Store, dialect::Dialect};

const TABLE: &str = "seaql_migrations";

/// How the names of migrations begin that were rewritten before the first release.
const BEFORE: &str = "m20261122_";

/// An arbitrary lock key that nothing else in the database uses: the first bytes of the product's name.
const LOCK: i64 = 0x7665_7269;

/// Reason why the schema cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    #[error(
        "the database was made by a newer verigraph (it has the change `{0}`, which this build does not know): \
         run that version, or restore a backup from before the upgrade"
    )]
    Newer(String),
    #[error(
        "the database was made by a build before the first release (it has the change `{0}`): export its projects with \
         that build, and import them into a new database"
    )]
    Older(String),
    #[error("the database lacks {0} changes of its schema: run `verigraph migrate`")]
    Behind(usize),
    #[error("the schema of the database could not be read or changed: {0}")]
    Database(#[from] DbErr),
}

/// Returns the migrations that this database still needs, oldest first.
///
/// # Errors
///
/// [`SchemaError::Newer`] if the database has a migration that this build does not know.
pub async fn pending(store: &Store) -> Result<Vec<String>, SchemaError> {
    lacking(&store.for_migrations()).await
}

async fn lacking<'a, C>(db: &'a C) -> Result<Vec<String>, SchemaError>
where
    C: ConnectionTrait,
    &'a C: IntoSchemaManagerConnection<'a>,
{
    let known: Vec<String> = Migrator::migrations().iter().map(|change| change.name().to_owned()).collect();
    let mut applied = HashSet::new();
    if SchemaManager::new(db).has_table(TABLE).await? {
        for row in db.query_all(Query::select().column("version").from(TABLE)).await? {
            applied.insert(row.try_get::<String>("", "version")?);
        }
    }
    match applied.iter().find(|version| !known.contains(version)) {
        Some(version) if version.starts_with(BEFORE) => Err(SchemaError::Older(version.clone())),
        Some(version) => Err(SchemaError::Newer(version.clone())),
        None => Ok(known.into_iter().filter(|name| !applied.contains(name)).collect()),
    }
}

/// Applies all pending migrations in one transaction and returns their names. If several servers start at
/// once, one migrates and the others wait.
///
/// # Errors
///
/// [`SchemaError::Newer`], or when the database fails.
pub async fn up(store: &Store) -> Result<Vec<String>, SchemaError> {
    // On SQLite this takes the write lock of all processes; PostgreSQL needs an advisory lock for that.
    let mode = Some(SqliteTransactionMode::Immediate);
    let options = TransactionOptions { sqlite_transaction_mode: mode, ..TransactionOptions::default() };
    let turn = store.for_migrations().begin_with_options(options).await?;
    if store.dialect() == Dialect::Postgres {
        // Neither the wait for another server's migration nor a change of a large table fits the time limit
        // of a request.
        turn.execute_unprepared("SET LOCAL statement_timeout = 0").await?;
        turn.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
    }
    let pending = lacking(&turn).await?;
    if !pending.is_empty() {
        Migrator::up(&turn, None).await?;
    }
    turn.commit().await?;
    Ok(pending)
}

/// Checks that the database's schema is neither newer nor older than this build.
pub async fn check(store: &Store) -> Result<(), SchemaError> {
    match pending(store).await?.len() {
        0 => Ok(()),
        behind => Err(SchemaError::Behind(behind)),
    }
}
