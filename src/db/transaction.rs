//! Transactions. A transaction closes its connection unless it is known to have ended well.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use futures_util::future::BoxFuture;
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, EntityTrait, ExecResult, QueryResult, RuntimeErr, Statement,
    sea_query::InsertStatement,
};
use tokio::{runtime::Handle, sync::Mutex};

use super::{
    blocks::{Blocks, CounterKey, taking_block},
    condition::Condition,
    connection::{Connection, Observer, done, rows, run_on},
    held::Held,
    lease::{Kind, Lease, Ran, Run},
    numbers::TransactionNumbers,
};

/// A transaction: committed by [`Self::commit`], rolled back by [`Self::rollback`] or when it is dropped.
pub struct Transaction {
    shared: Arc<Shared>,
    /// Number of enclosing transactions.
    depth: u32,
    is_open: bool,
}

struct Shared {
    held: Mutex<Held>,
    /// Depth of a dropped savepoint that still has to be rolled back. Zero: none.
    to_undo: AtomicU32,
    backend: DbBackend,
    limit: Option<Duration>,
    condition: Condition,
    observer: Option<Observer>,
    numbers: TransactionNumbers,
}

impl fmt::Debug for Transaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction").field("depth", &self.depth).finish_non_exhaustive()
    }
}

impl Transaction {
    pub(super) fn begin(on: &Connection, kind: Kind) -> BoxFuture<'_, Result<Self, DbErr>> {
        Box::pin(Self::begin_on(on, kind))
    }

    async fn begin_on(on: &Connection, kind: Kind) -> Result<Self, DbErr> {
        let mut lease = on.lease().await?;
        // A failure from here on closes the connection, because the transaction may be open on it.
        lease.opened();
        run_on(&mut lease, Run::Unprepared(kind.begins(on.backend())), on.limit, &on.condition, None).await?;
        let shared = Shared {
            held: Mutex::new(Held::new(lease)),
            to_undo: AtomicU32::new(0),
            backend: on.backend(),
            limit: on.limit,
            condition: on.condition.clone(),
            observer: on.observer.clone(),
            numbers: TransactionNumbers::new(on.blocks.clone()),
        };
        Ok(Self { shared: Arc::new(shared), depth: 0, is_open: true })
    }

    /// Begins a nested transaction (savepoint) that can be rolled back alone.
    pub async fn begin_part(&self) -> Result<Self, DbErr> {
        let depth = self.depth + 1;
        self.shared.run(Run::Unprepared(&format!("SAVEPOINT part_{depth}"))).await?;
        Ok(Self { shared: self.shared.clone(), depth, is_open: true })
    }

    /// Commits the transaction. Nothing is written before.
    ///
    /// # Errors
    ///
    /// When the commit failed, or when its result is unknown because the database disconnected before it
    /// answered.
    #[must_use = "nothing is written until it is awaited"]
    pub fn commit(self) -> BoxFuture<'static, Result<(), DbErr>> {
        Box::pin(self.commit_now())
    }

    async fn commit_now(mut self) -> Result<(), DbErr> {
        if self.depth > 0 {
            let sql = format!("RELEASE SAVEPOINT part_{}", self.depth);
            self.shared.run(Run::Unprepared(&sql)).await?;
            self.is_open = false;
            return Ok(());
        }
        let mut held = self.shared.held().await?;
        let sent = if held.is_aborted { Ok(()) } else { self.shared.send_deferred(&mut held).await };
        if held.is_aborted || sent.is_err() {
            drop(held);
            // The rollback's own result does not matter: the caller gets the error that made it necessary.
            let _ = self.rollback().await;
            sent?;
            let text = "the transaction was not committed: one of its statements failed";
            return Err(DbErr::Exec(RuntimeErr::Internal(text.to_owned())));
        }
        let mut lease = held.take()?;
        let missing = self.shared.numbers.keep();
        let committed = self.shared.end(&mut lease, "COMMIT").await;
        self.is_open = false;
        if committed.is_ok() {
            self.shared.take_blocks(&mut lease, &missing).await;
        }
        drop((lease, held));
        committed
    }

    /// Inserts rows, without returning how many. On PostgreSQL they are sent with those of later calls, before the next
    /// other statement or the commit, which then reports a failure: for rows that conflict with none. If the insert
    /// selects from the table of one before, it may see that one's rows alone.
    ///
    /// # Errors
    ///
    /// When the database fails, or rows that waited cannot be inserted.
    #[must_use = "nothing is inserted until it is awaited"]
    pub fn insert_later<E: EntityTrait>(&self, insert: InsertStatement) -> BoxFuture<'_, Result<(), DbErr>> {
        Box::pin(async move {
            if self.shared.backend != DbBackend::Postgres {
                return self.execute(&insert).await.map(drop);
            }
            let mut held = self.shared.held().await?;
            if held.deferred.has::<E>() {
                self.shared.send_deferred(&mut held).await?;
            }
            held.deferred.add::<E>(insert);
            Ok(())
        })
    }

    /// Takes a number of a counter from the process's block. `None` if the block is used up: then a block is taken
    /// after the commit.
    pub(super) fn number(&self, key: CounterKey) -> Option<i64> {
        self.shared.numbers.take(key)
    }

    pub(super) fn blocks(&self) -> &Blocks {
        &self.shared.numbers.blocks
    }

    /// Rolls the transaction back and waits until that is done.
    ///
    /// # Errors
    ///
    /// When the database fails. The transaction is rolled back nevertheless.
    #[must_use = "the rollback is complete once it is awaited"]
    pub fn rollback(self) -> BoxFuture<'static, Result<(), DbErr>> {
        Box::pin(self.roll_back_now())
    }

    async fn roll_back_now(mut self) -> Result<(), DbErr> {
        if self.depth > 0 {
            self.is_open = false;
            self.shared.to_undo.store(self.depth, Ordering::Release);
            return self.shared.held().await.map(drop);
        }
        let lease = self.shared.held.lock().await.take();
        self.shared.numbers.put_back();
        let rolled_back = match lease {
            Ok(mut lease) => self.shared.end(&mut lease, "ROLLBACK").await,
            Err(error) => Err(error),
        };
        self.is_open = false;
        rolled_back
    }
}

