use std::borrow::Cow;

use axum::extract::ws::{CloseFrame, close_code};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use crate::Code;

/// Maximum length of an operation id in bytes.
const LONGEST_ID: usize = 128;
/// Maximum length in bytes of a close reason, which must fit into the close frame.
const LONGEST_REASON: usize = 123;

/// A client message.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromClient {
    ConnectionInit {
        #[serde(default)]
        payload: Json,
    },
    Ping {
        #[serde(default)]
        payload: Json,
    },
    Pong {},
    Subscribe {
        id: String,
        payload: serde_json::Map<String, Json>,
    },
    Complete {
        id: String,
    },
}

impl FromClient {
    /// Parses a message.
    pub fn read(text: &str) -> Result<Self, Close> {
        let message = serde_json::from_str(text)
            .map_err(|_| Close::bad("this is not a message of graphql-transport-ws"))?;
        match &message {
            Self::Subscribe { id, .. } | Self::Complete { id } if id.is_empty() || id.len() > LONGEST_ID => {
                Err(Close::bad("an `id` must have 1 to 128 bytes"))
            }
            _ => Ok(message),
        }
    }
}

/// The acknowledgement of the connection.
pub fn ack() -> String {
    json!({ "type": "connection_ack" }).to_string()
}

/// The response to a ping, with its payload.
pub fn pong(payload: Json) -> String {
    let mut pong = json!({ "type": "pong" });
    if !payload.is_null() {
        pong["payload"] = payload;
    }
    pong.to_string()
}

/// Tells the dashboard that the permissions of its member have changed.
pub fn changed() -> String {
    json!({ "type": "ping", "payload": { "changed": "permissions" } }).to_string()
}

/// A result of an operation.
pub fn next(id: &str, answer: &impl serde::Serialize) -> String {
    json!({ "id": id, "type": "next", "payload": answer }).to_string()
}

/// The errors that end an operation.
pub fn error(id: &str, errors: &Json) -> String {
    json!({ "id": id, "type": "error", "payload": errors }).to_string()
}

/// Ends an operation with one error.
pub fn failure(id: &str, code: Code, message: &str) -> String {
    let errors = json!([{ "message": message, "extensions": { "code": code.as_str() } }]);
    error(id, &errors)
}

/// Completes an operation.
pub fn complete(id: &str) -> String {
    json!({ "id": id, "type": "complete" }).to_string()
}

/// Why a socket is closed.
#[derive(Clone, Debug)]
pub struct Close {
    code: u16,
    reason: Cow<'static, str>,
}

impl Close {
    pub const STOPPING: Self = Self::new(close_code::AWAY, "the server is stopping");
    pub const GONE: Self = Self::new(close_code::NORMAL, "");
    pub const UNAUTHORIZED: Self = Self::new(4401, "Unauthorized");
    pub const TOO_MANY_INITS: Self = Self::new(4429, "Too many initialisation requests");
    pub const FAULT: Self = Self::new(close_code::ERROR, "internal error");

    const fn new(code: u16, reason: &'static str) -> Self {
        Self { code, reason: Cow::Borrowed(reason) }
    }

    fn because(code: u16, reason: String) -> Self {
        Self { code, reason: reason.into() }
    }

    /// Closes the socket because of an invalid message.
    pub const fn bad(reason: &'static str) -> Self {
        Self::new(4400, reason)
    }

    /// Closes the socket because the token is missing, invalid or no longer valid. Clients may reconnect with
    /// another token.
    pub fn forbidden(reason: impl Into<Cow<'static, str>>) -> Self {
        Self { code: 4403, reason: reason.into() }
    }

    pub fn init_took_too_long(seconds: u64) -> Self {
        let text = "Connection initialisation timeout: the limit is";
        Self::because(4408, format!("{text} {seconds} seconds (`limits.socket_init_seconds`)"))
    }

    pub fn exists_already(id: &str) -> Self {
        Self::because(4409, format!("Subscriber for {id} already exists"))
    }

    pub fn too_large(most: u64) -> Self {
        let reason = format!("the message is too large: the limit is {most} bytes (`limits.socket_message`)");
        Self::because(close_code::SIZE, reason)
    }

    pub fn too_slow(most: u64) -> Self {
        let reason = format!("too many unread events: the limit is {most} (`limits.subscription_queue`)");
        Self::because(close_code::AGAIN, reason)
    }

    pub fn too_many(most: u64) -> Self {
        let reason = format!(
            "too many open sockets of this credential: the limit is {most} (`limits.sockets_per_credential`)"
        );
        Self::because(close_code::AGAIN, reason)
    }

    pub fn silent(seconds: u64) -> Self {
        let reason = format!("no sign of life for twice {seconds} seconds (`limits.socket_ping_seconds`)");
        Self::because(close_code::POLICY, reason)
    }

    /// Human-readable description of the error.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The close frame.
    pub fn frame(&self) -> CloseFrame {
        let end = self.reason.floor_char_boundary(LONGEST_REASON);
        CloseFrame { code: self.code, reason: self.reason[..end].into() }
    }
}
