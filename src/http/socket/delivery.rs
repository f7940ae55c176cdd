//! Delivery of a subscription's events.

use std::{sync::Arc, time::Duration};

use async_graphql::Response;
use serde_json::Value as Json;
use tracing::Instrument;

use super::{
    operation::{Shared, errors},
    protocol::{error, next},
};
use crate::{
    Error,
    auth::Caller,
    graphql::{self, ResponseBody},
    http::request::ValidatedRequest,
    subscription::{DeliveredEvent, EventFilter, GrantChanges, Listening},
};

impl Shared {
    /// The event filter of a subscription, by the caller's current permissions; or the errors of the request.
    pub(super) async fn filter(
        &self,
        admitted: &ValidatedRequest,
        caller: &Caller,
    ) -> Result<EventFilter, Json> {
        let ValidatedRequest { document, query, operation, variables, .. } = admitted;
        let request = self.request(admitted, caller.clone());
        let operation_name = operation.as_deref();
        let graph = &self.app.graph;
        graph
            .validate_subscription(query, operation_name, variables, &request)
            .await
            .map_err(|response| errors(&graphql::answer(*response, &request, &self.id.0)))?;
        let of_error = |error| {
            let response = Response::from_errors(vec![error]);
            errors(&graphql::answer(response, &request, &self.id.0))
        };
        let found = document.operation(operation_name);
        let found =
            found.map_err(|error| graphql::error_body(&Error::from(error), &self.id.0)["errors"].take())?;
        EventFilter::of(found, variables, caller).map_err(of_error)
    }

    /// Sends a subscription's events until it ends.
    pub(super) async fn deliver(
        self,
        id: String,
        admitted: Arc<ValidatedRequest>,
        (mut caller, mut changes): (Caller, GrantChanges),
        (mut listening, mut filter): (Listening, EventFilter),
    ) {
        loop {
            let delivered = tokio::select! {
                biased;
                () = changes.next() => None,
                delivered = listening.next() => Some(delivered),
            };
            // If the token is no longer valid, the session closes the socket.
            let Ok(now) = self.token.fresh_caller().await else { return };
            if delivered.is_none() || now.permissions != caller.permissions {
                match self.filter(&admitted, &now).await {
                    Ok(now) => {
                        filter = now;
                        listening.set_filter(filter.clone());
                    }
                    Err(errors) => {
                        let _ = self.end_with(&id, error(&id, &errors)).await;
                        return;
                    }
                }
            }
            caller = now;
            // Events that were queued before the filter changed may not match it any more.
            let Some(delivered) = delivered.filter(|delivered| filter.matches(&delivered.event)) else {
                continue;
            };
            if let Some(text) = self.event_message(&id, &admitted, &caller, delivered).await
                && self.out.send(text).await.is_err()
            {
                return;
            }
        }
    }

    /// The response of a subscription to an event, if it has one.
    async fn event_message(
        &self,
        id: &str,
        admitted: &Arc<ValidatedRequest>,
        caller: &Caller,
        delivered: Arc<DeliveredEvent>,
    ) -> Option<String> {
        let permit = self.app.hub.acquire_permit().await?;
        let seconds = self.app.limits.query_seconds;
        let (shared, admitted, caller) = (self.clone(), admitted.clone(), caller.clone());
        let work = async move {
            let run = shared.run_for_event(&admitted, caller, delivered);
            let answer = tokio::time::timeout(Duration::from_secs(seconds), run).await;
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

    async fn run_for_event(
        &self,
        admitted: &ValidatedRequest,
        caller: Caller,
        event: Arc<DeliveredEvent>,
    ) -> Option<ResponseBody> {
        let ValidatedRequest { query, operation, variables, .. } = admitted;
        let request = self.request(admitted, caller);
        let run = self.app.graph.run_for_event(query, operation.as_deref(), variables, &request, event);
        run.await.map(|response| graphql::answer(response, &request, &self.id.0))
    }

    /// The data of one run of a document.
    fn request(&self, admitted: &ValidatedRequest, caller: Caller) -> Arc<graphql::Request> {
        Arc::new(graphql::Request::new(caller, admitted.document.clone(), self.app.services.clone()))
    }
}
