use std::time::Duration;

use sea_orm::ConnectionTrait;
use sqlx::{
    PgPool,
    postgres::{PgListener as Notifications, PgPoolOptions},
};
use tokio::{task::JoinHandle, time::timeout};

use super::{Store, dialect::Dialect, failure::no_answer};

/// The channels by which the server processes on one database notify each other: of commits, and of changes
/// to a project's clock.
const EVENTS: Call = Call { channel: "verigraph_events", notify: "NOTIFY verigraph_events" };
const CLOCKS: Call = Call { channel: "verigraph_clocks", notify: "NOTIFY verigraph_clocks" };
/// Delay before the connection to a lost database is retried.
const TRY_AGAIN: Duration = Duration::from_secs(1);
/// How long the channel may be silent before the connection is checked. A connection that broke without
/// notice would otherwise block for ever.
const ASK_AFTER: Duration = Duration::from_secs(20);
/// Time limit of that check and of connecting.
const ANSWERS_IN: Duration = Duration::from_secs(5);

struct Call {
    channel: &'static str,
    notify: &'static str,
}

/// Listens for notifications of other processes until it is dropped.
#[derive(Debug)]
pub struct PgListener(JoinHandle<()>);

impl Store {
    /// Returns how often to poll for events. If processes can notify each other, polling covers lost
    /// notifications.
    #[must_use]
    pub const fn look_every(&self) -> Duration {
        match self.dialect() {
            Dialect::Sqlite => Duration::from_millis(100),
            Dialect::Postgres => Duration::from_secs(1),
        }
    }

    /// Returns whether processes can notify each other.
    #[must_use]
    pub const fn has_hints(&self) -> bool {
        match self.dialect() {
            Dialect::Sqlite => false,
            Dialect::Postgres => true,
        }
    }

    /// Notifies the other processes of a commit.
    pub async fn hint(&self) {
        self.call(&EVENTS).await;
    }

    /// Notifies the other processes that the clock of a project was moved.
    pub async fn hint_of_clocks(&self) {
        self.call(&CLOCKS).await;
    }

    /// Notifies in a statement of its own: a transaction that notifies takes a cluster-wide lock when it
    /// commits, so changes would wait for each other.
    async fn call(&self, call: &Call) {
        if !self.has_hints() {
            return;
        }
        if let Err(error) = self.write().execute_unprepared(call.notify).await {
            // The other processes poll, so they see the change later.
            tracing::debug!("failed to notify other processes: {error}");
        }
    }

    /// Calls `notify` when another process has committed, and whenever a notification may have been lost.
    pub fn listen_for_events(&self, notify: impl Fn() + Send + Sync + 'static) -> Option<PgListener> {
        self.listen(&EVENTS, notify)
    }

    /// Calls `notify` when another process has moved a project's clock, and whenever a notification may have
    /// been lost.
    pub fn listen_for_clocks(&self, notify: impl Fn() + Send + Sync + 'static) -> Option<PgListener> {
        self.listen(&CLOCKS, notify)
    }

    fn listen(&self, call: &'static Call, notify: impl Fn() + Send + Sync + 'static) -> Option<PgListener> {
        // A separate connection: one from the pool would be unavailable there for as long as the listener
        // runs.
        let options = self.session_options()?;
        let pool = PgPoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
        let pool = pool.acquire_timeout(ANSWERS_IN);
        let pool = pool.connect_lazy_with(options);
        Some(PgListener(tokio::spawn(async move {
            loop {
                if let Err(error) = hear(&pool, call.channel, &notify).await {
                    tracing::debug!("failed to listen to other processes: {error}");
                }
                tokio::time::sleep(TRY_AGAIN).await;
            }
        })))
    }
}

async fn hear(pool: &PgPool, channel: &str, notify: &(impl Fn() + Sync)) -> Result<(), sqlx::Error> {
    let mut listener = Notifications::connect_with(pool).await?;
    timeout(ANSWERS_IN, listener.listen(channel)).await.map_err(|_| no_answer())??;
    loop {
        // Notifications from before the connection are lost, so report a change.
        notify();
        // `None` means that the connection broke. The driver has reconnected by then, and notifications may
        // be lost.
        if let Ok(received) = timeout(ASK_AFTER, listener.try_recv()).await {
            received?;
        } else {
            let lives = sqlx::query("SELECT 1").execute(&mut listener);
            timeout(ANSWERS_IN, lives).await.map_err(|_| no_answer())??;
        }
    }
}

impl Drop for PgListener {
    fn drop(&mut self) {
        self.0.abort();
    }
}
