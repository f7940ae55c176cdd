//! The caller on whose behalf the current task runs.
//!
//! The actor is a task-local value instead of an argument of every function: with an argument, a change that
//! forgot to pass its caller would look the same as a change that no request made.

use std::{
    future::Future,
    sync::{Arc, OnceLock},
};

use uuid::Uuid;

use crate::auth::{ActorId, Caller};

/// Maximum length, in bytes, of an operation name in the log.
const LONGEST_OPERATION: usize = 100;

tokio::task_local! {
    static ACTOR: Arc<Actor>;
}

/// The caller of the current request, as far as it is known.
#[derive(Debug)]
struct Actor {
    id: OnceLock<ActorId>,
    project: OnceLock<Uuid>,
    operation: OnceLock<String>,
    request: String,
}

/// What the log records about a request besides its path.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    pub actor: Option<ActorId>,
    pub project: Option<Uuid>,
    /// Name of the GraphQL operation.
    pub operation: Option<String>,
}

/// The caller's part of an audit entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct By {
    pub actor: Option<ActorId>,
    pub request: Option<String>,
}

/// Runs a request and returns its summary. The caller becomes known later, through [`is`].
pub async fn requested<T>(id: &str, run: impl Future<Output = T>) -> (T, Summary) {
    let actor = Arc::new(Actor::new(id));
    let answer = ACTOR.scope(actor.clone(), run).await;
    let summary = Summary {
        actor: actor.id.get().copied(),
        project: actor.project.get().copied(),
        operation: actor.operation.get().cloned(),
    };
    (answer, summary)
}

impl Actor {
    fn new(request: &str) -> Self {
        let (id, project, operation) = Default::default();
        Self { id, project, operation, request: request.to_owned() }
    }
}

/// Runs a part of the current request, possibly in another task, with the same actor.
pub fn inherited<T>(run: impl Future<Output = T>) -> impl Future<Output = T> {
    let actor = ACTOR.try_with(Arc::clone).ok();
    async move {
        match actor {
            Some(actor) => ACTOR.scope(actor, run).await,
            None => run.await,
        }
    }
}

/// Runs work that a request left to a separate task, on behalf of the request's caller.
pub async fn on_behalf_of<T>(caller: &Caller, id: &str, run: impl Future<Output = T>) -> T {
    let (id_of_caller, project) = (caller.actor().into(), caller.project_id().into());
    let actor = Actor { id: id_of_caller, project, ..Actor::new(id) };
    ACTOR.scope(Arc::new(actor), run).await
}

/// Sets the caller of the current request.
pub fn is(caller: &Caller) {
    // Without a request, the caller is not recorded. A request has one caller: the first call sets it.
    let _ = ACTOR.try_with(|actor| {
        let _ = actor.id.set(caller.actor());
        let _ = actor.project.set(caller.project_id());
    });
}

/// Sets the name of the GraphQL operation that the request runs, if it has one.
pub fn runs(operation: Option<&str>) {
    if let Some(operation) = operation {
        let end = operation.floor_char_boundary(LONGEST_OPERATION);
        let _ = ACTOR.try_with(|actor| actor.operation.set(operation[..end].to_owned()));
    }
}

/// Returns whether the audit keeps a request id. Clients may choose the id, entries are never deleted, and a
/// person's name must not outlive the person. So the audit keeps only ids of hexadecimal digits and hyphens,
/// as in UUIDs and trace ids.
fn is_kept(id: &str) -> bool {
    id.len() >= 8 && id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// Returns the current actor; empty outside of a request.
#[must_use]
pub fn now() -> By {
    let by = |actor: &Arc<Actor>| By {
        actor: actor.id.get().copied(),
        request: Some(&actor.request).filter(|id| is_kept(id)).cloned(),
    };
    ACTOR.try_with(by).unwrap_or_default()
}

/// Returns the caller of the current request if it belongs to this project. An account is changed in all of its projects, and an
/// entry names an actor of its own project only.
#[must_use]
pub fn of_project(project: Uuid) -> Option<ActorId> {
    let caller =
        |actor: &Arc<Actor>| actor.id.get().copied().filter(|_| actor.project.get() == Some(&project));
    ACTOR.try_with(caller).ok().flatten()
}

/// Returns the actor of a change of a member's account, for one of the member's projects, in which `own` is its membership: the
/// caller of that project, or the member itself in requests below `/auth`, which have no caller. `None` for commands of the operator
/// and for callers of another project.
#[must_use]
pub fn of_account(own: ActorId, project: Uuid) -> Option<ActorId> {
    let has_no_caller = ACTOR.try_with(|actor| actor.id.get().is_none()).unwrap_or(false);
    if has_no_caller { Some(own) } else { of_project(project) }
}
