use std::{io, path::PathBuf};

use sea_orm::DbErr;

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
        "the database `{url}` cannot be opened ({source}): check that it runs, and the setting `{setting}`"
    )]
    Connect { url: String, source: sqlx::Error, setting: &'static str },
    #[error(
        "the database `{0}` is behind a pooler that rejects the parameter `options`: set database_pooler = true, and give \
         the role the limit that `verigraph doctor` then names"
    )]
    Pooler(String),
    #[error(
        "the database `{0}` is behind a pooler that rejects the parameter `extra_float_digits`: set \
         `ignore_startup_parameters = extra_float_digits` in the settings of PgBouncer"
    )]
    PoolerParameter(String),
    #[error(
        "the pooler at `{0}` loses prepared statements: use PgBouncer 1.21 or later with `max_prepared_statements` above 0 \
         in its settings"
    )]
    PreparedStatements(String),
    #[error(transparent)]
    Replica(#[from] ReplicaError),
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

/// Why the server at `read_database_url` is not read from.
#[derive(Debug, thiserror::Error)]
pub enum ReplicaError {
    #[error(
        "the replica `{url}` cannot be reached ({source}): check that it runs, and the setting `read_database_url`"
    )]
    Unavailable { url: String, source: sqlx::Error },
    #[error(
        "the server at `{0}` is a primary and not a replica: set read_database_url to a streaming replica of the database, \
         or remove the setting"
    )]
    Primary(String),
    #[error(
        "the server at `{0}` has another database than database_url: set read_database_url to a streaming replica of it, \
         or remove the setting"
    )]
    OtherDatabase(String),
    #[error("read_database_url needs a PostgreSQL database: set database_url to it, or remove the setting")]
    Embedded,
}
