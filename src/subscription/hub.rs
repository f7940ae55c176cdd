use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use entity::event;
use tokio::sync::{Notify, Semaphore, mpsc, watch};
use uuid::Uuid;

use super::{
    Interest, Occasion,
    feed::{Head, PAGE},
};
use crate::{
    Result,
    config::Limits,
    db::{ChangeNotifier, Store},
};

/// How long it takes until it is looked again at least.
const PAUSE: Duration = Duration::from_millis(5);
/// How long everybody waits, after many events at once, for those who still have some to be told.
const CATCH_UP: Duration = Duration::from_secs(1);

/// Tells whoever listens what happens. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Hub(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    store: Store,
    listeners: Mutex<Listeners>,
    /// Whether events are being read. They are while somebody listens.
    is_reading: tokio::sync::Mutex<bool>,
    news: ChangeNotifier,
    /// Places for documents of subscriptions that run at once.
    turns: Arc<Semaphore>,
    queue: usize,
    stop: watch::Sender<bool>,
}

#[derive(Debug, Default)]
struct Listeners {
    next: u64,
    /// By project.
    of: HashMap<Uuid, HashMap<u64, Listener>>,
}

#[derive(Debug)]
struct Listener {
    interest: Interest,
    queue: mpsc::Sender<Arc<Occasion>>,
    too_slow: Arc<Notify>,
}

/// Somebody who listens, until it is dropped.
#[derive(Debug)]
pub struct Listening {
    hub: Hub,
    project: Uuid,
    number: u64,
    queue: mpsc::Receiver<Arc<Occasion>>,
}

impl Hub {
    /// Nobody listens yet.
    #[must_use]
    pub fn new(store: Store, news: ChangeNotifier, limits: &Limits) -> Self {
        let most = |limit: u64, most: usize| usize::try_from(limit).unwrap_or(most).clamp(1, most);
        Self(Arc::new(Parts {
            store,
            listeners: Mutex::default(),
            is_reading: tokio::sync::Mutex::new(false),
            news,
            turns: Arc::new(Semaphore::new(most(limits.subscription_turns, Semaphore::MAX_PERMITS))),
            queue: most(limits.subscription_queue, Semaphore::MAX_PERMITS),
            stop: watch::Sender::new(false),
        }))
    }

    /// Listens to a project from here on. Who is told is notified once it is too slow, and told nothing more.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn listen(
        &self,
        project: Uuid,
        interest: Interest,
        too_slow: Arc<Notify>,
    ) -> Result<Listening> {
        let (sender, queue) = mpsc::channel(self.0.queue);
        let number = {
            let mut listeners = self.listeners();
            listeners.next += 1;
            let number = listeners.next;
            let listener = Listener { interest, queue: sender, too_slow };
            listeners.of.entry(project).or_default().insert(number, listener);
            number
        };
        // Counted from here on, so that the reader which this finds at work does not end.
        let listening = Listening { hub: self.clone(), project, number, queue };
        let mut is_reading = self.0.is_reading.lock().await;
        if !*is_reading {
            let head = Head::now(&self.0.store).await?;
            *is_reading = true;
            tokio::spawn(self.clone().read(head));
        }
        Ok(listening)
    }

    /// Something was changed by this process: whoever listens need not wait for the next look.
    pub fn wake(&self) {
        self.0.news.tell();
    }

    /// Waits for a place to run a document in.
    pub async fn turn(&self) -> Option<tokio::sync::OwnedSemaphorePermit> {
        self.0.turns.clone().acquire_owned().await.ok()
    }

    /// Tells everybody to go: the server stops.
    pub fn stop(&self) {
        self.0.stop.send_replace(true);
    }

    /// Waits until the server stops.
    pub async fn stopping(&self) {
        // The sender lives as long as this does.
        let _ = self.0.stop.subscribe().wait_for(|stops| *stops).await;
    }

    /// How many listen.
    #[must_use]
    pub fn count(&self) -> usize {
        self.listeners().of.values().map(HashMap::len).sum()
    }

    fn listeners(&self) -> MutexGuard<'_, Listeners> {
        self.0.listeners.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn read(self, mut head: Head) {
        let mut fails = false;
        let news = self.0.news.clone();
        let _hints = self.0.store.listen_for_events(move || news.heard());
        let look_every = self.0.store.look_every();
        loop {
            tokio::select! {
                () = tokio::time::sleep(look_every) => {}
                () = self.0.news.wait() => {}
            }
            if self.count() == 0 {
                let mut is_reading = self.0.is_reading.lock().await;
                // Somebody may have come meanwhile, and found us at work.
                if self.count() == 0 {
                    *is_reading = false;
                    return;
                }
            }
            let looked = self.look(&mut head).await;
            match (&looked, fails) {
                // A database that restarts is asked again until it answers; what happened meanwhile is read then.
                (Err(error), false) if !error.is_outage() => {
                    tracing::error!(fault = error.fault(), "events cannot be read: {error}");
                }
                (Ok(()), true) => tracing::info!("events are read again"),
                (Ok(()), false) | (Err(_), _) => {}
            }
            fails = looked.is_err_and(|error| !error.is_outage());
            // Many changes are read together.
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Tells everything that there is to tell.
    async fn look(&self, head: &mut Head) -> Result<()> {
        loop {
            let rows = head.advance(&self.0.store).await?;
            let is_last = (rows.len() as u64) < PAGE;
            for row in rows {
                self.tell(row);
            }
            if is_last {
                return Ok(());
            }
            // Many at once, as an import writes them: who reads well must not be taken for slow.
            let given_up = tokio::time::Instant::now() + CATCH_UP;
            while self.is_behind() && tokio::time::Instant::now() < given_up {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
    }

    fn tell(&self, row: event::Model) {
        let mut listeners = self.listeners();
        let Some(of_project) = listeners.of.get_mut(&row.project_id) else { return };
        let occasion = Arc::new(Occasion::new(row));
        of_project.retain(|_, listener| {
            if !listener.interest.is_met_by(&occasion.event) {
                return true;
            }
            let has_room = listener.queue.try_send(occasion.clone()).is_ok();
            if !has_room {
                listener.too_slow.notify_one();
            }
            has_room
        });
    }

    /// Whether somebody's queue has no room for a page.
    fn is_behind(&self) -> bool {
        let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let few = |listener: &Listener| listener.queue.capacity() < page.min(listener.queue.max_capacity());
        self.listeners().of.values().flat_map(HashMap::values).any(few)
    }
}

impl Listening {
    /// What happens next. Does not end by itself: who is too slow waits for good.
    pub async fn next(&mut self) -> Arc<Occasion> {
        match self.queue.recv().await {
            Some(occasion) => occasion,
            None => std::future::pending().await,
        }
    }

    /// Waits for something else from here on.
    pub fn wait_for(&self, interest: Interest) {
        let mut listeners = self.hub.listeners();
        if let Some(listener) = listeners.of.get_mut(&self.project).and_then(|of| of.get_mut(&self.number)) {
            listener.interest = interest;
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
