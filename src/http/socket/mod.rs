//! GraphQL over WebSocket, by the `graphql-transport-ws` protocol.
//!
//! | file | content |
//! |---|---|
//! | `protocol` | messages and close reasons |
//! | `handshake` | how a socket's client authenticated |
//! | `session` | the lifetime of one socket |
//! | `operation` | operations on a socket: subscriptions, queries, mutations |
//! | `delivery` | the events of one subscription |
//! | `writer` | sending, at the client's pace |

mod delivery;
mod handshake;
mod operation;
mod protocol;
mod session;
mod writer;

use axum::{
    extract::ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::Response,
};

use super::{
    App, bearer, cookie,
    graphql::unauthenticated,
    reply::{RequestId, busy, refusal},
};
use crate::{Code, config::ANY_ORIGIN};
use handshake::{Handshake, is_own_origin};
pub use {
    operation::Operations,
    protocol::{Close, failure},
};

/// The name of the protocol, as clients offer it.
const PROTOCOL: &str = "graphql-transport-ws";
/// Read buffer of a socket in bytes. Small, because many open sockets are idle.
const READ_BUFFER: usize = 4 * 1024;

/// Whether a request is a WebSocket handshake.
pub fn is_asked_for(headers: &HeaderMap) -> bool {
    let upgrade = headers.get(header::UPGRADE).map(HeaderValue::as_bytes);
    upgrade.is_some_and(|name| name.eq_ignore_ascii_case(b"websocket"))
}

/// Opens a socket, if allowed.
pub async fn open(
    app: App,
    headers: &HeaderMap,
    id: RequestId,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let Ok(upgrade) = upgrade else {
        return refusal(StatusCode::BAD_REQUEST, Code::BadRequest, "this is not a WebSocket handshake");
    };
    if !is_of_ours(&app, headers) {
        let text = "pages of this origin may not open sockets here (`cors_origins`)";
        return refusal(StatusCode::FORBIDDEN, Code::Forbidden, text);
    }
    let upgrade = upgrade.protocols([PROTOCOL]);
    if upgrade.selected_protocol().is_none() {
        let text = "offer the protocol graphql-transport-ws (`Sec-WebSocket-Protocol`)";
        return refusal(StatusCode::BAD_REQUEST, Code::BadRequest, text);
    }
    // Browsers cannot send this header and authenticate in their first message.
    let greeted = if headers.contains_key(header::AUTHORIZATION) {
        match bearer::grant(&app, headers).await {
            Ok(greeted) => Some(greeted),
            Err(error) => return unauthenticated(&error, headers, &id),
        }
    } else {
        None
    };
    let headers_of_cookie = (greeted.is_none() && cookie::is_used(&app, headers)).then(|| headers.clone());
    if let Some(headers) = &headers_of_cookie
        && !is_own_origin(&app, headers)
    {
        let text = "sockets by cookie are opened by this server's own pages only";
        return refusal(StatusCode::FORBIDDEN, Code::Forbidden, text);
    }
    let handshake = Handshake { greeted, cookie: headers_of_cookie };
    let Ok(permit) = app.sockets.clone().try_acquire_owned() else {
        let most = app.limits.sockets;
        return busy(&format!("too many sockets are open: the limit is {most} (`limits.sockets`)"));
    };
    let most = usize::try_from(app.limits.socket_message).unwrap_or(usize::MAX);
    upgrade
        .max_message_size(most)
        .max_frame_size(most)
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .on_upgrade(async move |socket| {
            session::run(app, socket, handshake, id).await;
            drop(permit);
        })
}

/// Whether a page may open a socket. Browsers let any page try and send its origin; programs send none.
fn is_of_ours(app: &App, headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    let is_public = app.public_url.as_ref().is_some_and(|url| url.of("") == origin);
    if is_public || app.cors_origins.iter().any(|allowed| allowed == ANY_ORIGIN || allowed == origin) {
        return true;
    }
    let Some(origin) = origin.parse::<Uri>().ok().and_then(|uri| uri.into_parts().authority) else {
        return false;
    };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    host.is_some_and(|host| host.eq_ignore_ascii_case(origin.as_str()))
}
