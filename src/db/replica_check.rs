//! The check of a replica in the background, so that no request finds out by waiting that it is away.
//!
//! How far it lags behind is measured without comparing clocks: the check asks the primary for its position,
//! and when the replica has replayed that, it has all changes from before the question. So a primary on which
//! nothing changes is no lag.

use std::{
    collections::VecDeque,
    mem::discriminant,
    sync::Arc,
    time::{Duration, Instant},
};

use sqlx::{
    ConnectOptions, PgConnection, Row,
    postgres::{PgConnectOptions, PgRow},
};
use tokio::time::{sleep, timeout};

use super::{
    failure::no_answer,
    open_error::ReplicaError,
    pg_identity::{self, Identity},
    position::Position,
    replica_link::Link,
};
use crate::config::redacted_url;

/// Time limit of connecting and of each answer.
const ANSWERS_IN: Duration = Duration::from_secs(1);
/// Shortest time between two checks.
const PAUSE: Duration = Duration::from_millis(10);
/// Positions of the primary that are remembered until the replica has replayed them.
const REMEMBERED: usize = 256;

const PRIMARY: &str = "SELECT pg_current_wal_insert_lsn()::text";
const REPLICA: &str = "SELECT pg_is_in_recovery(), coalesce(pg_last_wal_replay_lsn(), '0/0')::text";

/// The check, with a connection of its own to each server: those of the pools may all be in use.
pub(super) struct Check {
    link: Arc<Link>,
    primary: Peer,
    replica: Peer,
    url: String,
    /// Positions of the primary, and when it was asked.
    positions: VecDeque<(Instant, Position)>,
    /// The result that was logged last. `None`: there is none yet.
    reported: Option<Result<(), ReplicaError>>,
}

/// A server, and the connection to it.
struct Peer {
    options: PgConnectOptions,
    connection: Option<PgConnection>,
    identity: Identity,
}

impl Check {
    /// `url` is the replica's, for errors.
    pub fn new(link: Arc<Link>, primary: PgConnectOptions, replica: PgConnectOptions, url: &str) -> Self {
        let peer = |options| Peer { options, connection: None, identity: Identity::default() };
        let (primary, replica, url) = (peer(primary), peer(replica), redacted_url(url));
        Self { link, primary, replica, url, positions: VecDeque::new(), reported: None }
    }

    /// Checks at intervals, and at once when a statement failed.
    pub async fn run(mut self, every: Duration) {
        loop {
            let next = async {
                sleep(PAUSE).await;
                self.link.doubted().await;
            };
            // Either is a reason to check.
            let _ = timeout(every, next).await;
            let checked = self.once().await;
            self.report(checked);
        }
    }

    /// Checks once, and records how complete the replica is.
    pub async fn once(&mut self) -> Result<(), ReplicaError> {
        let asked_at = Instant::now();
        // While the primary does not answer, the lag is unknown, and grows.
        if let Ok(row) = self.primary.ask(PRIMARY).await
            && let Some(position) = position(&row, 0)
        {
            self.positions.truncate(REMEMBERED - 1);
            self.positions.push_front((asked_at, position.end_of_record()));
        }
        let url = || self.url.clone();
        let row = self.replica.ask(REPLICA).await;
        let row = row.map_err(|source| ReplicaError::Unavailable { url: url(), source })?;
        if !row.try_get::<bool, _>(0).unwrap_or_default() {
            return Err(ReplicaError::Primary(url()));
        }
        if !self.primary.identity.may_be(&self.replica.identity) {
            return Err(ReplicaError::OtherDatabase(url()));
        }
        let Some(replayed) = position(&row, 1) else { return Ok(()) };
        if let Some(newest) = self.positions.iter().position(|(_, position)| *position <= replayed) {
            self.link.set_complete_until(self.positions[newest].0);
            self.positions.truncate(newest);
        }
        Ok(())
    }

    /// Makes the result known to requests and operators, once for each change.
    pub fn report(&mut self, checked: Result<(), ReplicaError>) {
        let kind = |result: &Result<(), ReplicaError>| result.as_ref().err().map(discriminant);
        let is_known = self.reported.as_ref().is_some_and(|before| kind(before) == kind(&checked));
        if !is_known {
            match &checked {
                Ok(()) if self.reported.is_none() => tracing::info!("reads go to the replica"),
                Ok(()) => tracing::warn!("replica available again: reads go to it"),
                Err(error @ ReplicaError::Unavailable { .. }) => {
                    tracing::warn!(%error, "replica unavailable: reads go to the primary");
                }
                Err(error) => tracing::error!(%error, "replica not usable: reads go to the primary"),
            }
        }
        if checked.is_err() {
            // After a restart it may be at an earlier position than before.
            self.positions.clear();
        }
        self.link.set_usable(checked.is_ok());
        metrics::gauge!("verigraph_replica_available").set(if checked.is_ok() { 1.0 } else { 0.0 });
        if let Some(lag) = self.link.lag() {
            metrics::gauge!("verigraph_replica_lag_seconds").set(lag.as_secs_f64());
        }
        self.reported = Some(checked);
    }
}

impl Peer {
    async fn ask(&mut self, sql: &'static str) -> Result<PgRow, sqlx::Error> {
        let answer = timeout(ANSWERS_IN, self.ask_now(sql)).await.unwrap_or_else(|_| Err(no_answer()));
        if answer.is_err() {
            self.connection = None;
        }
        answer
    }

    async fn ask_now(&mut self, sql: &'static str) -> Result<PgRow, sqlx::Error> {
        if self.connection.is_none() {
            let mut connection = self.options.connect().await?;
            self.identity = pg_identity::read(&mut connection).await?;
            self.connection = Some(connection);
        }
        // Without a prepared statement: the connection may be shared by a pooler.
        match &mut self.connection {
            Some(connection) => sqlx::raw_sql(sql).fetch_one(connection).await,
            None => Err(no_answer()),
        }
    }
}

fn position(row: &PgRow, column: usize) -> Option<Position> {
    row.try_get::<&str, _>(column).ok()?.parse().ok()
}