impl Shared {
    /// Returns the connection, after rolling back a dropped savepoint.
    async fn held(&self) -> Result<tokio::sync::MutexGuard<'_, Held>, DbErr> {
        let mut held = self.held.lock().await;
        let depth = self.to_undo.swap(0, Ordering::AcqRel);
        if depth > 0 {
            // Whatever waited before the savepoint was sent before it.
            held.deferred.clear();
            let lease = held.lease()?;
            for sql in
                [format!("ROLLBACK TO SAVEPOINT part_{depth}"), format!("RELEASE SAVEPOINT part_{depth}")]
            {
                if let Err(error) = lease.run(self.limit, Run::Unprepared(&sql)).await {
                    held.is_aborted = true;
                    return Err(error);
                }
            }
            held.is_aborted = false;
        }
        Ok(held)
    }

    /// Boxed for the same reason as [`Connection`]'s.
    fn run<'a>(&'a self, run: Run<'a>) -> BoxFuture<'a, Result<Ran, DbErr>> {
        Box::pin(async move {
            let mut held = self.held().await?;
            self.send_deferred(&mut held).await?;
            self.run_on(&mut held, run).await
        })
    }

    async fn run_on(&self, held: &mut Held, run: Run<'_>) -> Result<Ran, DbErr> {
        let lease = held.lease()?;
        let ran = run_on(lease, run, self.limit, &self.condition, self.observer.as_ref()).await;
        // SQLite rolls back the failed statement alone. If it rolled back more, the connection is no
        // longer used.
        if ran.is_err() && (self.backend == DbBackend::Postgres || !lease.is_clean()) {
            held.is_aborted = true;
        }
        ran
    }

    /// Executes the inserts that wait.
    async fn send_deferred(&self, held: &mut Held) -> Result<(), DbErr> {
        let Some(insert) = held.deferred.take() else { return Ok(()) };
        self.run_on(held, Run::Execute(&insert)).await.map(drop)
    }

    /// Takes the blocks that were missing. Without one, the next transaction takes its number from the counter.
    async fn take_blocks(&self, lease: &mut Lease, missing: &[CounterKey]) {
        for key in missing.iter().filter(|key| self.numbers.blocks.is_empty(**key)) {
            let statement = self.backend.build(&taking_block(*key));
            let observer = self.observer.as_ref();
            let taken = run_on(lease, Run::Rows(&statement), self.limit, &self.condition, observer).await;
            let Ok(taken) = taken else { return };
            let last = rows(taken).first().and_then(|row| row.try_get("", "last").ok());
            if let Some(last) = last {
                self.numbers.blocks.add(*key, last);
            }
        }
    }

    /// Ends the transaction. If that fails, the transaction may still be open on the connection.
    async fn end(&self, lease: &mut Lease, sql: &str) -> Result<(), DbErr> {
        run_on(lease, Run::Unprepared(sql), self.limit, &self.condition, None).await?;
        lease.ended();
        Ok(())
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        if !self.is_open {
            return;
        }
        if self.depth > 0 {
            self.shared.to_undo.store(self.depth, Ordering::Release);
            return;
        }
        self.shared.numbers.put_back();
        let Ok(mut held) = self.shared.held.try_lock() else { return };
        let Some(mut lease) = held.take().ok().filter(Lease::is_clean) else { return };
        drop(held);
        let Ok(runtime) = Handle::try_current() else { return };
        let shared = self.shared.clone();
        runtime.spawn(async move {
            // If the rollback fails, the connection is closed, which also rolls back.
            let _ = shared.end(&mut lease, "ROLLBACK").await;
        });
    }
}

#[async_trait]
impl ConnectionTrait for Transaction {
    fn get_database_backend(&self) -> DbBackend {
        self.shared.backend
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        done(self.shared.run(Run::Execute(&statement)).await?)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        done(self.shared.run(Run::Unprepared(sql)).await?)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        Ok(rows(self.shared.run(Run::Rows(&statement)).await?).into_iter().next())
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        Ok(rows(self.shared.run(Run::Rows(&statement)).await?))
    }
}
