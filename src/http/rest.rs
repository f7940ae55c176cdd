//! What the REST APIs share: admission, time limits, errors and responses. An API brings the body of its errors.

use std::{future::Future, time::Duration};

use axum::{
    Json,
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use entity::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    bearer,
    count::CountPermit,
    error_format::{ErrorFormat, RejectedRequest, status},
    position::ReadRequest,
    reply::{self, RequestId},
    state::ApiState,
    token_form::Form,
};
use crate::{
    Code, Error,
    auth::{Caller, Permission},
};

/// Responses contain personal data: no intermediary may store them.
pub const UNSTORED: (HeaderName, &str) = (header::CACHE_CONTROL, "no-store");

/// The body of the errors of one API, which decides its format.
pub trait ErrorBody: Serialize {
    /// How the API's clients send their tokens.
    const FORM: Form;
    /// The `WWW-Authenticate` header of responses with the status 401.
    const CHALLENGE: Option<&'static str>;

    /// The body of an error.
    fn new(error: RestError, request: &RequestInfo<'_>) -> Self;
}

/// What an error's body may say about its request.
#[derive(Clone, Copy, Debug)]
pub struct RequestInfo<'a> {
    /// The request id, as in the log.
    pub id: &'a str,
    /// The requested path. Empty where the API's errors do not contain it.
    pub path: &'a str,
    /// The time of the response. `None` if the request was rejected before a handler ran.
    pub now: Option<Timestamp>,
}

impl<'a> From<&'a RequestId> for RequestInfo<'a> {
    fn from(id: &'a RequestId) -> Self {
        Self { id: &id.0, path: "", now: None }
    }
}

/// An error of a REST API.
#[derive(Debug)]
pub struct RestError {
    pub status: StatusCode,
    /// The code of the error that every surface has.
    pub code: Code,
    /// The API's own code, if it has one for this error.
    pub own_code: Option<&'static str>,
    pub message: String,
    /// The values that the error is about, by name.
    pub details: Vec<(String, Value)>,
    /// The permission that the caller lacks.
    pub permission: Option<Permission>,
    /// The log message of an internal error, which is hidden from clients.
    fault: Option<String>,
}

impl RestError {
    /// Creates an error with a message for people.
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            code: Code::BadUserInput,
            own_code: None,
            message: message.into(),
            details: Vec::new(),
            permission: None,
            fault: None,
        }
    }

    /// An error for an invalid request.
    pub fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// An error for an object that does not exist or is not visible to the caller.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    /// Sets the API's own code.
    #[must_use]
    pub const fn with_code(mut self, code: &'static str) -> Self {
        self.own_code = Some(code);
        self
    }

    /// Adds a value that the error is about.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.details.push((name.into(), value.into()));
        self
    }

    /// The request id, if the error is an internal one: it leads to the log line.
    #[must_use]
    pub fn request_id<'a>(&self, request: &RequestInfo<'a>) -> Option<&'a str> {
        (self.fault.is_some() || self.code == Code::Internal).then_some(request.id)
    }

    /// The error response of an API. Internal errors contain only the request id, under which the log has the
    /// details.
    pub fn respond<B: ErrorBody>(self, request: &RequestInfo<'_>) -> Response {
        if let Some(fault) = &self.fault {
            tracing::error!(request_id = request.id, error = %fault, "the request failed");
        }
        let status = self.status;
        let answer = (status, [UNSTORED], Json(B::new(self, request))).into_response();
        match (status, B::CHALLENGE) {
            (StatusCode::UNAUTHORIZED, Some(challenge)) => {
                ([(header::WWW_AUTHENTICATE, challenge)], answer).into_response()
            }
            (StatusCode::SERVICE_UNAVAILABLE, _) => reply::again(answer),
            _ => answer,
        }
    }
}

impl From<sea_orm::DbErr> for RestError {
    fn from(error: sea_orm::DbErr) -> Self {
        Error::from(error).into()
    }
}

