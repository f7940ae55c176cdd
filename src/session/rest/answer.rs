use serde::Serialize;
use utoipa::ToSchema;

use crate::http::{
    rest::{ErrorBody, RequestInfo, RestError},
    token_form::Form,
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

impl ErrorBody for Body {
    const FORM: Form = Form::Key;
    const CHALLENGE: Option<&'static str> = Some("Bearer");

    fn new(error: RestError, request: &RequestInfo<'_>) -> Self {
        Self {
            status_code: error.status.as_u16(),
            error: error.status.canonical_reason().unwrap_or_default(),
            request_id: error.request_id(request).map(str::to_owned),
            message: error.message,
        }
    }
}
