use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
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
    subscription::{GrantChanges, Interest, Listening, Occasion, TokenWatch, Turn},
};

/// The operations of one socket. Dropping this ends all of them.
pub struct Operations {
    shared: Shared,
    too_slow: Arc<Notify>,
}

/// State that every operation of a socket needs.
#[derive(Clone)]
struct Shared {
    app: App,
    id: RequestId,
    token: Arc<TokenWatch>,
    out: mpsc::Sender<String>,
    allowed: AllowedOperations,
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
        Self { shared: Shared { app, id, token, out, allowed, running: Arc::default() }, too_slow }
    }

    /// Like [`Self::new`], with only some operations allowed.
    pub fn limited_to(mut self, allowed: AllowedOperations) -> Self {
        self.shared.allowed = allowed;
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
            Ok(sent) => sent,
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
        let (project, interest) = match shared.ask(&admitted, &caller).await {
            Ok(interest) => (caller.project_id(), interest),
            Err(errors) => return shared.end_with(&id, error(&id, &errors)).await,
        };
        let listening = match shared.app.hub.listen(project, interest, self.too_slow.clone()).await {
            Ok(listening) => listening,
            Err(error) => return shared.fail(&id, &error).await,
        };
        let task = tokio::spawn(shared.clone().deliver(
            id.clone(),
            Arc::new(admitted),
            (caller, changes),
            listening,
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
    async fn end_with(&self, id: &str, word: String) -> Result<(), Close> {
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
                    let run = admitted.run(&app, caller.clone(), &request_id);
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

    /// The event filter of a subscription, by the caller's current permissions; or the errors of the request.
    async fn ask(&self, admitted: &ValidatedRequest, caller: &Caller) -> Result<Interest, Json> {
        let turn = Arc::new(Turn::ask());
        let answer = self.turn(admitted, caller.clone(), turn.clone()).await;
        match (answer, &*turn) {
            (Some(answer), _) => Err(errors(&answer)),
            (None, Turn::Asked(said)) => said.get().cloned().ok_or_else(|| {
                let error = Error::BadDocument("the subscription selects no field".to_owned());
                graphql::error_body(&error, &self.id.0)["errors"].take()
            }),
            (None, Turn::Told(_)) => Err(Json::Null),
        }
    }

    /// Sends a subscription's events until it ends.
    async fn deliver(
        self,
        id: String,
        admitted: Arc<ValidatedRequest>,
        (mut caller, mut changes): (Caller, GrantChanges),
        mut listening: Listening,
    ) {
        loop {
            let occasion = tokio::select! {
                biased;
                () = changes.next() => None,
                occasion = listening.next() => Some(occasion),
            };
            // If the token is no longer valid, the session closes the socket.
            let Ok(now) = self.token.fresh_caller().await else { return };
            if occasion.is_none() || now.permissions != caller.permissions {
                match self.ask(&admitted, &now).await {
                    Ok(interest) => listening.wait_for(interest),
                    Err(errors) => {
                        let _ = self.end_with(&id, error(&id, &errors)).await;
                        return;
                    }
                }
            }
            caller = now;
            let Some(occasion) = occasion else { continue };
            if let Some(text) = self.delivered(&id, &admitted, &caller, occasion).await
                && self.out.send(text).await.is_err()
            {
                return;
            }
        }
    }

    /// The response of a subscription to an event, if it has one.
    async fn delivered(
        &self,
        id: &str,
        admitted: &Arc<ValidatedRequest>,
        caller: &Caller,
        occasion: Arc<Occasion>,
    ) -> Option<String> {
        let permit = self.app.hub.turn().await?;
        let seconds = self.app.limits.query_seconds;
        let (shared, admitted, caller) = (self.clone(), admitted.clone(), caller.clone());
        let work = async move {
            let turn = shared.turn(&admitted, caller, Arc::new(Turn::Told(occasion)));
            let answer = tokio::time::timeout(Duration::from_secs(seconds), turn).await;
            drop(permit);
            answer
        };
        let fault = |error: &Error| next(id, &graphql::error_body(error, &self.id.0));
        // As for a query, the permit is held until the work ends, even if the socket closes.
        match tokio::spawn(work.in_current_span()).await {
            Ok(Ok(answer)) => answer.map(|answer| next(id, &answer)),
            Ok(Err(_)) => Some(fault(&Error::Timeout(seconds))),
            Err(_) => Some(fault(&Error::Fault("the task of an event panicked"))),
        }
    }

    async fn turn(
        &self,
        admitted: &ValidatedRequest,
        caller: Caller,
        turn: Arc<Turn>,
    ) -> Option<ResponseBody> {
        let ValidatedRequest { document, query, operation, variables, .. } = admitted;
        let services = self.app.services.clone();
        let request = Arc::new(graphql::Request::new(caller, document.clone(), services));
        let run = self.app.graph.turn(query, operation.as_deref(), variables, &request, turn);
        run.await.map(|response| graphql::answer(response, &request, &self.id.0))
    }
}

fn errors(answer: &ResponseBody) -> Json {
    serde_json::to_value(answer).map_or(Json::Null, |mut answer| answer["errors"].take())
}
