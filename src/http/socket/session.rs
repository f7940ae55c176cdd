use std::{sync::Arc, time::Duration};

use axum::extract::ws::{Message, WebSocket};
use futures_util::{StreamExt, stream::SplitStream};
use serde_json::Value as Json;
use tokio::{
    sync::{Notify, mpsc, oneshot},
    time::timeout,
};

use super::{
    handshake::Handshake,
    operation::Operations,
    protocol::{Close, FromClient, ack, changed, pong},
    writer::write,
};
use crate::{
    Code, Error,
    auth::{Caller, TokenGrant},
    http::{App, bearer, cookie, reply::RequestId},
    subscription::TokenWatch,
};

/// Whether a socket was opened by the session's cookie, and so runs the dashboard's documents only.
type IsByCookie = bool;

/// Responses that may be queued for the client before operations wait.
const OUT: usize = 16;

/// Runs one socket from opening to closing.
pub async fn run(app: App, socket: WebSocket, handshake: Handshake, id: RequestId) {
    metrics::gauge!("verigraph_sockets").increment(1);
    let ping_every = Duration::from_secs(app.limits.socket_ping_seconds.max(1));
    let (sink, stream) = socket.split();
    let (out, queue) = mpsc::channel(OUT);
    let (close, closing) = oneshot::channel();
    let mut writer = tokio::spawn(write(sink, queue, closing, ping_every));
    tokio::select! {
        reason = (Session { app, out, id }).serve(stream, handshake) => {
            tracing::debug!(?reason, "closing socket");
            // If the writer has ended, the close reason is dropped.
            let _ = close.send(reason);
            let _ = writer.await;
        }
        // The client no longer reads.
        _ = &mut writer => {}
    }
    metrics::gauge!("verigraph_sockets").decrement(1);
}

struct Session {
    app: App,
    out: mpsc::Sender<String>,
    id: RequestId,
}

impl Session {
    /// Serves the socket and returns why it ended.
    async fn serve(self, mut stream: SplitStream<WebSocket>, handshake: Handshake) -> Close {
        let limits = &self.app.limits;
        let seconds = limits.socket_init_seconds;
        let begin = timeout(Duration::from_secs(seconds), self.begin(&mut stream, handshake));
        let initialized = tokio::select! {
            result = begin => result.unwrap_or_else(|_| Err(Close::init_took_too_long(seconds))),
            () = self.app.hub.stopping() => Err(Close::STOPPING),
        };
        let (caller, grant, is_by_cookie) = match initialized {
            Ok(initialized) => initialized,
            Err(close) => return close,
        };
        let most = limits.sockets_per_credential;
        let Some(_place) = self.app.sockets_per_credential.acquire(caller.actor_id(), most) else {
            return Close::too_many(most);
        };
        let token = Arc::new(self.app.token_watcher.watch(caller, grant).await);
        if self.out.send(ack()).await.is_err() {
            return Close::GONE;
        }
        let too_slow = Arc::new(Notify::new());
        // Dropping this ends everything that runs.
        let operations = Operations::new(
            self.app.clone(),
            self.id.clone(),
            token.clone(),
            self.out.clone(),
            too_slow.clone(),
        )
        .listed_only(is_by_cookie);
        tokio::select! {
            close = self.listen(&mut stream, &operations) => close,
            why = token.over() => Close::forbidden(why),
            close = self.announce_changes(&token), if is_by_cookie => close,
            () = too_slow.notified() => Close::too_slow(limits.subscription_queue),
            () = self.app.hub.stopping() => Close::STOPPING,
        }
    }

    /// Waits until the client has authenticated.
    async fn begin(
        &self,
        stream: &mut SplitStream<WebSocket>,
        handshake: Handshake,
    ) -> Result<(Caller, TokenGrant, IsByCookie), Close> {
        loop {
            match self.message(stream).await? {
                FromClient::ConnectionInit { payload } => return self.admit(&payload, handshake).await,
                FromClient::Ping { payload } => self.send(pong(payload)).await?,
                FromClient::Pong {} | FromClient::Complete { .. } => {}
                FromClient::Subscribe { .. } => return Err(Close::UNAUTHORIZED),
            }
        }
    }

