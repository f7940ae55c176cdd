//! Tracks whether the database is reachable and has storage space, from the results of statements. Each
//! change is logged.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use tokio::runtime::Handle;

use super::{
    blocks::Blocks,
    connection::{Connection, Pool},
    failure::{Cause, cause},
    lease::{ConnectionDoubt, Kind},
    transaction::Transaction,
};

/// Interval between attempts to write to a database whose storage was full.
const TRY_EVERY: Duration = Duration::from_secs(2);

/// The condition of a database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Condition(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    is_unavailable: AtomicBool,
    is_full: AtomicBool,
    /// The writers' pool, and the time limit of a statement.
    writers: (Pool, Option<Duration>),
    /// Whether the database is a replica. Nothing is written to it, and its check logs when it is away.
    is_replica: bool,
}

impl Condition {
    pub(super) fn new(writers: Pool, limit: Option<Duration>) -> Self {
        Self::of(writers, limit, false)
    }

    pub(super) fn of_replica(readers: Pool, limit: Option<Duration>) -> Self {
        Self::of(readers, limit, true)
    }

    fn of(pool: Pool, limit: Option<Duration>, is_replica: bool) -> Self {
        let writers = (pool, limit);
        Self(Arc::new(Parts { is_unavailable: false.into(), is_full: false.into(), writers, is_replica }))
    }

    /// Returns whether the last statement was answered.
    #[must_use]
    pub fn is_available(&self) -> bool {
        !self.0.is_unavailable.load(Ordering::Relaxed)
    }

    /// Returns whether writes fail because the disk is full or failing.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.0.is_full.load(Ordering::Relaxed)
    }

    /// Records that the database answered.
    pub(super) fn answered(&self) {
        if !self.is_available() && self.0.is_unavailable.swap(false, Ordering::Relaxed) && !self.0.is_replica
        {
            tracing::warn!("database available again");
        }
    }

    /// Records that a statement failed.
    pub(super) fn failed(&self, error: &DbErr) {
        match cause(error) {
            // A server that shuts down has closed the pool.
            Cause::Unavailable if self.0.writers.0.is_closed() => {}
            Cause::Unavailable => {
                if !self.0.is_unavailable.swap(true, Ordering::Relaxed) && !self.0.is_replica {
                    tracing::error!(%error, "database unavailable");
                }
            }
            Cause::StorageFull if self.0.is_replica => {}
            Cause::StorageFull => {
                self.answered();
                if !self.0.is_full.swap(true, Ordering::Relaxed) {
                    tracing::error!(%error, "database storage full: writes fail until space is available");
                    self.try_until_there_is_room();
                }
            }
            Cause::Statement => self.answered(),
            Cause::Slow | Cause::Busy => {}
        }
    }

    /// A small write may succeed where a larger one does not, so only a write of a defined size ends the
    /// condition.
    fn try_until_there_is_room(&self) {
        let Ok(runtime) = Handle::try_current() else { return };
        let (pool, limit) = self.0.writers.clone();
        let writers = Connection {
            pool,
            limit,
            doubt: ConnectionDoubt::default(),
            condition: self.clone(),
            observer: None,
            blocks: Blocks::default(),
            fallback: None,
        };
        runtime.spawn(async move {
            loop {
                tokio::time::sleep(TRY_EVERY).await;
                if writers.pool.is_closed() {
                    return;
                }
                match try_to_write(&writers).await.map_err(|error| cause(&error)) {
                    Err(Cause::StorageFull | Cause::Unavailable | Cause::Busy | Cause::Slow) => {}
                    // Another failure, such as a role that may not create tables, says nothing about the
                    // available space.
                    Ok(()) | Err(Cause::Statement) => break,
                }
            }
            writers.condition.0.is_full.store(false, Ordering::Relaxed);
            tracing::warn!("database storage has space again");
        });
    }
}

/// Writes 64 KiB and discards them. No other connection sees them.
async fn try_to_write(writers: &Connection) -> Result<(), DbErr> {
    let transaction = Transaction::begin(writers, Kind::Write).await?;
    let statements = match writers.backend() {
        DbBackend::Postgres => [
            "CREATE TEMPORARY TABLE storage_trial (filler text) ON COMMIT DROP",
            "INSERT INTO storage_trial SELECT md5(n::text) FROM generate_series(1, 1500) n",
            "DELETE FROM storage_trial",
        ],
        _ => [
            "CREATE TABLE storage_trial (filler BLOB)",
            "INSERT INTO storage_trial VALUES (randomblob(65536))",
            "DROP TABLE storage_trial",
        ],
    };
    for sql in statements {
        transaction.execute_unprepared(sql).await?;
    }
    transaction.commit().await
}