impl From<Error> for RestError {
    fn from(error: Error) -> Self {
        let permission = match &error {
            Error::Forbidden(permission) => Some(*permission),
            _ => None,
        };
        let (code, fault) = (error.code(), error.fault());
        Self { code, permission, fault, ..Self::new(status(code), error.to_string()) }
    }
}

/// The format of the errors below a path prefix.
#[must_use]
pub const fn format<B: ErrorBody>(prefix: &'static str, schema: &'static str) -> ErrorFormat {
    ErrorFormat::new(prefix, rejected::<B>, schema, B::FORM)
}

/// A rejection by the middleware, in the format of an API.
fn rejected<B: ErrorBody>(rejected: &RejectedRequest<'_>) -> Value {
    let error = RestError { code: rejected.code, ..RestError::new(rejected.status, rejected.message) };
    json!(B::new(error, &RequestInfo { id: rejected.id, path: rejected.path, now: None }))
}

/// A caller that may use a path, with its permit for a request in flight.
pub struct AdmittedCaller {
    pub caller: Caller,
    _permit: CountPermit<Uuid>,
}

/// Authenticates the caller of a request and checks its permission for the path.
///
/// # Errors
///
/// When the token is invalid, a permission is missing, or the credential has too many requests in flight.
pub async fn admit<B: ErrorBody>(
    app: &ApiState,
    headers: &HeaderMap,
    (method, path): (&str, &str),
) -> Result<AdmittedCaller, RestError> {
    let caller = bearer::caller(app, headers, B::FORM).await?;
    Ok(admit_caller(app, caller, (method, path))?)
}

/// Checks the permission of an authenticated caller for the path.
///
/// # Errors
///
/// When a permission is missing, or the credential has too many requests in flight.
pub fn admit_caller(
    app: &ApiState,
    caller: Caller,
    (method, path): (&str, &str),
) -> Result<AdmittedCaller, Error> {
    app.policy.check_route(&caller, method, path)?;
    let permit = app.acquire_permit(&caller)?;
    Ok(AdmittedCaller { caller, _permit: permit })
}

/// Runs work within the time limit of a query.
///
/// # Errors
///
/// If the work fails or times out.
pub async fn timed<T>(
    app: &ApiState,
    work: impl Future<Output = Result<T, RestError>>,
) -> Result<T, RestError> {
    let seconds = app.limits.query_seconds;
    let answer = tokio::time::timeout(Duration::from_secs(seconds), work).await;
    answer.unwrap_or_else(|_| Err(Error::Timeout(seconds).into()))
}

/// Authenticates a caller, runs its request within the time limit of a query, and responds with the result or
/// the error.
pub async fn answer<B: ErrorBody, T: Serialize, F: Future<Output = Result<T, RestError>>>(
    app: &ApiState,
    route: (&str, &str),
    request: RequestInfo<'_>,
    headers: &HeaderMap,
    work: impl FnOnce(Caller) -> F,
) -> Response {
    let admitted = async {
        // The permit lives as long as the work.
        let AdmittedCaller { caller, _permit } = admit::<B>(app, headers, route).await?;
        timed(app, work(caller)).await
    };
    respond::<B>(request, Box::pin(admitted).await)
}

/// Like [`answer`], for a request that only reads: `work` gets the state to read from.
pub async fn read<B: ErrorBody, T: Serialize, F: Future<Output = Result<T, RestError>>>(
    reading: &ReadRequest,
    route: (&str, &str),
    request: RequestInfo<'_>,
    headers: &HeaderMap,
    work: impl FnOnce(ApiState, Caller) -> F,
) -> Response {
    let app = reading.primary();
    answer::<B, _, _>(app, route, request, headers, async |caller| work(reading.choose().await, caller).await)
        .await
}

/// Responds with a result or an error.
pub fn respond<B: ErrorBody>(
    request: RequestInfo<'_>,
    result: Result<impl Serialize, RestError>,
) -> Response {
    match result {
        Ok(body) => (StatusCode::OK, [UNSTORED], Json(body)).into_response(),
        Err(error) => error.respond::<B>(&request),
    }
}
