//! What a failed statement means for the database and for the connection that it ran on.

use std::io;

use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr};
use sqlx::{error::DatabaseError, postgres::PgDatabaseError, sqlite::SqliteError};

/// The cause of a database failure, for the response to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The statement exceeded its time limit.
    Slow,
    /// All connections are in use, or another process holds the lock of the file.
    Busy,
    /// The database is unreachable or does not answer.
    Unavailable,
    /// The disk of the database is full or failing.
    StorageFull,
    /// The statement is wrong.
    Statement,
}

/// The error of a statement that `PostgreSQL` did not answer within the time limit.
pub(super) fn no_answer() -> sqlx::Error {
    sqlx::Error::Io(io::Error::new(io::ErrorKind::TimedOut, "the database did not answer in time"))
}

/// The error of a `SQLite` statement that did not finish within the time limit.
pub(super) fn given_up() -> sqlx::Error {
    sqlx::Error::Io(io::Error::new(io::ErrorKind::Interrupted, "the statement did not finish in time"))
}

/// Returns the cause of an error.
#[must_use]
pub fn cause(error: &DbErr) -> Cause {
    match error {
        DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => Cause::Busy,
        DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed) => Cause::Unavailable,
        DbErr::Conn(RuntimeErr::SqlxError(source))
        | DbErr::Query(RuntimeErr::SqlxError(source))
        | DbErr::Exec(RuntimeErr::SqlxError(source)) => cause_of(source),
        _ => Cause::Statement,
    }
}

pub(super) fn cause_of(error: &sqlx::Error) -> Cause {
    match error {
        sqlx::Error::Io(error) if error.kind() == io::ErrorKind::Interrupted => Cause::Slow,
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::BeginFailed => Cause::Unavailable,
        sqlx::Error::Database(error) => cause_in_database(error.as_ref()),
        _ => Cause::Statement,
    }
}

/// Returns whether a read that failed on a replica may succeed on the primary: the replica is unreachable, or
/// has cancelled the statement because it delayed the replay of a change.
#[must_use]
pub(super) fn is_of_replica(error: &DbErr) -> bool {
    let (DbErr::Conn(RuntimeErr::SqlxError(source))
    | DbErr::Query(RuntimeErr::SqlxError(source))
    | DbErr::Exec(RuntimeErr::SqlxError(source))) = error
    else {
        return cause(error) == Cause::Unavailable;
    };
    let code = match source.as_ref() {
        sqlx::Error::Database(error) => error.code().unwrap_or_default(),
        _ => "".into(),
    };
    // serialization_failure and deadlock_detected: the codes of a conflict with recovery.
    matches!(&*code, "40001" | "40P01") || cause_of(source) == Cause::Unavailable
}

fn cause_in_database(error: &dyn DatabaseError) -> Cause {
    if error.try_downcast_ref::<SqliteError>().is_some() {
        return match primary(error) {
            // Busy, and locked by a connection of this process.
            Some(5 | 6) => Cause::Busy,
            Some(9) => Cause::Slow,
            // I/O error and disk full: a file that cannot grow may return either.
            Some(10 | 13) => Cause::StorageFull,
            // Cannot open the file, and a broken lock protocol.
            Some(14 | 15) => Cause::Unavailable,
            _ => Cause::Statement,
        };
    }
    let code = error.code().unwrap_or_default();
    match &*code {
        "57014" => Cause::Slow,
        // disk_full; an I/O error of the server's files.
        "53100" | "58030" => Cause::StorageFull,
        // too_many_connections, out_of_memory; a read-only standby, as after a failover.
        "53200" | "53300" | "25006" => Cause::Unavailable,
        code if code.starts_with("08") || code.starts_with("57P") => Cause::Unavailable,
        _ => Cause::Statement,
    }
}

/// Returns whether a connection is usable after a statement failed with this error. Unknown errors count as
/// unusable.
pub(super) fn leaves_whole(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Database(error) => {
            if let Some(error) = error.try_downcast_ref::<PgDatabaseError>() {
                return error.severity() == sqlx::postgres::PgSeverity::Error;
            }
            // Error, busy, locked, read-only, schema, too big, constraint, mismatch, range: only the
            // statement failed.
            matches!(primary(error.as_ref()), Some(1 | 5 | 6 | 8 | 17 | 18 | 19 | 20 | 25))
        }
        sqlx::Error::RowNotFound
        | sqlx::Error::ColumnNotFound(_)
        | sqlx::Error::ColumnIndexOutOfBounds { .. }
        | sqlx::Error::ColumnDecode { .. }
        | sqlx::Error::Encode(_)
        | sqlx::Error::Decode(_)
        | sqlx::Error::TypeNotFound { .. } => true,
        _ => false,
    }
}

/// Returns the primary result code of `SQLite`: the low byte of the extended code.
fn primary(error: &dyn DatabaseError) -> Option<u32> {
    error.code()?.parse::<u32>().ok().map(|code| code & 0xff)
}
