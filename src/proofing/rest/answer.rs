use axum::http::StatusCode;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::{
    Code,
    http::{
        rest::{ErrorBody, RequestInfo, RestError},
        token_form::Form,
    },
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

impl ErrorBody for Body {
    const FORM: Form = Form::NamedOrBare;
    const CHALLENGE: Option<&'static str> = Some("Bearer");

    fn new(error: RestError, request: &RequestInfo<'_>) -> Self {
        let error_code = error.own_code.unwrap_or_else(|| code(error.status, error.code)).to_owned();
        let request_id = error.request_id(request).map(|id| ("requestId".to_owned(), id.into()));
        let permission = error.permission.map(|it| ("permission".to_owned(), it.name().into()));
        let parameters = error.details.into_iter().chain(permission).chain(request_id).collect();
        Self { error_code, error_message: error.message, parameters }
    }
}

/// The code of an error that every API has.
const fn code(status: StatusCode, code: Code) -> &'static str {
    match (status, code) {
        (StatusCode::UNAUTHORIZED, _) => "unauthenticated",
        (StatusCode::FORBIDDEN, _) => "forbidden",
        (StatusCode::NOT_FOUND, _) => "not_found",
        (StatusCode::METHOD_NOT_ALLOWED, _) => "method_not_allowed",
        (StatusCode::REQUEST_TIMEOUT, _) | (StatusCode::SERVICE_UNAVAILABLE, Code::Timeout) => "timeout",
        (StatusCode::PAYLOAD_TOO_LARGE, _) => "payload_too_large",
        (StatusCode::SERVICE_UNAVAILABLE, Code::Unavailable) => "unavailable",
        (StatusCode::SERVICE_UNAVAILABLE, Code::StorageFull) => "storage_full",
        (StatusCode::SERVICE_UNAVAILABLE, _) => "overloaded",
        (StatusCode::INTERNAL_SERVER_ERROR, _) => "internal_error",
        (_, Code::BadCursor) => "invalid_cursor",
        _ => "bad_request",
    }
}

/// An error with a code in snake case and a message for people.
pub fn error(status: StatusCode, code: &'static str, message: impl Into<String>) -> RestError {
    RestError::new(status, message).with_code(code)
}

/// An error for an invalid request.
pub fn bad(code: &'static str, message: impl Into<String>) -> RestError {
    error(StatusCode::BAD_REQUEST, code, message)
}

/// Parses the body of a request: a JSON object.
pub fn object<T: DeserializeOwned>(body: &[u8]) -> Result<T, RestError> {
    let refused = |text: String| bad("invalid_body", text);
    match serde_json::from_slice(body) {
        // serde would also accept an array for an object: its items for the fields, in order.
        Ok(object @ Value::Object(_)) => {
            T::deserialize(object).map_err(|error| refused(format!("the body is invalid: {error}")))
        }
        Ok(_) => Err(refused("the body must be a JSON object".to_owned())),
        Err(_) => Err(refused("the body is not valid JSON".to_owned())),
    }
}
