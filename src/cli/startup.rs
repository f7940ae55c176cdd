//! Work that is done before the first request: it takes as long as it takes, and outlasts a database that is away for a
//! moment.

use std::{
    fmt::Display,
    time::{Duration, Instant},
};

use crate::db::{
    failure::{Cause, cause},
    migrate::SchemaError,
};

/// When the log first says that work goes on, and how often after that.
const FIRST_LINE: Duration = Duration::from_secs(2);
const NEXT_LINE: Duration = Duration::from_secs(10);
/// How often the work is begun again, and the first pause before that, which doubles.
const TRIES: u32 = 5;
const PAUSE: Duration = Duration::from_millis(500);

/// A failure that may be over in a moment.
pub trait Passing: Display {
    /// Whether to try again.
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

/// Does the work, again after failures that pass, and says what it is when it takes long.
///
/// # Errors
///
/// The failure that did not pass.
pub async fn persist<T, E: Passing>(what: &str, work: impl AsyncFn() -> Result<T, E>) -> Result<T, E> {
    let mut pause = PAUSE;
    for _ in 1..TRIES {
        match with_progress(what, Box::pin(work())).await {
            Err(error) if error.is_passing() => {
                tracing::warn!(%error, seconds = pause.as_secs_f64(), "{what}: tried again after a pause");
                tokio::time::sleep(pause).await;
                pause *= 2;
            }
            done => return done,
        }
    }
    with_progress(what, Box::pin(work())).await
}

/// Logs from time to time that work goes on, once it takes long.
pub async fn with_progress<T>(what: &str, work: impl Future<Output = T>) -> T {
    let started = Instant::now();
    let mut work = std::pin::pin!(work);
    let mut next = FIRST_LINE;
    loop {
        if let Ok(done) = tokio::time::timeout(next, work.as_mut()).await {
            return done;
        }
        tracing::warn!(seconds = started.elapsed().as_secs(), "{what}: goes on");
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
    async fn work_is_tried_again_after_failures_that_pass_and_not_after_others() {
        let away = DbErr::ConnectionAcquire(ConnAcquireErr::Timeout);
        assert_eq!(failing(1, away).await, (Ok(()), 2));
        let wrong = DbErr::Custom("no such table".to_owned());
        assert_eq!(failing(99, wrong.clone()).await, (Err(wrong), 1));
    }
}
