//! A leased connection. It returns to its pool only if its last statement is known to have ended well.

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};

use sea_orm::{DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement, sea_query::Values};
use sea_query_sqlx::SqlxValues;
use sqlx::{AssertSqlSafe, Connection as _, Executor};
use tokio::time::timeout;

use super::{
    connections::LeasedConnection,
    failure::{given_up, leaves_whole, no_answer},
    pools::PostgresKind,
    sqlite::SqliteConnection,
};

/// Time of the last connection failure: connections that have been idle since then are tested before use.
#[derive(Clone, Debug, Default)]
pub(super) struct ConnectionDoubt(Arc<RwLock<Option<Instant>>>);

impl ConnectionDoubt {
    fn arise(&self) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Returns whether a connection with this idle time is in doubt.
    pub fn is_about(&self, idle: Duration) -> bool {
        let arisen = *self.0.read().unwrap_or_else(PoisonError::into_inner);
        arisen.is_some_and(|arisen| arisen.elapsed() < idle)
    }
}

pub(super) enum Live {
    Sqlite(SqliteConnection),
    Postgres(LeasedConnection<PostgresKind>),
}

/// A leased connection.
pub(super) struct Lease {
    /// `None` once it was closed.
    live: Option<Live>,
    /// Whether nothing runs on the connection, and nothing on it ended in doubt.
    is_clean: bool,
    /// Whether a transaction may be open on the connection.
    is_open: bool,
    doubt: ConnectionDoubt,
}

/// The ways to run a statement.
#[derive(Clone, Copy)]
pub(super) enum Run<'a> {
    Execute(&'a Statement),
    Unprepared(&'a str),
    /// Returns all rows, even if one is needed: a statement that is abandoned at its first row ends without
    /// reporting whether it took effect.
    Rows(&'a Statement),
    Ping,
}

/// How a transaction begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It may write from its first statement on.
    Write,
    /// It reads a snapshot from its beginning.
    Snapshot,
}

impl Kind {
    /// Returns the statement that begins the transaction.
    pub(super) const fn begins(self, backend: DbBackend) -> &'static str {
        match (backend, self) {
            // Waits for another writer here, rather than failing in the middle of the transaction.
            (DbBackend::Sqlite, Self::Write) => "BEGIN IMMEDIATE",
            (DbBackend::Sqlite, Self::Snapshot) => "BEGIN DEFERRED",
            (_, Self::Write) => "BEGIN",
            (_, Self::Snapshot) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }
}

/// The result of a statement.
pub(super) enum Ran {
    Done(ExecResult),
    Rows(Vec<QueryResult>),
    Pong,
}

impl Lease {
    pub fn new(live: Live, doubt: ConnectionDoubt) -> Self {
        Self { live: Some(live), is_clean: true, is_open: false, doubt }
    }

    /// Returns whether the connection can run statements.
    pub const fn is_clean(&self) -> bool {
        self.is_clean
    }

    /// Records that a transaction is open, until [`Self::ended`].
    pub const fn opened(&mut self) {
        self.is_open = true;
    }

    /// Records that the transaction has ended.
    pub const fn ended(&mut self) {
        self.is_open = false;
    }

    /// Runs a statement, with an optional time limit.
    pub async fn run(&mut self, limit: Option<Duration>, run: Run<'_>) -> Result<Ran, DbErr> {
        let is_query = matches!(run, Run::Rows(_));
        let Some(live) = self.live.as_mut().filter(|_| self.is_clean) else {
            let text = "an earlier failed statement has ended the transaction";
            return Err(DbErr::Exec(RuntimeErr::Internal(text.to_owned())));
        };
        // If the caller drops this future, the connection stays marked as in doubt.
        self.is_clean = false;
        let missed = match live {
            Live::Sqlite(_) => given_up,
            Live::Postgres(_) => no_answer,
        };
        if let (Live::Sqlite(on), Some(limit)) = (&*live, limit) {
            on.interrupt_after(limit);
        }
        let ran = match limit {
            Some(limit) => timeout(limit, live.run(run)).await.unwrap_or_else(|_| {
                self.doubt.arise();
                Err(missed())
            }),
            None => live.run(run).await,
        };
        self.is_clean = ran.as_ref().err().is_none_or(leaves_whole);
        if let (Live::Sqlite(on), true) = (&*live, self.is_clean) {
            on.interrupt_never();
        }
        ran.map_err(|error| {
            let error = RuntimeErr::SqlxError(Arc::new(error));
            if is_query { DbErr::Query(error) } else { DbErr::Exec(error) }
        })
    }
}

impl Live {
    async fn run(&mut self, run: Run<'_>) -> Result<Ran, sqlx::Error> {
        Ok(match (self, run) {
            (Self::Sqlite(on), Run::Execute(it)) => {
                Ran::Done(query(it).execute(&mut *on.connection).await?.into())
            }
            (Self::Postgres(on), Run::Execute(it)) => {
                Ran::Done(query(it).execute(&mut *on.connection).await?.into())
            }
            (Self::Sqlite(on), Run::Unprepared(sql)) => {
                Ran::Done(on.connection.execute(AssertSqlSafe(sql.to_owned())).await?.into())
            }
            (Self::Postgres(on), Run::Unprepared(sql)) => {
                Ran::Done(on.connection.execute(AssertSqlSafe(sql.to_owned())).await?.into())
            }
            (Self::Sqlite(on), Run::Rows(it)) => {
                let rows = query(it).fetch_all(&mut *on.connection).await?;
                Ran::Rows(rows.into_iter().map(Into::into).collect())
            }
            (Self::Postgres(on), Run::Rows(it)) => {
                let rows = query(it).fetch_all(&mut *on.connection).await?;
                Ran::Rows(rows.into_iter().map(Into::into).collect())
            }
            (Self::Sqlite(on), Run::Ping) => on.connection.ping().await.map(|()| Ran::Pong)?,
            (Self::Postgres(on), Run::Ping) => on.connection.ping().await.map(|()| Ran::Pong)?,
        })
    }
}

fn query<DB: sqlx::Database>(statement: &Statement) -> sqlx::query::Query<'_, DB, SqlxValues>
where
    SqlxValues: sqlx::IntoArguments<DB>,
{
    let values = statement.values.clone().unwrap_or(Values(Vec::new()));
    sqlx::query_with(AssertSqlSafe(statement.sql.as_str()), SqlxValues(values))
}

impl Drop for Lease {
    fn drop(&mut self) {
        let is_kept = self.is_clean && !self.is_open;
        match self.live.take() {
            Some(Live::Postgres(connection)) if is_kept => connection.release(),
            Some(Live::Sqlite(connection)) if is_kept => connection.release(),
            // Its thread may still run the statement, which is interrupted there.
            Some(Live::Sqlite(connection)) => connection.close(),
            // No shutdown message to an unresponsive server: the socket is closed.
            Some(Live::Postgres(connection)) => drop(connection.connection.detach()),
            None => {}
        }
    }
}
