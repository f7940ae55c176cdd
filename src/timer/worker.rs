use std::time::{Duration, Instant};

use tokio::sync::watch;

use crate::{
    Result, idempotency,
    identification::store::due,
    member::{attempt, pause},
    project,
    retention::store as retention,
    services::Services,
    user::names::build::Builder,
};

/// Interval between checks for due transitions.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// Interval between checks for expired retention periods: each check costs one statement per policy.
const LET_GO_EVERY: Duration = Duration::from_secs(30);
/// Interval between deletions of expired idempotency keys.
const SWEEP_EVERY: Duration = Duration::from_mins(10);
/// Maximum number of keys deleted in one statement.
const KEYS: u64 = 1000;
/// Time that indexes of names are built for between two checks: what is due does not wait longer.
const BUILD_FOR: Duration = Duration::from_millis(300);
/// Name of the worker in health reports.
const NAME: &str = "timer";
/// Number of identifications per read.
const BATCH: u64 = 100;

/// Applies due transitions; safe to run in several processes.
#[derive(Clone, Debug)]
pub struct Timer(Services);

impl Timer {
    /// Creates a timer.
    #[must_use]
    pub fn new(services: &Services) -> Self {
        Self(services.clone())
    }

    /// Applies due transitions until `stop` is set.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        self.0.heartbeat.beat(NAME);
        let mut look = tokio::time::interval(LOOK_EVERY);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut let_go = tokio::time::interval(LET_GO_EVERY);
        let_go.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut sweep = tokio::time::interval(SWEEP_EVERY);
        sweep.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = stop.changed() => return,
                _ = sweep.tick() => {
                    self.record("failed to delete expired idempotency keys", self.delete_expired_keys().await);
                    self.record("failed to delete expired sign-ins", self.delete_expired_sign_ins().await);
                    self.record("failed to look at the size of indexes of names", self.names().grow().await);
                }
                _ = look.tick() => {
                    self.record("failed to apply due transitions", self.expire_due().await);
                    self.record("failed to build an index of names", self.build_names(BUILD_FOR).await);
                }
                _ = let_go.tick() => {
                    self.record("failed to apply retention policies", retention::run_due(&self.0.store, &self.0.images, &self.0.clocks).await);
                }
            }
        }
    }

    /// Logs the result of a check. No check hangs: a statement without an answer fails after its time limit,
    /// and the next check uses another connection.
    fn record<T>(&self, what: &str, result: Result<T>) {
        match result {
            Ok(_) => self.0.heartbeat.beat(NAME),
            // The outage itself is logged once, as a condition of the database.
            Err(error) if error.is_outage() => tracing::debug!(error = ?error.of_database(), "{what}"),
            Err(error) => tracing::error!(fault = error.fault(), "{what}: {error}"),
        }
    }

    /// Applies everything that is due, in every project by its own clock. Returns the number of changed
    /// objects.
    pub async fn run_due(&self) -> Result<usize> {
        let gone = usize::try_from(retention::run_due(&self.0.store, &self.0.images, &self.0.clocks).await?)
            .unwrap_or(usize::MAX);
        Ok(gone.saturating_add(self.expire_due().await?))
    }

    /// Writes and deletes hashes of names for about this time.
    pub async fn build_names(&self, time: Duration) -> Result<()> {
        let began = Instant::now();
        for project in self.names().unfinished().await? {
            while self.names().step(project).await? && began.elapsed() < time {
                self.0.heartbeat.beat(NAME);
            }
        }
        Ok(())
    }

    const fn names(&self) -> Builder<'_> {
        let Services { store, vault, clock: machine, .. } = &self.0;
        Builder { store, vault, machine }
    }

    /// Deletes expired idempotency keys, also those of projects without requests. Returns their number.
    pub async fn delete_expired_keys(&self) -> Result<u64> {
        let Services { store, clocks, .. } = &self.0;
        let mut deleted = 0;
        for project in project::store::list(store).await? {
            loop {
                let clock = clocks.of(&project);
                let some = idempotency::delete_expired(store.write(), project.id, &clock, KEYS).await?;
                deleted += some;
                if some < KEYS {
                    break;
                }
            }
        }
        Ok(deleted)
    }

    /// Deletes attempts to sign in that expired, and failures that no longer count. Returns their number.
    pub async fn delete_expired_sign_ins(&self) -> Result<u64> {
        let Services { store, clock, .. } = &self.0;
        let attempts = attempt::delete_expired(store.write(), clock.now()).await?;
        Ok(attempts + pause::delete_expired(store.write(), clock.now()).await?)
    }

    async fn expire_due(&self) -> Result<usize> {
        let Services { store, clock, clocks, .. } = &self.0;
        let mut happened = 0;
        loop {
            let due = due::all(store, clock.now(), BATCH).await?;
            let mut moved = 0;
            for (id, project, ahead) in &due {
                // `None`: another process applied it first.
                self.0.heartbeat.beat(NAME);
                if due::happen(store, &clocks.ahead(*project, *ahead), *project, *id).await?.is_some() {
                    moved += 1;
                }
            }
            happened += moved;
            if moved > 0 {
                // No request is involved, so no response notifies the subscriptions of it.
                self.0.notifier.notify();
            }
            if moved == 0 || (due.len() as u64) < BATCH {
                return Ok(happened);
            }
        }
    }
}
