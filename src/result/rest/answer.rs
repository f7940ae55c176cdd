use axum::{
    Json,
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use entity::{Timestamp, verification_result::Model};
use sea_orm::ActiveEnum;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Code, Error,
    http::{
        error_format::{RejectedRequest, status},
        reply::{self, RequestId},
    },
    result::rules::Data,
};

/// Responses contain personal data: no intermediary may store them.
pub const UNSTORED: (HeaderName, &str) = (header::CACHE_CONTROL, "no-store");

// The keys are in the order of the API's document.
/// A verification result.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = VerificationDetails)]
pub struct Details {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    #[schema(value_type = String, format = "uuid")]
    project_id: Uuid,
    #[schema(value_type = String, format = "uuid")]
    trace_id: Uuid,
    /// Milliseconds since 1970.
    verified_at: i64,
    /// `VERIFIED`.
    #[schema(example = "VERIFIED")]
    status: String,
    /// Released data: any of `IDENTITY_ID`, `NAME`, `DATE_OF_BIRTH`, `PHONE`.
    scopes: Vec<String>,
    /// The released data: `identityId`; `name` with `fullName`, `firstName` and `lastName`; `dateOfBirth` in
    /// milliseconds since 1970; `phone` in E.164.
    #[schema(value_type = Object)]
    data: Data,
}

impl Details {
    pub fn new(row: Model, data: Data) -> Self {
        Self {
            id: row.id,
            project_id: row.project_id,
            trace_id: row.trace_id,
            verified_at: row.verified_at.map_or(0, |at| at.0),
            status: row.status.to_value(),
            scopes: row.scopes.map(|scopes| scopes.0).unwrap_or_default(),
            data,
        }
    }
}

/// An error response of the verification-results API.
#[derive(Serialize, ToSchema)]
#[schema(as = VerificationResultError)]
pub struct Body {
    /// Milliseconds since 1970; omitted if the request was rejected before processing.
    #[serde(skip_serializing_if = "Option::is_none")]
    timestamp: Option<i64>,
    #[schema(example = 404)]
    status: u16,
    /// Text of the HTTP status.
    #[schema(example = "Not Found")]
    error: &'static str,
    /// Human-readable description of the error.
    message: String,
    /// The requested path.
    path: String,
}

/// An error of this API.
#[derive(Debug)]
pub enum ResultApiError {
    Failed(Error),
    Bad(&'static str),
    UnknownKey,
    WrongSecret,
    Unknown,
}

impl From<Error> for ResultApiError {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl ResultApiError {
    /// The error response of this API. Internal errors contain only the request id, under which the log has
    /// the details.
    pub fn answer(self, id: &RequestId, path: &str, now: Timestamp) -> Response {
        let (status, message) = match self {
            Self::Bad(message) => (StatusCode::BAD_REQUEST, message.to_owned()),
            Self::UnknownKey => (
                StatusCode::FORBIDDEN,
                "the API key is missing or unknown: send it as `x-api-key`".to_owned(),
            ),
            Self::WrongSecret => {
                (StatusCode::UNAUTHORIZED, "this is not the secret of this integration".to_owned())
            }
            Self::Unknown => (StatusCode::NOT_FOUND, "there is no such verified verification".to_owned()),
            Self::Failed(error) => {
                if let Some(fault) = error.fault() {
                    tracing::error!(request_id = id.0, error = %fault, "the request failed");
                }
                (
                    status(error.code()),
                    text(&error.to_string(), (error.code() == Code::Internal).then_some(&id.0)),
                )
            }
        };
        let body = Body::new(status, message, path, Some(now.0));
        let answer = (status, [UNSTORED], Json(body)).into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE { reply::again(answer) } else { answer }
    }
}

impl Body {
    fn new(status: StatusCode, message: String, path: &str, timestamp: Option<i64>) -> Self {
        let error = status.canonical_reason().unwrap_or_default();
        Self { timestamp, status: status.as_u16(), error, message, path: path.to_owned() }
    }
}

/// A rejection by the middleware, in the format of this API.
#[must_use]
pub fn refused(refused: &RejectedRequest<'_>) -> Value {
    json!(Body::new(refused.status, text(refused.message, refused.fault()), refused.path, None))
}

/// An error message; for internal errors followed by the request id.
fn text(message: &str, fault: Option<impl AsRef<str>>) -> String {
    fault.map_or_else(|| message.to_owned(), |id| format!("{message} (request {})", id.as_ref()))
}
