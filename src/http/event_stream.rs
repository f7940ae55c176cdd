//! GraphQL over Server-Sent Events, by the graphql-sse protocol in "distinct connections" mode: one
//! connection per operation. Operations run as on a socket, with the same permissions and limits.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream;
use serde_json::{Map, Value as Json};
use tokio::sync::{Notify, mpsc};

use super::{
    App, bearer,
    graphql::unauthenticated,
    media,
    reply::{RequestId, busy},
    request::AllowedOperations,
    socket::{Close, Operations, failure},
};
use crate::{Code, audit::actor};

/// Responses that may be queued for the client before the operation waits.
const QUEUE: usize = 16;
/// The operation's id, as operations of a socket have one.
const OPERATION: &str = "operation";

/// Whether a response is an event stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventStream {
    Never,
    /// For clients that accept JSON and streams for every request: only subscriptions are streamed.
    OfSubscriptions,
    Always,
}

impl EventStream {
    /// Reads what the client accepts.
    pub fn accepted(headers: &HeaderMap) -> Self {
        let is_json = ["application/json", "application/graphql-response+json"]
            .into_iter()
            .any(|name| media::names(headers, name));
        match (media::names(headers, "text/event-stream"), is_json) {
            (false, _) => Self::Never,
            (true, true) => Self::OfSubscriptions,
            (true, false) => Self::Always,
        }
    }
}

/// Runs one operation and streams its responses until it is complete.
pub async fn open(
    app: App,
    headers: &HeaderMap,
    id: RequestId,
    body: Map<String, Json>,
    allowed: AllowedOperations,
) -> Response {
    let (caller, grant) = match bearer::grant(&app, headers).await {
        Ok(admitted) => admitted,
        Err(error) => return unauthenticated(&error, headers, &id),
    };
    let Ok(permit) = app.sockets.clone().try_acquire_owned() else {
        let limit = app.limits.sockets;
        return busy(&format!(
            "too many sockets and streams are open: the limit is {limit} (`limits.sockets`)"
        ));
    };
    let limit = app.limits.sockets_per_credential;
    let Some(of_credential) = app.sockets_per_credential.acquire(caller.actor_id(), limit) else {
        return busy(&format!(
            "too many sockets and streams of this credential are open: the limit is {limit} (`limits.sockets_per_credential`)"
        ));
    };
    let keep_alive = KeepAlive::new().interval(Duration::from_secs(app.limits.socket_ping_seconds.max(1)));
    let (out, queue) = mpsc::channel(QUEUE);
    let run = actor::inherited(async move {
        let token_watch = Arc::new(app.token_watcher.watch(caller, grant).await);
        let too_slow = Arc::new(Notify::new());
        // Dropping this ends everything that runs.
        let operations =
            Operations::new(app.clone(), id.clone(), token_watch.clone(), out.clone(), too_slow.clone())
                .limited_to(allowed);
        let ended = tokio::select! {
            // The client is gone, or has read the last response.
            () = out.closed() => None,
            close = begin(&operations, body) => Some(failure(OPERATION, Code::Unauthenticated, close.reason())),
            why = token_watch.over() => Some(failure(OPERATION, Code::Unauthenticated, why)),
            () = too_slow.notified() => {
                Some(failure(OPERATION, Code::Overloaded, Close::too_slow(app.limits.subscription_queue).reason()))
            }
            // Without a final message, clients reconnect automatically.
            () = app.hub.stopping() => None,
        };
        drop(operations);
        if let Some(ended) = ended {
            // Do not wait for a client that does not read.
            let _ = out.try_send(ended);
        }
        drop((permit, of_credential));
    });
    tokio::spawn(run);
    let events = stream::unfold(Some(queue), next_event);
    let mut response = Sse::new(events).keep_alive(keep_alive).into_response();
    // Prevents proxies that buffer responses from holding events back.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Starts the operation. Completes only if the operation must not run.
async fn begin(operations: &Operations, body: Map<String, Json>) -> Close {
    match operations.begin(OPERATION.to_owned(), body).await {
        Ok(()) => std::future::pending().await,
        Err(close) => close,
    }
}

type Queue = mpsc::Receiver<String>;

/// The next message of the operation as an event. An error becomes a final response with errors and no data.
async fn next_event(queue: Option<Queue>) -> Option<(Result<Event, Infallible>, Option<Queue>)> {
    let mut queue = queue?;
    let mut message: Json = serde_json::from_str(&queue.recv().await?).ok()?;
    let payload = message["payload"].take();
    let event = match message["type"].as_str() {
        Some("next") => Event::default().event("next").data(payload.to_string()),
        Some("error") => {
            let answer = serde_json::json!({ "errors": payload });
            // The final message comes next, from its own queue.
            let (end, rest) = mpsc::channel(1);
            let _ = end.try_send(serde_json::json!({ "type": "complete" }).to_string());
            return Some((Ok(Event::default().event("next").data(answer.to_string())), Some(rest)));
        }
        _ => return Some((Ok(Event::default().event("complete").data("")), None)),
    };
    Some((Ok(event), Some(queue)))
}
