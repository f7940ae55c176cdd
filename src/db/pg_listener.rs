use std::time::Duration;

use sea_orm::ConnectionTrait;
use sqlx::{
    PgPool,
    postgres::{PgListener as Notifications, PgPoolOptions},
};
use tokio::{task::JoinHandle, time::timeout};

use super::{Store, connection::Pool, dialect::Dialect, failure::no_answer};

/// What server processes on one database call each other by, and how: when something was committed, and when the clock of
/// a project was moved.
const EVENTS: Call = Call { channel: "verigraph_events", notify: "NOTIFY verigraph_events" };
const CLOCKS: Call = Call { channel: "verigraph_clocks", notify: "NOTIFY verigraph_clocks" };
/// How long it takes until a database that went away is tried again.
const TRY_AGAIN: Duration = Duration::from_secs(1);
/// How long nothing is heard before the connection is asked for a sign of life. One that broke without a word would be
/// listened to for ever.
const ASK_AFTER: Duration = Duration::from_secs(20);
/// How long the connection has for that, and for its beginning.
const ANSWERS_IN: Duration = Duration::from_secs(5);

struct Call {
    channel: &'static str,
    notify: &'static str,
}

/// Hears other processes, until it is dropped.
#[derive(Debug)]
pub struct PgListener(JoinHandle<()>);

impl Store {
    /// How often events have to be looked for. Where processes hear each other, that is for hints which got lost.
    #[must_use]
    pub const fn look_every(&self) -> Duration {
        match self.dialect() {
            Dialect::Sqlite => Duration::from_millis(100),
            Dialect::Postgres => Duration::from_secs(1),
        }
    }

    /// Whether processes can hear each other.
    #[must_use]
    pub const fn has_hints(&self) -> bool {
        match self.dialect() {
            Dialect::Sqlite => false,
            Dialect::Postgres => true,
        }
    }

    /// Tells the other processes that something was committed.
    pub async fn hint(&self) {
        self.call(&EVENTS).await;
    }

    /// Tells the other processes that the clock of a project was moved.
    pub async fn hint_of_clocks(&self) {
        self.call(&CLOCKS).await;
    }

    /// A statement of its own: a transaction that notifies takes a lock of the whole cluster when it commits, so changes
    /// would wait for each other.
    async fn call(&self, call: &Call) {
        if !self.has_hints() {
            return;
        }
        if let Err(error) = self.write().execute_unprepared(call.notify).await {
            // They look by themselves in time.
            tracing::debug!("other processes could not be told: {error}");
        }
    }

    /// Calls back when another process has committed something, and whenever it may have without being heard.
    pub fn listen_for_events(&self, heard: impl Fn() + Send + Sync + 'static) -> Option<PgListener> {
        self.listen(&EVENTS, heard)
    }

    /// Calls back when another process has moved the clock of a project, and whenever it may have without being heard.
    pub fn listen_for_clocks(&self, heard: impl Fn() + Send + Sync + 'static) -> Option<PgListener> {
        self.listen(&CLOCKS, heard)
    }

    fn listen(&self, call: &'static Call, heard: impl Fn() + Send + Sync + 'static) -> Option<PgListener> {
        // A connection of its own: one of the pool's would be missing there for as long as somebody listens.
        let options = self.postgres()?.connect_options().as_ref().clone();
        let pool = PgPoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
        let pool = pool.acquire_timeout(ANSWERS_IN);
        let pool = pool.connect_lazy_with(options);
        Some(PgListener(tokio::spawn(async move {
            loop {
                if let Err(error) = hear(&pool, call.channel, &heard).await {
                    tracing::debug!("other processes cannot be heard: {error}");
                }
                tokio::time::sleep(TRY_AGAIN).await;
            }
        })))
    }

    fn postgres(&self) -> Option<&PgPool> {
        match &self.write().pool {
            Pool::Postgres(pool) => Some(pool),
            Pool::Sqlite(_) => None,
        }
    }
}

async fn hear(pool: &PgPool, channel: &str, heard: &(impl Fn() + Sync)) -> Result<(), sqlx::Error> {
    let mut listener = Notifications::connect_with(pool).await?;
    timeout(ANSWERS_IN, listener.listen(channel)).await.map_err(|_| no_answer())??;
    loop {
        // What was said before it could be heard.
        heard();
        // Nothing comes when the connection broke. It is made anew by then, and something may have been missed.
        if let Ok(heard) = timeout(ASK_AFTER, listener.try_recv()).await {
            heard?;
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
