use axum::{
    Json,
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use entity::{Timestamp, verification_level};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{Code, Error, http::RequestId, verification::history::Entry};

/// Answers are about persons: nobody on the way keeps them.
pub const UNSTORED: (HeaderName, &str) = (header::CACHE_CONTROL, "no-store");
/// Seconds after which a client that was turned away may come again.
const RETRY_AFTER: &str = "1";

/// What every answer has: how many rows there are, and those that were asked for.
#[derive(Serialize)]
pub struct Listed<T> {
    pub total: u64,
    pub data: Vec<T>,
}

/// A grant, its keys in the documented order.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    id: i32,
    client_id: i32,
    current_level: Level,
    previous_level: Option<Level>,
    reason: Reason,
    user_id: Option<i32>,
    create_time: Option<String>,
}

#[derive(Serialize)]
struct Level {
    id: i32,
    name: String,
}

#[derive(Serialize)]
struct Reason {
    name: String,
}

/// A rung of the ladder.
#[derive(Serialize)]
pub struct Rung {
    id: i32,
    name: String,
    index: i32,
}

impl From<Entry> for Row {
    fn from(entry: Entry) -> Self {
        let previous = entry.previous_number.zip(entry.previous_name);
        Self {
            id: entry.number,
            client_id: entry.client,
            current_level: Level { id: entry.current_number, name: entry.current_name },
            previous_level: previous.map(|(id, name)| Level { id, name }),
            reason: Reason { name: entry.reason },
            user_id: entry.granted_by,
            create_time: Some(time(entry.created_at)),
        }
    }
}

impl From<verification_level::Model> for Rung {
    fn from(level: verification_level::Model) -> Self {
        Self { id: level.number, name: level.name, index: level.index }
    }
}

/// As the document prints it: `2022-01-01T00:00:00+00:00`.
fn time(at: Timestamp) -> String {
    // `None` only some 260,000 years away from 1970.
    let time = chrono::DateTime::from_timestamp_millis(at.0).unwrap_or_default();
    time.format("%Y-%m-%dT%H:%M:%S+00:00").to_string()
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Refusal {
    Failed(Error),
    /// A parameter that cannot be worked with, and what is wrong with it.
    Parameter(String, String),
    Unknown(&'static str),
    Method,
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl Refusal {
    /// The refusal as clients of this API read it. A fault says no more than the id under which the log knows it.
    pub fn answer(self, id: &RequestId) -> Response {
        let nothing = json!([]);
        match self {
            Self::Parameter(field, issue) => {
                let message = format!("the parameter `{field}` is not good: {issue}");
                let details = json!([{ "field": field, "issue": issue }]);
                body(StatusCode::BAD_REQUEST, Code::BadUserInput.as_str(), &message, &details)
            }
            Self::Unknown(message) => body(StatusCode::NOT_FOUND, "NOT_FOUND", message, &nothing),
            Self::Method => {
                let code = Code::BadRequest.as_str();
                body(StatusCode::METHOD_NOT_ALLOWED, code, "this path can be read only: use GET", &nothing)
            }
            Self::Failed(error) => {
                if let Some(fault) = error.fault() {
                    tracing::error!(request_id = id.0, error = %fault, "the request failed");
                }
                let status = status(error.code());
                let details = if error.code() == Code::Internal {
                    json!([{ "field": "requestId", "issue": id.0 }])
                } else {
                    nothing
                };
                let answer = body(status, error.code().as_str(), &error.to_string(), &details);
                match status {
                    StatusCode::UNAUTHORIZED => {
                        ([(header::WWW_AUTHENTICATE, "Bearer realm=\"verigraph\"")], answer).into_response()
                    }
                    StatusCode::SERVICE_UNAVAILABLE => {
                        ([(header::RETRY_AFTER, RETRY_AFTER)], answer).into_response()
                    }
                    _ => answer,
                }
            }
        }
    }
}

const fn status(code: Code) -> StatusCode {
    match code {
        Code::Unauthenticated => StatusCode::UNAUTHORIZED,
        Code::Forbidden => StatusCode::FORBIDDEN,
        Code::Timeout | Code::Overloaded => StatusCode::SERVICE_UNAVAILABLE,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        Code::BadUserInput
        | Code::BadCursor
        | Code::BadRequest
        | Code::ValidationFailed
        | Code::QueryTooDeep
        | Code::QueryTooComplex
        | Code::DocumentTooLarge => StatusCode::BAD_REQUEST,
    }
}

fn body(status: StatusCode, code: &str, message: &str, details: &Value) -> Response {
    let body = json!({ "error": { "code": code, "message": message, "details": details } });
    (status, [UNSTORED], Json(body)).into_response()
}
