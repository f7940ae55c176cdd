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

/// Bytes of an operation's name that the log keeps.
const LONGEST_OPERATION: usize = 100;

tokio::task_local! {
    static ACTOR: Arc<Actor>;
}

/// Who asks, as far as it is known yet.
#[derive(Debug)]
struct Actor {
    credential: OnceLock<Uuid>,
    project: OnceLock<Uuid>,
    operation: OnceLock<String>,
    request: String,
}

/// What the log says of a request besides its path.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    pub credential: Option<Uuid>,
    pub project: Option<Uuid>,
    /// The name of the GraphQL operation.
    pub operation: Option<String>,
}

/// What an entry says of whoever asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct By {
    pub credential: Option<Uuid>,
    pub request: Option<String>,
}

/// Runs a request, and gives what it has learned of itself. Whose it is, it learns later.
pub async fn requested<T>(id: &str, run: impl Future<Output = T>) -> (T, Summary) {
    let actor = Arc::new(Actor::new(id));
    let answer = ACTOR.scope(actor.clone(), run).await;
    let summary = Summary {
        credential: actor.credential.get().copied(),
        project: actor.project.get().copied(),
        operation: actor.operation.get().cloned(),
    };
    (answer, summary)
}

impl Actor {
    fn new(request: &str) -> Self {
        let (credential, project, operation) = Default::default();
        Self { credential, project, operation, request: request.to_owned() }
    }
}

/// Runs a part of the current request, which may be in another task.
pub fn inherited<T>(run: impl Future<Output = T>) -> impl Future<Output = T> {
    let actor = ACTOR.try_with(Arc::clone).ok();
    async move {
        match actor {
            Some(actor) => ACTOR.scope(actor, run).await,
            None => run.await,
        }
    }
}

/// Runs what a request left to a task of its own.
pub async fn on_behalf_of<T>(caller: &Caller, id: &str, run: impl Future<Output = T>) -> T {
    let actor = Actor { credential: OnceLock::from(caller.credential.id), ..Actor::new(id) };
    ACTOR.scope(Arc::new(actor), run).await
}

/// The request has shown whose it is.
pub fn is(caller: &Caller) {
    // Outside of a request there is nobody to name. A request is of one caller: the first to be named stays.
    let _ = ACTOR.try_with(|actor| {
        let _ = actor.credential.set(caller.credential.id);
        let _ = actor.project.set(caller.project_id());
    });
}

/// The name of the GraphQL operation that the request runs, if it has one.
pub fn runs(operation: Option<&str>) {
    if let Some(operation) = operation {
        let end = operation.floor_char_boundary(LONGEST_OPERATION);
        let _ = ACTOR.try_with(|actor| actor.operation.set(operation[..end].to_owned()));
    }
}

/// Whether the audit keeps the id of a request. Clients may choose it, entries are never deleted, and a name is not to
/// outlive the person: so only ids of hexadecimal digits and hyphens, as UUIDs and trace ids are.
fn is_kept(id: &str) -> bool {
    id.len() >= 8 && id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// Who asked for what runs now; nobody, outside of a request.
#[must_use]
pub fn now() -> By {
    let by = |actor: &Arc<Actor>| By {
        credential: actor.credential.get().copied(),
        request: Some(&actor.request).filter(|id| is_kept(id)).cloned(),
    };
    ACTOR.try_with(by).unwrap_or_default()
}