    /// Authenticates the client by the token of its first message or of the handshake.
    async fn admit(
        &self,
        payload: &Json,
        Handshake { greeted, cookie }: Handshake,
    ) -> Result<(Caller, TokenGrant, IsByCookie), Close> {
        let given = ["Authorization", "authorization"].into_iter().find_map(|name| payload.get(name));
        let given = match (given, greeted) {
            (Some(given), _) => given,
            (None, Some((caller, grant))) => return Ok((caller, grant, false)),
            (None, None) if let Some(headers) = cookie => {
                let project = payload.get("project").and_then(Json::as_str);
                let of_cookie = cookie::of_project(&self.app, &headers, project).await;
                let (caller, grant) = of_cookie.map_err(|error| self.close_for(&error))?;
                return Ok((caller, grant, true));
            }
            (None, None) => {
                let text =
                    "an access token is required: send `Authorization` in the payload of connection_init";
                return Err(Close::forbidden(text));
            }
        };
        let Some(given) = given.as_str() else {
            return Err(Close::forbidden("`Authorization` must be a string"));
        };
        let of_token = bearer::grant_of_token(&self.app, given).await;
        let (caller, grant) = of_token.map_err(|error| self.close_for(&error))?;
        Ok((caller, grant, false))
    }

    /// Why a socket is closed whose client could not be authenticated.
    fn close_for(&self, error: &Error) -> Close {
        if matches!(error.code(), Code::Unauthenticated | Code::Forbidden) {
            return Close::forbidden(error.to_string());
        }
        tracing::error!(request_id = self.id.0, fault = error.fault(), "failed to open socket");
        Close::FAULT
    }

    /// Handles the client's messages until it stops sending.
    async fn listen(&self, stream: &mut SplitStream<WebSocket>, operations: &Operations) -> Close {
        loop {
            let done = match self.message(stream).await {
                Ok(FromClient::ConnectionInit { .. }) => Err(Close::TOO_MANY_INITS),
                Ok(FromClient::Ping { payload }) => self.send(pong(payload)).await,
                Ok(FromClient::Pong {}) => Ok(()),
                Ok(FromClient::Subscribe { id, payload }) => operations.begin(id, payload).await,
                Ok(FromClient::Complete { id }) => {
                    operations.end(&id);
                    Ok(())
                }
                Err(close) => Err(close),
            };
            if let Err(close) = done {
                return close;
            }
        }
    }

    /// Tells a page when the permissions of its member change, so that it shows no more than the member may see.
    async fn announce_changes(&self, token: &TokenWatch) -> Close {
        let mut changes = token.changes();
        loop {
            changes.next().await;
            if let Err(close) = self.send(changed()).await {
                return close;
            }
        }
    }

    async fn send(&self, text: String) -> Result<(), Close> {
        self.out.send(text).await.map_err(|_| Close::GONE)
    }

    /// The next message.
    async fn message(&self, stream: &mut SplitStream<WebSocket>) -> Result<FromClient, Close> {
        let seconds = self.app.limits.socket_ping_seconds.max(1);
        loop {
            let Ok(message) = timeout(Duration::from_secs(seconds) * 2, stream.next()).await else {
                return Err(Close::silent(seconds));
            };
            match message {
                Some(Ok(Message::Text(text))) => return FromClient::read(&text),
                Some(Ok(Message::Binary(_))) => return Err(Close::bad("messages must be text")),
                // The library answers pings.
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                // The library reports a too large message only in its error text.
                Some(Err(error)) if error.to_string().contains("too long") => {
                    return Err(Close::too_large(self.app.limits.socket_message));
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(Close::GONE),
            }
        }
    }
}
