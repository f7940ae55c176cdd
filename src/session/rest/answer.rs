use std::{future::Future, time::Duration};

use axum::{
    Json,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::{
    Error,
    auth::{Caller, policy},
    http::{
        ApiState, bearer,
        error_format::RejectedRequest,
        reply::{self, RequestId},
        token_form,
    },
};

/// An error response of the user verification API.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SessionError)]
pub struct Body {
    /// The HTTP status.
    #[schema(example = 404)]
    status_code: u16,
    /// Human-readable description of the error.
    message: String,
    /// Text of the HTTP status.
    #[schema(example = "Not Found")]
    error: &'static str,
    /// Only for internal errors: the request id, as in the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
}

impl Body {
    fn new(status: StatusCode, message: String, request_id: Option<&str>) -> Self {
        let error = status.canonical_reason().unwrap_or_default();
        Self { status_code: status.as_u16(), message, error, request_id: request_id.map(str::to_owned) }
    }
}

/// An error of this API.
#[derive(Debug)]
pub struct SessionApiError {
    status: StatusCode,
    message: String,
    /// The log message of an internal error, which is hidden from clients.
    fault: Option<String>,
}

impl SessionApiError {
    /// Creates an error with a message for people.
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), fault: None }
    }

    /// An error for an invalid request.
    pub fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// An error for an object that does not exist or is not visible to the caller.
    pub fn unknown(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    /// The error response of this API. Internal errors contain only the request id, under which the log has
    /// the details.
    pub fn respond(self, id: &RequestId) -> Response {
        if let Some(fault) = &self.fault {
            tracing::error!(request_id = id.0, error = %fault, "the request failed");
        }
        let request_id = self.fault.is_some().then_some(id.0.as_str());
        let answer = respond(self.status, Body::new(self.status, self.message, request_id));
        match self.status {
            StatusCode::UNAUTHORIZED => ([(header::WWW_AUTHENTICATE, "Bearer")], answer).into_response(),
            StatusCode::SERVICE_UNAVAILABLE => reply::again(answer),
            _ => answer,
        }
    }
}

impl From<Error> for SessionApiError {
    fn from(error: Error) -> Self {
        let status = match &error {
            Error::Unauthenticated(_) => StatusCode::UNAUTHORIZED,
            Error::Forbidden(_) => StatusCode::FORBIDDEN,
            Error::Limit { code: crate::Code::Overloaded, .. }
            | Error::Timeout(_)
            | Error::Slow(_)
            | Error::Busy(_)
            | Error::Unavailable(_)
            | Error::StorageFull(_) => StatusCode::SERVICE_UNAVAILABLE,
            Error::Cursor(_)
            | Error::Argument { .. }
            | Error::Limit { .. }
            | Error::BadDocument(_)
            | Error::PersistedQueryNotFound => StatusCode::BAD_REQUEST,
            // A rejection stored under the same idempotency key: the user did not exist.
            Error::Replayed(refusal) => return Self::unknown(refusal.message.clone()),
            Error::Database(_) | Error::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self { status, message: error.to_string(), fault: error.fault() }
    }
}

/// A rejection by the middleware, in the format of this API.
#[must_use]
pub fn refused(refused: &RejectedRequest<'_>) -> Value {
    json!(Body::new(refused.status, refused.message.to_owned(), refused.fault()))
}

fn respond(status: StatusCode, body: impl Serialize) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

/// Authenticates a caller and responds with the result or the error.
pub async fn answered<T: Serialize, F: Future<Output = Result<T, SessionApiError>>>(
    app: &ApiState,
    (method, path): (&str, &str),
    id: &RequestId,
    headers: &HeaderMap,
    work: impl FnOnce(Caller) -> F,
) -> Response {
    match Box::pin(admitted(app, (method, path), headers, work)).await {
        Ok(body) => respond(StatusCode::OK, body),
        Err(refusal) => refusal.respond(id),
    }
}

/// Authenticates a caller and runs its request within the time limit of a query.
///
/// # Errors
///
/// If the caller lacks permission, a limit is reached, or the work fails.
pub async fn admitted<T, F: Future<Output = Result<T, SessionApiError>>>(
    app: &ApiState,
    (method, path): (&str, &str),
    headers: &HeaderMap,
    work: impl FnOnce(Caller) -> F,
) -> Result<T, SessionApiError> {
    let caller = bearer::caller(app, headers, token_form::Form::Key).await?;
    policy::check_route(&caller, method, path)?;
    let _permit = app.acquire_permit(&caller)?;
    timed(app, work(caller)).await
}

/// Runs work within the time limit of a query.
///
/// # Errors
///
/// If the work fails or times out.
pub async fn timed<T>(
    app: &ApiState,
    work: impl Future<Output = Result<T, SessionApiError>>,
) -> Result<T, SessionApiError> {
    let seconds = app.limits.query_seconds;
    let answer = tokio::time::timeout(Duration::from_secs(seconds), work).await;
    answer.unwrap_or_else(|_| Err(Error::Timeout(seconds).into()))
}
