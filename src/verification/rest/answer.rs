use axum::{
    Json,
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use entity::{Timestamp, verification_level};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::{
    Code, Error,
    http::{
        error_format::{RejectedRequest, status},
        reply::{self, RequestId},
    },
    verification::history::HistoryEntry,
};

/// Responses contain personal data: no intermediary may store them.
pub const UNSTORED: (HeaderName, &str) = (header::CACHE_CONTROL, "no-store");

/// A list response.
#[derive(Serialize, ToSchema)]
#[schema(as = List)]
pub struct ListResponse<T> {
    /// Total number of items.
    pub total: u64,
    /// The requested items.
    pub data: Vec<T>,
}

// The keys are in the order of the API's document.
/// An operation of granting a verification level to a client.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Verification)]
pub struct Row {
    id: i32,
    /// Number of the client.
    client_id: i32,
    current_level: Level,
    /// Null for the client's first level.
    #[schema(required)]
    previous_level: Option<Level>,
    reason: Reason,
    /// Number of the admin who granted the level.
    #[schema(required)]
    user_id: Option<i32>,
    /// When the level was granted.
    #[schema(required, format = DateTime)]
    create_time: Option<String>,
}

/// A verification level.
#[derive(Serialize, ToSchema)]
#[schema(as = VerificationLevel)]
struct Level {
    id: i32,
    name: String,
}

/// The reason for granting a level.
#[derive(Serialize, ToSchema)]
#[schema(as = VerificationReason)]
struct Reason {
    name: String,
}

/// A verification level and its position in the order of levels.
#[derive(Serialize, ToSchema)]
#[schema(as = VerificationLevelOfLadder)]
pub struct Rung {
    id: i32,
    name: String,
    /// 0 for the lowest level.
    index: i32,
}

/// An error response of the verification-history API.
#[derive(Serialize, ToSchema)]
#[schema(as = VerificationError)]
pub struct Body {
    error: ErrorInfo,
}

#[derive(Serialize, ToSchema)]
#[schema(as = VerificationErrorReason)]
struct ErrorInfo {
    /// Machine-readable error code.
    #[schema(example = "BAD_USER_INPUT")]
    code: &'static str,
    /// Human-readable description of the error.
    message: String,
    /// The parameters that the error is about.
    details: Vec<Detail>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = VerificationErrorDetail)]
struct Detail {
    /// The parameter.
    field: String,
    /// What is wrong with it.
    issue: String,
}

impl From<HistoryEntry> for Row {
    fn from(entry: HistoryEntry) -> Self {
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

/// Formats a time as the document does: `2022-01-01T00:00:00+00:00`.
fn time(at: Timestamp) -> String {
    // `None` only about 260,000 years from 1970.
    let time = chrono::DateTime::from_timestamp_millis(at.0).unwrap_or_default();
    time.format("%Y-%m-%dT%H:%M:%S+00:00").to_string()
}

/// An error of this API.
#[derive(Debug)]
pub enum VerificationApiError {
    Failed(Error),
    /// An invalid parameter, and what is wrong with it.
    Parameter(String, String),
    Unknown(&'static str),
}

impl From<Error> for VerificationApiError {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl VerificationApiError {
    /// The error response of this API. Internal errors contain only the request id, under which the log has
    /// the details.
    pub fn answer(self, id: &RequestId) -> Response {
        match self {
            Self::Parameter(field, issue) => {
                let message = format!("invalid parameter `{field}`: {issue}");
                let detail = Some(Detail { field, issue });
                respond(StatusCode::BAD_REQUEST, Body::new(Code::BadUserInput.as_str(), message, detail))
            }
            Self::Unknown(message) => {
                respond(StatusCode::NOT_FOUND, Body::new(UNKNOWN, message.to_owned(), None))
            }
            Self::Failed(error) => {
                if let Some(fault) = error.fault() {
                    tracing::error!(request_id = id.0, error = %fault, "the request failed");
                }
                let status = status(error.code());
                let detail = (error.code() == Code::Internal).then(|| Detail::fault(&id.0));
                let answer = respond(status, Body::new(error.code().as_str(), error.to_string(), detail));
                match status {
                    StatusCode::UNAUTHORIZED => {
                        ([(header::WWW_AUTHENTICATE, "Bearer realm=\"verigraph\"")], answer).into_response()
                    }
                    StatusCode::SERVICE_UNAVAILABLE => reply::again(answer),
                    _ => answer,
                }
            }
        }
    }
}

/// Error code for an object that does not exist.
const UNKNOWN: &str = "NOT_FOUND";

impl Body {
    fn new(code: &'static str, message: String, detail: Option<Detail>) -> Self {
        Self { error: ErrorInfo { code, message, details: detail.into_iter().collect() } }
    }
}

impl Detail {
    fn fault(id: &str) -> Self {
        Self { field: "requestId".to_owned(), issue: id.to_owned() }
    }
}

/// A rejection by the middleware, in the format of this API.
#[must_use]
pub fn refused(refused: &RejectedRequest<'_>) -> Value {
    let code = if refused.status == StatusCode::NOT_FOUND { UNKNOWN } else { refused.code.as_str() };
    json!(Body::new(code, refused.message.to_owned(), refused.fault().map(Detail::fault)))
}

fn respond(status: StatusCode, body: Body) -> Response {
    (status, [UNSTORED], Json(body)).into_response()
}
