use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::watch, time::Instant};

use crate::{
    Result,
    auth::{Audience, Authenticator, Caller, TokenGrant, TokenSubject},
    clock::Clock,
};

/// Interval at which tokens and credentials are checked. A revocation takes effect within a second.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// Maximum age of the last check when an event is sent.
const FRESH: Duration = Duration::from_secs(1);

/// Checks whether the tokens and credentials of open sockets are still valid, with one statement for all of
/// them. Cheap to clone.
#[derive(Clone)]
pub struct TokenWatcher(Arc<Parts>);

struct Parts {
    callers: Authenticator,
    clock: Clock,
    watched: Mutex<HashMap<u64, Watched>>,
    is_looking: tokio::sync::Mutex<bool>,
    /// Start of the last successful check.
    looked_at: watch::Sender<Instant>,
}

struct Watched {
    grant: TokenGrant,
    state: watch::Sender<TokenState>,
}

/// A valid caller, or the reason why it is no longer valid.
#[derive(Clone)]
enum TokenState {
    Good(Caller),
    Over(&'static str),
}

/// State of a socket's token. Dropping it ends the watch.
pub struct TokenWatch {
    watcher: TokenWatcher,
    number: u64,
    state: watch::Receiver<TokenState>,
    looked_at: watch::Receiver<Instant>,
}

/// Changes of a caller's permissions.
pub struct GrantChanges(watch::Receiver<TokenState>);

impl TokenWatcher {
    /// Creates a watcher without tokens.
    #[must_use]
    pub fn new(callers: Authenticator, clock: Clock) -> Self {
        Self(Arc::new(Parts {
            callers,
            clock,
            watched: Mutex::default(),
            is_looking: tokio::sync::Mutex::new(false),
            looked_at: watch::Sender::new(Instant::now()),
        }))
    }

    /// Watches a token from now on.
    pub async fn watch(&self, caller: Caller, grant: TokenGrant) -> TokenWatch {
        let (state, receiver) = watch::channel(TokenState::Good(caller));
        let looked_at = self.0.looked_at.subscribe();
        let number = {
            static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
            let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            self.watched().insert(number, Watched { grant, state });
            number
        };
        let watch = TokenWatch { watcher: self.clone(), number, state: receiver, looked_at };
        let mut is_looking = self.0.is_looking.lock().await;
        if !*is_looking {
            *is_looking = true;
            tokio::spawn(self.clone().look_on());
        }
        watch
    }

    fn watched(&self) -> MutexGuard<'_, HashMap<u64, Watched>> {
        self.0.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn look_on(self) {
        let mut ticks = tokio::time::interval(LOOK_EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            if self.watched().is_empty() {
                let mut is_looking = self.0.is_looking.lock().await;
                // A token may have been added meanwhile, while the task was still marked as running.
                if self.watched().is_empty() {
                    *is_looking = false;
                    return;
                }
            }
            if let Err(error) = self.look().await {
                // No events are sent meanwhile, so none is sent to a caller that has lost its permission.
                tracing::warn!(fault = error.fault(), "failed to read credentials of sockets: {error}");
            }
        }
    }

    async fn look(&self) -> Result<()> {
        let began = Instant::now();
        let mut subjects: Vec<TokenSubject> = self.watched().values().map(|it| it.grant.subject).collect();
        subjects.sort_unstable();
        subjects.dedup();
        let now = self.0.clock.now();
        let live = self.0.callers.reread(&subjects, now).await?;
        for Watched { grant, state } in self.watched().values() {
            if subjects.binary_search(&grant.subject).is_err() {
                // Added after the query.
                continue;
            }
            let new = match live.get(&grant.subject) {
                _ if grant.is_over(now) => TokenState::Over(Audience::Graph.expired()),
                Some(caller) => TokenState::Good(grant.narrow(caller.clone())),
                None => TokenState::Over(grant.subject.revoked()),
            };
            state.send_if_modified(|old| {
                let is_new = !old.is_like(&new);
                *old = new;
                is_new
            });
        }
        self.0.looked_at.send_replace(began);
        Ok(())
    }
}

impl TokenState {
    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Good(one), Self::Good(other)) => {
                one.permissions == other.permissions
                    && one.actor() == other.actor()
                    && one.tag_limits() == other.tag_limits()
            }
            (Self::Over(_), Self::Over(_)) => true,
            (Self::Good(_), Self::Over(_)) | (Self::Over(_), Self::Good(_)) => false,
        }
    }
}

impl TokenWatch {
    /// Returns the caller with its permissions by the last check.
    ///
    /// # Errors
    ///
    /// The reason why the caller is no longer valid.
    pub fn caller(&self) -> Result<Caller, &'static str> {
        let now = self.watcher.0.clock.now();
        let is_over = self.watcher.watched().get(&self.number).is_none_or(|it| it.grant.is_over(now));
        match &*self.state.borrow() {
            TokenState::Good(_) if is_over => Err(Audience::Graph.expired()),
            TokenState::Good(caller) => Ok(caller.clone()),
            TokenState::Over(why) => Err(why),
        }
    }

    /// Like [`Self::caller`], by a recent check. Waits for one while the database does not respond.
    ///
    /// # Errors
    ///
    /// The reason why the caller is no longer valid.
    pub async fn fresh_caller(&self) -> Result<Caller, &'static str> {
        let mut looked_at = self.looked_at.clone();
        // The sender lives as long as `self`.
        let _ = looked_at.wait_for(|at| at.elapsed() < FRESH).await;
        self.caller()
    }

    /// Waits until the caller is no longer valid, and returns the reason.
    pub async fn over(&self) -> &'static str {
        let mut changes = GrantChanges(self.state.clone());
        loop {
            if let TokenState::Over(why) = &*self.state.borrow() {
                return why;
            }
            changes.next().await;
        }
    }

    /// Returns the changes of the caller's permissions from now on.
    #[must_use]
    pub fn changes(&self) -> GrantChanges {
        let mut state = self.state.clone();
        state.mark_unchanged();
        GrantChanges(state)
    }
}

impl GrantChanges {
    /// Waits for the next change.
    pub async fn next(&mut self) {
        if self.0.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

impl Drop for TokenWatch {
    fn drop(&mut self) {
        self.watcher.watched().remove(&self.number);
    }
}
