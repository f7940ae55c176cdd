use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::Code;

/// The request id: the client's own from `x-request-id` if it is a plain word, otherwise a new one.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// `Retry-After` in seconds for clients rejected because of a limit.
pub(super) const RETRY_AFTER: &str = "1";

/// A rejection before anything of the request was read, in the error format of GraphQL.
pub fn refusal(status: StatusCode, code: Code, message: &str) -> Response {
    let body =
        serde_json::json!({ "errors": [{ "message": message, "extensions": { "code": code.as_str() } }] });
    (status, Json(body)).into_response()
}

/// A temporary rejection: the client should retry in a moment.
pub fn busy(message: &str) -> Response {
    again(refusal(StatusCode::SERVICE_UNAVAILABLE, Code::Overloaded, message))
}

/// Adds `Retry-After`.
pub fn again(refusal: Response) -> Response {
    ([(header::RETRY_AFTER, RETRY_AFTER)], refusal).into_response()
}
