//! On whose behalf a request runs.
//!
//! It goes with the task instead of through every function: a change that forgot to say who asked for it could not be
//! told from one that nobody asked for.

use std::{
    future::Future,
    sync::{Arc, OnceLock},
};

use uuid::Uuid;

use crate::auth::Caller;

tokio::task_local! {
    static ACTOR: Arc<Actor>;
}

/// Who asks, as far as it is known yet.
#[derive(Debug)]
struct Actor {
    credential: OnceLock<Uuid>,
    request: String,
}

/// What an entry says of whoever asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct By {
    pub credential: Option<Uuid>,
    pub request: Option<String>,
}

/// Runs a request. Whose it is, it learns later.
pub async fn requested<T>(id: &str, run: impl Future<Output = T>) -> T {
    let actor = Actor { credential: OnceLock::new(), request: id.to_owned() };
    ACTOR.scope(Arc::new(actor), run).await
}

/// Runs what a request left to a task of its own.
pub async fn on_behalf_of<T>(caller: &Caller, id: &str, run: impl Future<Output = T>) -> T {
    let credential = OnceLock::from(caller.credential.id);
    ACTOR.scope(Arc::new(Actor { credential, request: id.to_owned() }), run).await
}

/// The request has shown whose it is.
pub fn is(caller: &Caller) {
    // Outside of a request there is nobody to name. A request is of one caller: the first to be named stays.
    let _ = ACTOR.try_with(|actor| actor.credential.set(caller.credential.id));
}

/// Who asked for what runs now; nobody, outside of a request.
#[must_use]
pub fn now() -> By {
    let by = |actor: &Arc<Actor>| By {
        credential: actor.credential.get().copied(),
        request: Some(actor.request.clone()),
    };
    ACTOR.try_with(by).unwrap_or_default()
}
