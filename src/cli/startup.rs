//! Work done before the first request. It has no time limit and is retried while the database is briefly
//! unavailable.

use std::{
    fmt::Display,
    time::{Duration, Instant},
};

use crate::{
    crypto::RootKeyError,
    db::{
        failure::{Cause, cause},
        migrate::SchemaError,
    },
};

/// Delay before the first log line about running work, and the interval of later ones.
const FIRST_LINE: Duration = Duration::from_secs(2);
const NEXT_LINE: Duration = Duration::from_secs(10);
/// Number of attempts, and the first pause between them, which doubles.
const TRIES: u32 = 5;
const PAUSE: Duration = Duration::from_millis(500);

/// An error that may be transient.
pub trait Passing: Display {
    /// Whether to retry.
    fn is_passing(&self) -> bool;
}

impl Passing for sea_orm::DbErr {
    fn is_passing(&self) -> bool {
        matches!(cause(self), Cause::Unavailable | Cause::Busy | Cause::Slow)
    }
}

impl Passing for crate::Error {
    fn is_passing(&self) -> bool {
        self.of_database().is_some_and(Passing::is_passing)
    }
}

impl Passing for SchemaError {
    fn is_passing(&self) -> bool {
        matches!(self, Self::Database(error) if error.is_passing())
    }
}

impl Passing for RootKeyError {
    fn is_passing(&self) -> bool {
        matches!(self, Self::Database(error) if error.is_passing())
    }
}

/// Does the work, retries transient errors, and logs progress if it takes long.
///
/// # Errors
///
/// The first error that is not transient, or the last transient one.
pub async fn persist<T, E: Passing>(what: &str, work: impl AsyncFn() -> Result<T, E>) -> Result<T, E> {
    let mut pause = PAUSE;
    for _ in 1..TRIES {
        match with_progress(what, Box::pin(work())).await {
            Err(error) if error.is_passing() => {
                tracing::warn!(%error, seconds = pause.as_secs_f64(), "{what}: failed, retrying after a pause");
                tokio::time::sleep(pause).await;
                pause *= 2;
            }
            done => return done,
        }
    }
    with_progress(what, Box::pin(work())).await
}

/// Logs progress at intervals once the work takes long.
pub async fn with_progress<T>(what: &str, work: impl Future<Output = T>) -> T {
    let started = Instant::now();
    let mut work = std::pin::pin!(work);
    let mut next = FIRST_LINE;
    loop {
        if let Ok(done) = tokio::time::timeout(next, work.as_mut()).await {
            return done;
        }
        tracing::warn!(seconds = started.elapsed().as_secs(), "{what}: still running");
        next = NEXT_LINE;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use sea_orm::{ConnAcquireErr, DbErr};

    use super::*;

    async fn failing(times: u32, with: DbErr) -> (Result<(), DbErr>, u32) {
        let tries = AtomicU32::new(0);
        let done = persist("a test", async || {
            if tries.fetch_add(1, Ordering::Relaxed) < times { Err(with.clone()) } else { Ok(()) }
        });
        let done = done.await;
        (done, tries.into_inner())
    }

    #[tokio::test]
    async fn work_is_retried_only_after_transient_failures() {
        let away = DbErr::ConnectionAcquire(ConnAcquireErr::Timeout);
        assert_eq!(failing(1, away).await, (Ok(()), 2));
        let wrong = DbErr::Custom("no such table".to_owned());
        assert_eq!(failing(99, wrong.clone()).await, (Err(wrong), 1));
    }
}
