use axum::http::StatusCode;
use entity::{Timestamp, verification_level};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    http::{
        rest::{ErrorBody, RequestInfo, RestError},
        token_form::Form,
    },
    verification::history::HistoryEntry,
};

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
    id: i64,
    /// Number of the client.
    client_id: i64,
    current_level: Level,
    /// Null for the client's first level.
    #[schema(required)]
    previous_level: Option<Level>,
    reason: Reason,
    /// Number of the admin who granted the level.
    #[schema(required)]
    user_id: Option<i64>,
    /// When the level was granted.
    #[schema(required, format = DateTime)]
    create_time: Option<String>,
}

/// A verification level.
#[derive(Serialize, ToSchema)]
#[schema(as = VerificationLevel)]
struct Level {
    id: i64,
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
    id: i64,
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

/// Error code for an object that does not exist.
const NOT_FOUND: &str = "NOT_FOUND";

impl ErrorBody for Body {
    const FORM: Form = Form::Named;
    const CHALLENGE: Option<&'static str> = Some("Bearer realm=\"verigraph\"");

    fn new(error: RestError, request: &RequestInfo<'_>) -> Self {
        let code = if error.status == StatusCode::NOT_FOUND { NOT_FOUND } else { error.code.as_str() };
        let fault = error.request_id(request).map(|id| Detail::new("requestId", id));
        let details = error.details.iter();
        let details = details.map(|(field, issue)| Detail::new(field, issue.as_str().unwrap_or_default()));
        let details = details.chain(fault).collect();
        Self { error: ErrorInfo { code, message: error.message, details } }
    }
}

impl Detail {
    fn new(field: &str, issue: &str) -> Self {
        Self { field: field.to_owned(), issue: issue.to_owned() }
    }
}

/// The error for an invalid parameter, with what is wrong with it.
#[must_use]
pub fn invalid(field: &str, issue: &str) -> RestError {
    RestError::bad(format!("invalid parameter `{field}`: {issue}")).with(field, issue)
}
