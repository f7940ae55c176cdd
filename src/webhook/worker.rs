//! Delivers due webhooks; safe to run in several processes.

use std::{
    collections::HashSet,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use egress::Failure;
use entity::{Timestamp, webhook_delivery, webhook_subscription as subscription};
use futures_util::{StreamExt, future::join_all, stream};
use tokio::sync::watch;
use uuid::Uuid;

use super::{
    body::body,
    forget,
    queue::{self, ClaimedBatch, LEASE, SubscriptionKey},
    retry_timing::RetryTiming,
    rules::EndpointHealth,
    schedule::{self, DueSubscription},
    secret::{Secret, secrets},
    sender::{Message, Sender, TIMEOUT},
    skipped::{LEFT_TO_OTHERS, SkippedSubscriptions},
};
use crate::{
    Result, clock::Clock, config::Webhooks, crypto::Vault, db::Store, heartbeat::Heartbeat, project::Clocks,
    services::Services,
};

/// Name of the worker in health reports.
const NAME: &str = "webhook worker";
/// Interval between deletions of old deliveries and events.
const FORGET_EVERY: Duration = Duration::from_mins(10);

/// Delivers to each endpoint independently: a slow or failing endpoint does not delay others.
#[derive(Clone, Debug)]
pub struct Worker(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    store: Store,
    vault: Vault,
    clock: Clock,
    clocks: Clocks,
    sender: Sender,
    settings: Webhooks,
    heartbeat: Heartbeat,
    left: SkippedSubscriptions,
    /// Subscriptions whose queue is being processed.
    busy: Mutex<HashSet<Uuid>>,
    /// If set, claimed deliveries that are not sent yet are released.
    is_stopping: AtomicBool,
}

impl Worker {
    /// Creates a worker without work.
    #[must_use]
    pub fn new(services: &Services, settings: &Webhooks) -> Self {
        Self(Arc::new(Parts {
            store: services.store.clone(),
            vault: services.vault.clone(),
            clock: services.clock.clone(),
            clocks: services.clocks.clone(),
            sender: services.sender.clone(),
            settings: settings.clone(),
            heartbeat: services.heartbeat.clone(),
            left: SkippedSubscriptions::default(),
            busy: Mutex::default(),
            is_stopping: AtomicBool::new(false),
        }))
    }

    /// Delivers until `stop` is set; then waits for deliveries in flight.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let (mut look, mut forget) = (
            tokio::time::interval(Duration::from_millis(self.0.settings.poll_milliseconds.max(10))),
            tokio::time::interval(FORGET_EVERY),
        );
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut queues = tokio::task::JoinSet::new();
        self.0.heartbeat.beat(NAME);
        loop {
            tokio::select! {
                _ = stop.changed() => break,
                _ = look.tick() => match self.idle().await {
                    Ok(idle) => {
                        self.0.heartbeat.beat(NAME);
                        for busy in idle {
                            queues.spawn(busy.work_off());
                        }
                    }
                    Err(error) => complain(&error),
                },
                _ = forget.tick() => for forgotten in [self.forget_old().await, self.forget_events().await] {
                    if let Err(error) = forgotten {
                        complain(&error);
                    }
                },
                Some(_) = queues.join_next() => {}
            }
        }
        self.0.is_stopping.store(true, Ordering::Relaxed);
        while queues.join_next().await.is_some() {}
    }

    /// Sends a batch of due deliveries to each endpoint. Returns the number of attempts.
    pub async fn run_due(&self) -> Result<usize> {
        let due = schedule::due(&self.0.store, self.0.clock.now()).await?;
        let tried = join_all(due.into_iter().map(async |due| {
            let clock = self.0.clocks.ahead(due.project, due.ahead);
            self.batch(due.key(), &clock, RetryTiming::Spread).await
        }));
        tried.await.into_iter().sum()
    }

    /// Deletes deliveries that arrived long ago. Returns their number.
    pub async fn forget_old(&self) -> Result<u64> {
        forget::deliveries(&self.0.store, self.long_ago()).await
    }

    /// Deletes old events that no delivery refers to any more. Returns their number.
    pub async fn forget_events(&self) -> Result<u64> {
        forget::events(&self.0.store, self.long_ago()).await
    }

    /// Returns the time before which completed records are deleted.
    fn long_ago(&self) -> Timestamp {
        let days = i64::try_from(self.0.settings.keep_days.min(100_000)).unwrap_or_default();
        self.0.clock.now().plus_seconds(-days * 24 * 60 * 60)
    }

    /// Returns the endpoints that have due deliveries and that this process is not working on, and marks them
    /// as busy.
    async fn idle(&self) -> Result<Vec<ActiveQueue>> {
        let mut due = schedule::due(&self.0.store, self.0.clock.now()).await?;
        let mut busy = self.0.busy.lock().unwrap_or_else(PoisonError::into_inner);
        due.retain(|due| busy.insert(due.subscription));
        Ok(due.into_iter().map(|due| ActiveQueue { worker: self.clone(), due }).collect())
    }

    /// Sends due deliveries to an endpoint by the clock of its project: as many as surely finish before the
    /// lease expires. Returns the number of attempts.
    pub async fn batch(&self, of: SubscriptionKey, clock: &Clock, pace: RetryTiming) -> Result<usize> {
        let Parts { store, settings, .. } = &*self.0;
        if self.0.left.has(of.id) {
            return Ok(0);
        }
        let at_once = usize::try_from(settings.concurrency.clamp(1, 64)).unwrap_or(1);
        // Each slot takes as many deliveries in sequence as can all time out, with time left to record the
        // results.
        let rounds = (LEASE.unsigned_abs() / TIMEOUT.as_secs()).saturating_sub(2).max(1);
        let most = settings.concurrency.clamp(1, 64) * rounds;
        let Some(claimed) = queue::claim(store, clock.now(), of, most).await? else { return Ok(0) };
        let ClaimedBatch { subscription, deliveries } = claimed;
        let (subscription, secrets) = (&subscription, &self.secrets(&subscription).await?);
        // Once the endpoint fails, the remaining deliveries are left for later.
        let (is_failing, has_started) = (&AtomicBool::new(false), &AtomicBool::new(false));
        let has_failed = &AtomicBool::new(subscription.consecutive_failures > 0);
        let tried = stream::iter(deliveries).map(|(row, event)| async move {
            // The first delivery is always sent: its claim has checked the time limit.
            let is_late = has_started.swap(true, Ordering::Relaxed) && pace.is_up();
            let is_over = is_failing.load(Ordering::Relaxed) || self.0.is_stopping.load(Ordering::Relaxed);
            if is_late || is_over {
                return Ok(Some(row.id));
            }
            let went = self.deliver((subscription, secrets, has_failed), clock, pace, &row, &event).await?;
            // Set and never cleared: the result of an earlier delivery may arrive later and must not reopen the
            // endpoint.
            if went != SendOutcome::TakesMore {
                is_failing.store(true, Ordering::Relaxed);
            }
            Ok((went == SendOutcome::Left).then_some(row.id))
        });
        let tried: Vec<Result<Option<Uuid>>> = tried.buffer_unordered(at_once).collect().await;
        let tried: Vec<Option<Uuid>> = tried.into_iter().collect::<Result<_>>()?;
        let untried: Vec<Uuid> = tried.iter().copied().flatten().collect();
        if !untried.is_empty() {
            queue::release(store, of.project, &untried).await?;
        }
        Ok(tried.len() - untried.len())
    }

    /// Sends one delivery.
    async fn deliver(
        &self,
        (subscription, secrets, has_failed): (&subscription::Model, &[Secret], &AtomicBool),
        clock: &Clock,
        pace: RetryTiming,
        row: &webhook_delivery::Model,
        event: &entity::event::Model,
    ) -> Result<SendOutcome> {
        let Parts { store, sender, .. } = &*self.0;
        let message = Message {
            endpoint: &subscription.endpoint,
            id: event.id,
            // The machine's time, even in a sandbox project, because receivers compare it with their own
            // clocks.
            at: self.0.clock.now(),
            body: body(subscription.body_kind, event).to_string(),
            secrets,
        };
        let sent = sender.send(message, pace.timeout()).await;
        let is_young = clock.now() < row.created_at.plus_seconds(LEFT_TO_OTHERS);
        if sent.outcome == Err(Failure::AddressNotAllowed) && is_young {
            self.0.left.add(subscription.id);
            return Ok(SendOutcome::Left);
        }
        let outcome = if sent.is_success() { "arrived" } else { "failed" };
        metrics::counter!("verigraph_webhook_deliveries_total", "outcome" => outcome).increment(1);
        if sent.is_success() {
            queue::arrived(store, clock.now(), row, sent, has_failed.load(Ordering::Relaxed)).await?;
            return Ok(SendOutcome::TakesMore);
        }
        has_failed.store(true, Ordering::Relaxed);
        let health = queue::failed(store, clock.now(), row, sent, pace.jitter()).await?;
        let is_well =
            |health: EndpointHealth| !health.is_open() && health.status == subscription::Status::Active;
        Ok(if health.is_some_and(is_well) { SendOutcome::TakesMore } else { SendOutcome::TakesNoMore })
    }

    /// Returns the secrets that currently sign a subscription's deliveries.
    async fn secrets(&self, row: &subscription::Model) -> Result<Vec<Secret>> {
        let keys = self.0.vault.project(row.project_id).await?;
        secrets(row, keys.common(), self.0.clock.now())
    }
}

/// Outcome of sending one delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SendOutcome {
    /// The endpoint can take more deliveries.
    TakesMore,
    TakesNoMore,
    /// This process may not send to the endpoint; another may.
    Left,
}

/// An endpoint whose queue is being processed, with its worker.
struct ActiveQueue {
    worker: Worker,
    due: DueSubscription,
}

impl ActiveQueue {
    /// Processes the queue until nothing in it is due.
    async fn work_off(self) {
        while !self.worker.0.is_stopping.load(Ordering::Relaxed) {
            let clock = self.worker.0.clocks.ahead(self.due.project, self.due.ahead);
            match self.worker.batch(self.due.key(), &clock, RetryTiming::Spread).await {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => {
                    complain(&error);
                    break;
                }
            }
        }
    }
}

impl Drop for ActiveQueue {
    fn drop(&mut self) {
        self.worker.0.busy.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.due.subscription);
    }
}

fn complain(error: &crate::Error) {
    // The outage itself is logged once, as a condition of the database.
    if error.is_outage() {
        tracing::debug!(error = ?error.of_database(), "failed to process webhook queue");
        return;
    }
    tracing::error!(fault = error.fault(), "failed to process webhook queue: {error}");
}
