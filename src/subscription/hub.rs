use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use entity::event;
use tokio::sync::{Notify, Semaphore, mpsc, watch};
use uuid::Uuid;

use super::{
    DeliveredEvent, EventFilter,
    feed::{PAGE, Positions},
};
use crate::{
    Result,
    config::Limits,
    db::{ChangeNotifier, Store},
};

/// Minimum time between two reads of events.
const PAUSE: Duration = Duration::from_millis(5);
/// Maximum time to wait, after a full page of events, for subscribers to empty their queues.
const CATCH_UP: Duration = Duration::from_secs(1);

/// Sends events to subscribers. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Hub(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    store: Store,
    listeners: Mutex<Listeners>,
    /// Whether the task that reads events is running. It runs while at least one subscriber exists.
    is_reading: tokio::sync::Mutex<bool>,
    notifier: ChangeNotifier,
    /// Permits for documents of subscriptions that run at the same time.
    permits: Arc<Semaphore>,
    queue: usize,
    stop: watch::Sender<bool>,
}

#[derive(Debug, Default)]
struct Listeners {
    next: u64,
    /// Subscribers by project.
    of: HashMap<Uuid, HashMap<u64, Listener>>,
}

#[derive(Debug)]
struct Listener {
    filter: EventFilter,
    queue: mpsc::Sender<Arc<DeliveredEvent>>,
    too_slow: Arc<Notify>,
}

/// A subscriber. Dropping it ends the subscription.
#[derive(Debug)]
pub struct Listening {
    hub: Hub,
    project: Uuid,
    number: u64,
    queue: mpsc::Receiver<Arc<DeliveredEvent>>,
}

impl Hub {
    /// Creates a hub without subscribers.
    #[must_use]
    pub fn new(store: Store, notifier: ChangeNotifier, limits: &Limits) -> Self {
        let most = |limit: u64, most: usize| usize::try_from(limit).unwrap_or(most).clamp(1, most);
        Self(Arc::new(Parts {
            store,
            listeners: Mutex::default(),
            is_reading: tokio::sync::Mutex::new(false),
            notifier,
            permits: Arc::new(Semaphore::new(most(limits.subscription_turns, Semaphore::MAX_PERMITS))),
            queue: most(limits.subscription_queue, Semaphore::MAX_PERMITS),
            stop: watch::Sender::new(false),
        }))
    }

    /// Subscribes to a project's events from now on. A subscriber whose queue is full is notified through
    /// `too_slow` and receives no further events.
    pub async fn listen(
        &self,
        project: Uuid,
        filter: EventFilter,
        too_slow: Arc<Notify>,
    ) -> Result<Listening> {
        let (sender, queue) = mpsc::channel(self.0.queue);
        let number = {
            let mut listeners = self.listeners();
            listeners.next += 1;
            let number = listeners.next;
            let listener = Listener { filter, queue: sender, too_slow };
            listeners.of.entry(project).or_default().insert(number, listener);
            number
        };
        // Registered before the check, so that a reader that is still running does not stop.
        let listening = Listening { hub: self.clone(), project, number, queue };
        let mut is_reading = self.0.is_reading.lock().await;
        if !*is_reading {
            let positions = Positions::now(&self.0.store).await?;
            *is_reading = true;
            tokio::spawn(self.clone().read(positions));
        }
        Ok(listening)
    }

    /// Notifies the reader of a change by this process, so that it does not wait for the next interval.
    pub fn wake(&self) {
        self.0.notifier.notify();
    }

    /// Acquires a permit to run a document.
    pub async fn acquire_permit(&self) -> Option<tokio::sync::OwnedSemaphorePermit> {
        self.0.permits.clone().acquire_owned().await.ok()
    }

    /// Asks all subscribers to disconnect, because the server stops.
    pub fn stop(&self) {
        self.0.stop.send_replace(true);
    }

    /// Waits until the server stops.
    pub async fn stopping(&self) {
        // The sender lives as long as `self`.
        let _ = self.0.stop.subscribe().wait_for(|stops| *stops).await;
    }

    /// Number of subscribers.
    #[must_use]
    pub fn count(&self) -> usize {
        self.listeners().of.values().map(HashMap::len).sum()
    }

    fn listeners(&self) -> MutexGuard<'_, Listeners> {
        self.0.listeners.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn read(self, mut positions: Positions) {
        let mut fails = false;
        let notifier = self.0.notifier.clone();
        let _hints = self.0.store.listen_for_events(move || notifier.notify_local());
        let look_every = self.0.store.look_every();
        loop {
            tokio::select! {
                () = tokio::time::sleep(look_every) => {}
                () = self.0.notifier.wait() => {}
            }
            if self.count() == 0 {
                let mut is_reading = self.0.is_reading.lock().await;
                // A subscriber may have registered meanwhile, while the reader was still marked as running.
                if self.count() == 0 {
                    *is_reading = false;
                    return;
                }
            }
            let looked = self.look(&mut positions).await;
            match (&looked, fails) {
                // While the database restarts, the read is retried until it succeeds. Events that occur
                // meanwhile are read then.
                (Err(error), false) if !error.is_outage() => {
                    tracing::error!(fault = error.fault(), "failed to read events: {error}");
                }
                (Ok(()), true) => tracing::info!("resumed reading events"),
                (Ok(()), false) | (Err(_), _) => {}
            }
            fails = looked.is_err_and(|error| !error.is_outage());
            // Changes in quick succession are read together.
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Reads all new events and sends them to the subscribers.
    async fn look(&self, positions: &mut Positions) -> Result<()> {
        loop {
            let rows = positions.advance(&self.0.store).await?;
            let is_last = (rows.len() as u64) < PAGE;
            for row in rows {
                self.dispatch(row);
            }
            if is_last {
                return Ok(());
            }
            // Many events at once, for example from an import: a subscriber that keeps reading must not count
            // as too slow.
            let given_up = tokio::time::Instant::now() + CATCH_UP;
            while self.is_behind() && tokio::time::Instant::now() < given_up {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
    }

    fn dispatch(&self, row: event::Model) {
        let mut listeners = self.listeners();
        let Some(of_project) = listeners.of.get_mut(&row.project_id) else { return };
        let delivered = Arc::new(DeliveredEvent::new(row));
        of_project.retain(|_, listener| {
            if !listener.filter.matches(&delivered.event) {
                return true;
            }
            let has_room = listener.queue.try_send(delivered.clone()).is_ok();
            if !has_room {
                listener.too_slow.notify_one();
            }
            has_room
        });
    }

    /// Whether a subscriber's queue has no room for a page.
    fn is_behind(&self) -> bool {
        let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let few = |listener: &Listener| listener.queue.capacity() < page.min(listener.queue.max_capacity());
        self.listeners().of.values().flat_map(HashMap::values).any(few)
    }
}

impl Listening {
    /// Waits for the next event. Never returns if the subscriber was too slow.
    pub async fn next(&mut self) -> Arc<DeliveredEvent> {
        match self.queue.recv().await {
            Some(delivered) => delivered,
            None => std::future::pending().await,
        }
    }

    /// Changes the events that the subscriber receives from now on.
    pub fn set_filter(&self, filter: EventFilter) {
        let mut listeners = self.hub.listeners();
        if let Some(listener) = listeners.of.get_mut(&self.project).and_then(|of| of.get_mut(&self.number)) {
            listener.filter = filter;
        }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let mut listeners = self.hub.listeners();
        if let Some(of_project) = listeners.of.get_mut(&self.project) {
            of_project.remove(&self.number);
            if of_project.is_empty() {
                listeners.of.remove(&self.project);
            }
        }
    }
}
