//! Error formats. Clients of each API read one shape of errors only, and the middleware rejects requests before a handler
//! runs: so the format of an error is found by the path of its request.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::token_form::Form;
use crate::{Code, http::reply};

/// The error format of the paths with one prefix.
pub struct ErrorFormat {
    /// The path prefix, in whole segments.
    prefix: &'static str,
    /// Builds the body of a rejection.
    pub body: fn(&RejectedRequest<'_>) -> Value,
    /// Schema name of that body in the `OpenAPI` document.
    pub schema: &'static str,
    /// How the API's clients send their tokens.
    pub form: Form,
}

/// Finds the error format of a path. The router has the table.
pub type ErrorFormats = fn(&str) -> &'static ErrorFormat;

impl ErrorFormat {
    /// The format of the paths that begin with `prefix`, as whole segments.
    #[must_use]
    pub const fn new(
        prefix: &'static str,
        body: fn(&RejectedRequest<'_>) -> Value,
        schema: &'static str,
        form: Form,
    ) -> Self {
        Self { prefix, body, schema, form }
    }

    /// Whether a path begins with the prefix.
    #[must_use]
    pub fn covers(&self, path: &str) -> bool {
        path.strip_prefix(self.prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// The format of GraphQL: for every path that no other format covers.
pub const GRAPHQL: ErrorFormat = ErrorFormat::new("", errors, "Errors", Form::Named);

/// The default HTTP status of an error code.
#[must_use]
pub const fn status(code: Code) -> StatusCode {
    match code {
        Code::Unauthenticated => StatusCode::UNAUTHORIZED,
        Code::Forbidden => StatusCode::FORBIDDEN,
        Code::Timeout | Code::Overloaded | Code::Unavailable | Code::StorageFull => {
            StatusCode::SERVICE_UNAVAILABLE
        }
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        Code::BadUserInput
        | Code::BadCursor
        | Code::BadRequest
        | Code::ValidationFailed
        | Code::QueryTooDeep
        | Code::QueryTooComplex
        | Code::DocumentTooLarge
        | Code::PersistedQueryNotFound => StatusCode::BAD_REQUEST,
    }
}

/// A request that is rejected before its API handles it.
pub struct RejectedRequest<'a> {
    pub status: StatusCode,
    pub code: Code,
    pub message: &'a str,
    /// Request id, as in the log.
    pub id: &'a str,
    /// The request's path.
    pub path: &'a str,
}

impl RejectedRequest<'_> {
    /// The request id, if the error is an internal one: it leads to the log line.
    #[must_use]
    pub fn fault(&self) -> Option<&str> {
        (self.code == Code::Internal).then_some(self.id)
    }

    /// The response, in the error format of the path.
    pub fn answer(&self, formats: ErrorFormats) -> Response {
        let answer = (self.status, Json((formats(self.path).body)(self))).into_response();
        let mut answer =
            if self.status == StatusCode::SERVICE_UNAVAILABLE { reply::again(answer) } else { answer };
        answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        answer
    }
}

/// The error as GraphQL clients read it.
#[derive(Serialize, ToSchema)]
#[schema(as = Errors)]
pub struct ErrorList {
    errors: Vec<ErrorEntry>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = ListedError)]
struct ErrorEntry {
    /// Human-readable description of the error.
    message: String,
    extensions: Extensions,
}

#[derive(Serialize, ToSchema)]
#[schema(as = ErrorExtensions)]
#[serde(rename_all = "camelCase")]
struct Extensions {
    /// Machine-readable error code.
    code: &'static str,
    /// Only for internal errors: the request id, as in the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
}

fn errors(refused: &RejectedRequest<'_>) -> Value {
    let extensions =
        Extensions { code: refused.code.as_str(), request_id: refused.fault().map(str::to_owned) };
    serde_json::json!(ErrorList {
        errors: vec![ErrorEntry { message: refused.message.to_owned(), extensions }]
    })
}
