use std::{future::Future, time::Duration};

use axum::{
    Json,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Code, Error,
    auth::{Caller, policy},
    http::{
        ApiState, bearer,
        count::CountPermit,
        error_format::RejectedRequest,
        reply::{self, RequestId},
        token_form,
    },
    idempotency::rejection::StoredRejection as Replayed,
};

/// An error response of the ID proofing API.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IdProofingError)]
pub struct Body {
    /// Machine-readable error code.
    #[schema(example = "invalid_search_attribute")]
    error_code: String,
    /// Human-readable description of the error.
    error_message: String,
    /// The values that the error is about.
    #[schema(value_type = Object)]
    parameters: Map<String, Value>,
}

/// An error in the documented format: a status, and `{errorCode, errorMessage, parameters}`.
#[derive(Debug)]
pub struct ProofingApiError {
    status: StatusCode,
    code: &'static str,
    message: String,
    parameters: Vec<(&'static str, Value)>,
    /// The log message of an internal error, which is hidden from clients.
    fault: Option<String>,
}

impl ProofingApiError {
    /// Creates an error with a code in snake case and a message for people.
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), parameters: Vec::new(), fault: None }
    }

    /// An error for an invalid request.
    pub fn bad(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// Adds a parameter that the error is about.
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.parameters.push((name, value.into()));
        self
    }

    fn respond(mut self, id: &RequestId) -> Response {
        if let Some(fault) = &self.fault {
            tracing::error!(request_id = id.0, error = %fault, "the request failed");
            self.parameters.push(("requestId", id.0.clone().into()));
        }
        let parameters: Map<String, Value> =
            self.parameters.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let body = Body { error_code: self.code.to_owned(), error_message: self.message, parameters };
        let answer = respond(self.status, body);
        match self.status {
            StatusCode::UNAUTHORIZED => ([(header::WWW_AUTHENTICATE, "Bearer")], answer).into_response(),
            StatusCode::SERVICE_UNAVAILABLE => reply::again(answer),
            _ => answer,
        }
    }
}

impl ProofingApiError {
    /// A rejection stored under the same idempotency key.
    fn again(refusal: &Replayed) -> Self {
        let (status, code) = match refusal.name.as_str() {
            "user_not_found" => (StatusCode::NOT_FOUND, "user_not_found"),
            _ => (StatusCode::BAD_REQUEST, "invalid_scenario"),
        };
        Self::new(status, code, refusal.message.clone())
    }
}

impl From<Error> for ProofingApiError {
    fn from(error: Error) -> Self {
        let message = error.to_string();
        let refusal = match &error {
            Error::Unauthenticated(_) => Self::new(StatusCode::UNAUTHORIZED, "unauthenticated", message),
            Error::Forbidden(permission) => {
                Self::new(StatusCode::FORBIDDEN, "forbidden", message).with("permission", permission.name())
            }
            Error::Cursor(_) => Self::bad("invalid_cursor", message),
            Error::Argument { .. }
            | Error::Limit { .. }
            | Error::BadDocument(_)
            | Error::PersistedQueryNotFound => Self::bad("bad_request", message),
            Error::Timeout(_) | Error::Slow(_) => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "timeout", message)
            }
            Error::Busy(_) => Self::new(StatusCode::SERVICE_UNAVAILABLE, "overloaded", message),
            Error::Unavailable(_) => Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", message),
            Error::StorageFull(_) => Self::new(StatusCode::SERVICE_UNAVAILABLE, "storage_full", message),
            Error::Replayed(refusal) => return Self::again(refusal),
            Error::Database(_) | Error::Fault(_) => {
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal_error", message)
            }
        };
        Self { fault: error.fault(), ..refusal }
    }
}

/// A rejection by the middleware, in the format of this API.
#[must_use]
pub fn refused(refused: &RejectedRequest<'_>) -> Value {
    let error_code = match refused.status {
        StatusCode::NOT_FOUND => "not_found",
        StatusCode::METHOD_NOT_ALLOWED => "method_not_allowed",
        StatusCode::REQUEST_TIMEOUT => "timeout",
        StatusCode::PAYLOAD_TOO_LARGE => "payload_too_large",
        StatusCode::SERVICE_UNAVAILABLE => match refused.code {
            Code::Timeout => "timeout",
            Code::Unavailable => "unavailable",
            Code::StorageFull => "storage_full",
            _ => "overloaded",
        },
        StatusCode::INTERNAL_SERVER_ERROR => "internal_error",
        _ => "bad_request",
    };
    let parameters = refused.fault().map(|id| ("requestId".to_owned(), id.into())).into_iter().collect();
    json!(Body { error_code: error_code.to_owned(), error_message: refused.message.to_owned(), parameters })
}

fn respond(status: StatusCode, body: impl Serialize) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

/// Runs the work of a path within the time limit of a query and builds the response.
pub fn answer(
    app: &ApiState,
    id: &RequestId,
    work: impl Future<Output = Result<impl Serialize, ProofingApiError>> + Send,
) -> impl Future<Output = Response> + Send {
    let seconds = app.limits.query_seconds;
    // Boxed before it is passed on: otherwise each enclosing future would contain a copy.
    let work = Box::pin(work);
    answer_upload(id, async move {
        let done = tokio::time::timeout(Duration::from_secs(seconds), work).await;
        done.unwrap_or_else(|_| Err(Error::Timeout(seconds).into()))
    })
}

/// The response to an upload, whose time the middleware limits.
pub async fn answer_upload(
    id: &RequestId,
    work: impl Future<Output = Result<impl Serialize, ProofingApiError>> + Send,
) -> Response {
    match work.await {
        Ok(body) => respond(StatusCode::OK, body),
        Err(refusal) => refusal.respond(id),
    }
}

/// A rejection before any work is done.
pub fn refused_now(refusal: ProofingApiError, id: &RequestId) -> Response {
    refusal.respond(id)
}

/// A caller that may use the path, with its permit for a request in flight.
pub struct AdmittedCaller {
    pub caller: Caller,
    _permit: CountPermit<Uuid>,
}

/// Authenticates the caller of a request and checks its permission for the path.
pub async fn enter(
    app: &ApiState,
    headers: &HeaderMap,
    method: &str,
    path: &str,
) -> Result<AdmittedCaller, ProofingApiError> {
    let caller = bearer::caller(app, headers, token_form::Form::NamedOrBare).await?;
    policy::check_route(&caller, method, path)?;
    let most = app.limits.in_flight_per_credential;
    let permit = app.per_credential.acquire(caller.credential.id, most).ok_or_else(|| {
        let setting = "limits.in_flight_per_credential";
        let text =
            format!("this credential has too many requests in flight: the limit is {most} (`{setting}`)");
        ProofingApiError::new(StatusCode::SERVICE_UNAVAILABLE, "overloaded", text)
    })?;
    Ok(AdmittedCaller { caller, _permit: permit })
}

/// Parses the body of a request: a JSON object.
pub fn object<T: DeserializeOwned>(body: &[u8]) -> Result<T, ProofingApiError> {
    let refused = |text: String| ProofingApiError::bad("invalid_body", text);
    match serde_json::from_slice(body) {
        // serde would also accept an array for an object: its items for the fields, in order.
        Ok(object @ Value::Object(_)) => {
            T::deserialize(object).map_err(|error| refused(format!("the body is invalid: {error}")))
        }
        Ok(_) => Err(refused("the body must be a JSON object".to_owned())),
        Err(_) => Err(refused("the body is not valid JSON".to_owned())),
    }
}
