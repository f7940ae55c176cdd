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
    http::{ApiState, RequestId, bearer, error_format::RejectedRequest, middleware},
};

/// Why a request of the user verification API was refused.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SessionError)]
pub struct Body {
    /// The status of the answer.
    #[schema(example = 404)]
    status_code: u16,
    /// What is wrong, for a person.
    message: String,
    /// The status in words.
    #[schema(example = "Not Found")]
    error: &'static str,
    /// Of a fault: what the log knows the request by.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
}

impl Body {
    fn new(status: StatusCode, message: String, request_id: Option<&str>) -> Self {
        let error = status.canonical_reason().unwrap_or_default();
        Self { status_code: status.as_u16(), message, error, request_id: request_id.map(str::to_owned) }
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub struct SessionApiError {
    status: StatusCode,
    message: String,
    /// What the log says, where the client must not read it.
    fault: Option<String>,
}

impl SessionApiError {
    /// A refusal in words for a person.
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), fault: None }
    }

    /// What the client did not write as it should have.
    pub fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// What is not there, or is none of those that the caller may see.
    pub fn unknown(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    /// The refusal as clients of this API read it. A fault says no more than the id under which the log knows it.
    pub fn respond(self, id: &RequestId) -> Response {
        if let Some(fault) = &self.fault {
            tracing::error!(request_id = id.0, error = %fault, "the request failed");
        }
        let request_id = self.fault.is_some().then_some(id.0.as_str());
        let answer = respond(self.status, Body::new(self.status, self.message, request_id));
        match self.status {
            StatusCode::UNAUTHORIZED => ([(header::WWW_AUTHENTICATE, "Bearer")], answer).into_response(),
            StatusCode::SERVICE_UNAVAILABLE => middleware::again(answer),
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
            // What was refused before under the same idempotency key: there was no such user.
            Error::Replayed(refusal) => return Self::unknown(refusal.message.clone()),
            Error::Database(_) | Error::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self { status, message: error.to_string(), fault: error.fault() }
    }
}

/// A refusal of the wall, in the shape of this surface.
#[must_use]
pub fn refused(refused: &RejectedRequest<'_>) -> Value {
    json!(Body::new(refused.status, refused.message.to_owned(), refused.fault()))
}

fn respond(status: StatusCode, body: impl Serialize) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

/// Lets a caller in, and answers with what it gets or with why not.
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

/// Lets a caller in and gives it what it gets, within the time a query may take.
///
/// # Errors
///
/// When the caller may not, there is no time or no place for it, or the work fails.
pub async fn admitted<T, F: Future<Output = Result<T, SessionApiError>>>(
    app: &ApiState,
    (method, path): (&str, &str),
    headers: &HeaderMap,
    work: impl FnOnce(Caller) -> F,
) -> Result<T, SessionApiError> {
    let caller = bearer::caller(app, headers, bearer::Form::Key).await?;
    policy::check_route(&caller, method, path)?;
    let _place = app.place_for(&caller)?;
    timed(app, work(caller)).await
}

/// What work gives, within the time a query may take.
///
/// # Errors
///
/// When it fails, or takes longer.
pub async fn timed<T>(
    app: &ApiState,
    work: impl Future<Output = Result<T, SessionApiError>>,
) -> Result<T, SessionApiError> {
    let seconds = app.limits.query_seconds;
    let answer = tokio::time::timeout(Duration::from_secs(seconds), work).await;
    answer.unwrap_or_else(|_| Err(Error::Timeout(seconds).into()))
}
