use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::sync::Notify;

use super::Store;

/// Minimum interval between two notifications from this process to other processes.
const TELL_EVERY: Duration = Duration::from_millis(10);

/// Notifies readers of events of new ones: in this process at once, in other processes by a hint. Cheap to
/// clone.
#[derive(Clone, Debug)]
pub struct ChangeNotifier(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    store: Store,
    something_changed: Notify,
    /// Whether a notification to other processes is pending.
    is_notifying: AtomicBool,
}

impl ChangeNotifier {
    /// Creates a notifier without pending changes.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self(Arc::new(Parts {
            store,
            something_changed: Notify::new(),
            is_notifying: AtomicBool::new(false),
        }))
    }

    /// Reports a change made by this process, so that readers of events do not wait for the next poll.
    pub fn notify(&self) {
        self.notify_local();
        if self.0.store.has_hints() && !self.0.is_notifying.swap(true, Ordering::AcqRel) {
            let notifier = self.clone();
            tokio::spawn(async move {
                tokio::time::sleep(TELL_EVERY).await;
                // Reset before notifying: a change from here on causes another notification.
                notifier.0.is_notifying.store(false, Ordering::Release);
                notifier.0.store.hint().await;
            });
        }
    }

    /// Reports a change made by another process.
    pub fn notify_local(&self) {
        self.0.something_changed.notify_one();
    }

    /// Waits until something has changed. For a single waiter: others are not woken.
    pub async fn wait(&self) {
        self.0.something_changed.notified().await;
    }
}
