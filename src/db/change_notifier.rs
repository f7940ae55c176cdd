use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::sync::Notify;

use super::Store;

/// Other processes are told of changes through this one so often at most.
const TELL_EVERY: Duration = Duration::from_millis(10);

/// Tells whoever reads events that there are new ones: in this process at once, in others by a hint. Cheap to clone.
#[derive(Clone, Debug)]
pub struct ChangeNotifier(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    store: Store,
    something_changed: Notify,
    /// Whether other processes are about to be told that something changed.
    is_telling: AtomicBool,
}

impl ChangeNotifier {
    /// Nothing has happened yet.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self(Arc::new(Parts { store, something_changed: Notify::new(), is_telling: AtomicBool::new(false) }))
    }

    /// Something was changed by this process: whoever reads events need not wait for the next look.
    pub fn tell(&self) {
        self.heard();
        if self.0.store.has_hints() && !self.0.is_telling.swap(true, Ordering::AcqRel) {
            let news = self.clone();
            tokio::spawn(async move {
                tokio::time::sleep(TELL_EVERY).await;
                // Before they are told: what changes from here on is told next time.
                news.0.is_telling.store(false, Ordering::Release);
                news.0.store.hint().await;
            });
        }
    }

    /// Something was changed by another process.
    pub fn heard(&self) {
        self.0.something_changed.notify_one();
    }

    /// Waits until something was changed. For one who waits: others are not told then.
    pub async fn wait(&self) {
        self.0.something_changed.notified().await;
    }
}
