use std::time::Duration;

use tokio::sync::watch;

use crate::{Result, identification::store::due, retention::store as retention, services::Services};

/// How often it is looked whether something is due.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// How often it is looked whether something was kept long enough: a look costs a statement a policy.
const LET_GO_EVERY: Duration = Duration::from_secs(30);
/// What the timer is called where workers are told of.
const NAME: &str = "timer";
/// Identifications that are read at once.
const BATCH: u64 = 100;

/// Lets happen what is due. Any number of processes may.
#[derive(Clone, Debug)]
pub struct Timer(Services);

impl Timer {
    /// A timer that nothing has been due for yet.
    #[must_use]
    pub fn new(services: &Services) -> Self {
        Self(services.clone())
    }

    /// Lets happen what is due until it is told to stop.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        self.0.pulse.beat(NAME);
        let mut look = tokio::time::interval(LOOK_EVERY);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut let_go = tokio::time::interval(LET_GO_EVERY);
        let_go.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = stop.changed() => return,
                _ = look.tick() => self.looked("what is due has to wait", self.expire_due().await),
                _ = let_go.tick() => {
                    self.looked("what was kept long enough has to wait", retention::run_due(&self.0).await);
                }
            }
        }
    }

    /// Says how a look ended. Each ends: a statement that is not answered in time fails, and the next look takes another
    /// connection.
    fn looked<T>(&self, what: &str, looked: Result<T>) {
        match looked {
            Ok(_) => self.0.pulse.beat(NAME),
            // The log has it that the database is away, once.
            Err(error) if error.is_outage() => tracing::debug!(error = ?error.of_database(), "{what}"),
            Err(error) => tracing::error!(fault = error.fault(), "{what}: {error}"),
        }
    }

    /// Lets everything happen that is due, in every project by its own clock. Returns to how many objects something
    /// happened.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn run_due(&self) -> Result<usize> {
        let gone = usize::try_from(retention::run_due(&self.0).await?).unwrap_or(usize::MAX);
        Ok(gone.saturating_add(self.expire_due().await?))
    }

    async fn expire_due(&self) -> Result<usize> {
        let Services { store, clock, clocks, .. } = &self.0;
        let mut happened = 0;
        loop {
            let due = due::all(store, clock.now(), BATCH).await?;
            let mut moved = 0;
            for (id, project, ahead) in &due {
                // `None`: another process was faster.
                self.0.pulse.beat(NAME);
                if due::happen(store, &clocks.ahead(*project, *ahead), *id).await?.is_some() {
                    moved += 1;
                }
            }
            happened += moved;
            if moved > 0 {
                // Nobody asked for it, so no answer tells the subscriptions of it.
                self.0.news.tell();
            }
            if moved == 0 || (due.len() as u64) < BATCH {
                return Ok(happened);
            }
        }
    }
}
