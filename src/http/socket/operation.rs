use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_graphql::parser::types::OperationType;
use serde_json::{Map, Value as Json};
use tokio::{
    sync::{Notify, mpsc},
    task::AbortHandle,
};
use tracing::Instrument;

use super::protocol::{Close, complete, error, next};
use crate::{
    Code, Error, Result,
    audit::actor,
    auth::Caller,
    graphql::{self, ResponseBody},
    http::{
        App,
        reply::RequestId,
        request::{AllowedOperations, RawRequest, RequestRejection, ValidatedRequest},
    },
    subscription::TokenWatch,
};

/// The operations of one socket. Dropping this ends all of them.
pub struct Operations {
    shared: Shared,
    too_slow: Arc<Notify>,
}

/// State that every operation of a socket needs.
#[derive(Clone)]
pub(super) struct Shared {
    pub(super) app: App,
    pub(super) id: RequestId,
    pub(super) token: Arc<TokenWatch>,
    pub(super) out: mpsc::Sender<String>,
    allowed: AllowedOperations,
    /// Whether only the dashboard's documents may run.
    listed_only: bool,
    running: Arc<Mutex<HashMap<String, Option<AbortHandle>>>>,
}

impl Operations {
    /// Creates the state without operations.
    pub fn new(
        app: App,
        id: RequestId,
        token: Arc<TokenWatch>,
        out: mpsc::Sender<String>,
        too_slow: Arc<Notify>,
    ) -> Self {
        let allowed = AllowedOperations::Everything;
        Self {
            shared: Shared { app, id, token, out, allowed, listed_only: false, running: Arc::default() },
            too_slow,
        }
    }

    /// Like [`Self::new`], with only some operations allowed.
    pub fn limited_to(mut self, allowed: AllowedOperations) -> Self {
        self.shared.allowed = allowed;
        self
    }

    /// Like [`Self::new`], restricted to the dashboard's documents if so.
    pub fn listed_only(mut self, listed_only: bool) -> Self {
        self.shared.listed_only = listed_only;
        self
    }

    /// Starts an operation. For a subscription, returns once it listens, so the client's next message is
    /// handled after that.
    pub async fn begin(&self, id: String, mut payload: Map<String, Json>) -> Result<(), Close> {
        let shared = self.shared.clone();
        let most = shared.app.limits.socket_subscriptions;
        let is_full = {
            let mut running = shared.running();
            if running.contains_key(&id) {
                return Err(Close::exists_already(&id));
            }
            let is_full = running.len() as u64 >= most;
            if !is_full {
                running.insert(id.clone(), None);
            }
            is_full
        };
        if is_full {
            let what = "too many subscriptions on this socket".to_owned();
            let (limit, setting, code) = (most, "socket_subscriptions", Code::Overloaded);
            return shared.fail(&id, &Error::Limit { what, limit, setting, code }).await;
        }
        let sent = match RawRequest::read(|name| payload.remove(name).unwrap_or_default()) {
            Ok(sent) => sent.listed_only(shared.listed_only),
            Err(text) => return shared.fail(&id, &Error::BadDocument(text.to_owned())).await,
        };
        // Watch from here on, so that no revocation is missed before the subscription's first check.
        let changes = shared.token.changes();
        let caller = shared.token.caller().map_err(Close::forbidden)?;
        let admitted = match ValidatedRequest::of(&shared.app, &caller, sent, shared.allowed) {
            Ok(admitted) => admitted,
            Err(RequestRejection::Because(error)) => return shared.fail(&id, &error).await,
            Err(RequestRejection::Elsewhere(text)) => {
                return shared.fail(&id, &Error::BadDocument(text.to_owned())).await;
            }
        };
        if admitted.ty != OperationType::Subscription {
            let task = tokio::spawn(shared.clone().answer(id.clone(), admitted, caller));
            shared.keep(&id, task.abort_handle());
            return Ok(());
        }
        let filter = match shared.filter(&admitted, &caller).await {
            Ok(filter) => filter,
            Err(errors) => return shared.end_with(&id, error(&id, &errors)).await,
        };
        let hub = &shared.app.hub;
        let listening = match hub.listen(caller.project_id(), filter.clone(), self.too_slow.clone()).await {
            Ok(listening) => listening,
            Err(error) => return shared.fail(&id, &error).await,
        };
        let task = tokio::spawn(shared.clone().deliver(
            id.clone(),
            Arc::new(admitted),
            (caller, changes),
            (listening, filter),
        ));
        shared.keep(&id, task.abort_handle());
        Ok(())
    }

    /// Ends an operation, if it runs.
    pub fn end(&self, id: &str) {
        if let Some(Some(task)) = self.shared.running().remove(id) {
            task.abort();
        }
    }
}

impl Drop for Operations {
    fn drop(&mut self) {
        for (_, task) in self.shared.running().drain() {
            task.inspect(AbortHandle::abort);
        }
    }
}

impl Shared {
    fn running(&self) -> MutexGuard<'_, HashMap<String, Option<AbortHandle>>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stores how to abort an operation, unless it has ended already.
    fn keep(&self, id: &str, task: AbortHandle) {
        if let Some(running) = self.running().get_mut(id) {
            *running = Some(task);
        }
    }

    /// Sends the last message of an operation. Its id is free before the client can read the message.
    pub(super) async fn end_with(&self, id: &str, word: String) -> Result<(), Close> {
        self.running().remove(id);
        self.out.send(word).await.map_err(|_| Close::GONE)
    }

    async fn fail(&self, id: &str, why: &Error) -> Result<(), Close> {
        let mut body = graphql::error_body(why, &self.id.0);
        self.end_with(id, error(id, &body["errors"].take())).await
    }

    /// Runs a query or a mutation.
    async fn answer(self, id: String, admitted: ValidatedRequest, caller: Caller) {
        let answer = match self.app.in_flight.clone().try_acquire_owned() {
            Ok(permit) => {
                let (app, request_id) = (self.app.clone(), self.id.clone());
                let work = async move {
                    // On the primary: messages have no header that would say what a query has to see.
                    let run = admitted.run(&app, caller.clone(), &request_id, None);
                    let answer = actor::on_behalf_of(&caller, &request_id.0, run).await;
                    drop(permit);
                    answer
                };
                // A separate task completes even if the socket closes, so the limit counts work rather than
                // sockets.
                let work = tokio::spawn(work.in_current_span()).await;
                work.unwrap_or(Err(Error::Fault("the task of an operation panicked")))
            }
            Err(_) => Err(Error::Limit {
                what: "too many requests are in flight".to_owned(),
                limit: self.app.limits.in_flight,
                setting: "in_flight",
                code: Code::Overloaded,
            }),
        };
        // If the socket is closed, the result is dropped.
        let _ = match answer {
            Ok(answer) if answer.ran() => {
                let _ = self.out.send(next(&id, &answer)).await;
                self.end_with(&id, complete(&id)).await
            }
            Ok(answer) => self.end_with(&id, error(&id, &errors(&answer))).await,
            Err(why) => self.fail(&id, &why).await,
        };
    }
}

pub(super) fn errors(answer: &ResponseBody) -> Json {
    serde_json::to_value(answer).map_or(Json::Null, |mut answer| answer["errors"].take())
}
