//! Who is asked decides how a refusal looks: each surface has clients that read one shape only, and the wall turns
//! requests away before a surface sees them. This is the one place that knows which paths are whose.

use axum::{
    Json,
    extract::{FromRequestParts, Path, path::ErrorKind, rejection::PathRejection},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use utoipa::ToSchema;

use super::oauth;
use super::{
    bearer::Form,
    middleware::{self, RequestId},
};
use crate::{Code, proofing, result, session, verification};

/// Paths that begin alike, and what their clients read.
pub struct ErrorFormat {
    /// What the paths begin with, as whole segments.
    prefix: &'static str,
    /// The body of a refusal.
    pub body: fn(&RejectedRequest<'_>) -> Value,
    /// The name of that body's schema in the description of the paths.
    pub schema: &'static str,
    /// How its clients write their tokens.
    pub form: Form,
}

/// Every surface that does not answer as the graph does. A new one is one line here.
const SURFACES: &[ErrorFormat] = &[
    surface("/api/web/v1", proofing::rest::refused, "IdProofingError", Form::NamedOrBare),
    surface("/uploads", proofing::rest::refused, "IdProofingError", Form::NamedOrBare),
    surface("/api/v2", verification::rest::refused, "VerificationError", Form::Named),
    surface("/v2/verifications", verification::rest::refused, "VerificationError", Form::Named),
    surface("/v1/integration", result::rest::refused, "VerificationResultError", Form::ServerToken),
    surface("/v1/verification", result::rest::refused, "VerificationResultError", Form::ServerToken),
    surface("/v2/sessions", session::rest::refused, "SessionError", Form::Key),
    surface("/v2/users", session::rest::refused, "SessionError", Form::Key),
    surface("/v2/images", session::rest::refused, "SessionError", Form::Key),
    surface("/sessions", session::rest::refused, "SessionError", Form::Key),
    surface("/images", session::rest::refused, "SessionError", Form::Key),
    surface("/oauth2", oauth::refused, "TokenError", Form::Named),
];

/// Everything else: the graph, and paths of nobody.
const GRAPH: ErrorFormat = surface("", errors, "Errors", Form::Named);

const fn surface(
    prefix: &'static str,
    body: fn(&RejectedRequest<'_>) -> Value,
    schema: &'static str,
    form: Form,
) -> ErrorFormat {
    ErrorFormat { prefix, body, schema, form }
}

/// The surface that a path belongs to.
#[must_use]
pub fn of(path: &str) -> &'static ErrorFormat {
    let begins =
        |prefix: &str| path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    SURFACES.iter().find(|surface| begins(surface.prefix)).unwrap_or(&GRAPH)
}

/// The status that a surface answers an error with, unless it says otherwise.
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

/// A request that is turned away before its surface has seen it.
pub struct RejectedRequest<'a> {
    pub status: StatusCode,
    pub code: Code,
    pub message: &'a str,
    /// What the log knows the request by.
    pub id: &'a str,
    /// What was asked for.
    pub path: &'a str,
}

impl RejectedRequest<'_> {
    /// The id of the request, where the refusal is a fault of ours: it leads to the line of the log.
    #[must_use]
    pub fn fault(&self) -> Option<&str> {
        (self.code == Code::Internal).then_some(self.id)
    }

    /// The answer, in the shape of the surface that the path belongs to.
    pub fn answer(&self) -> Response {
        let answer = (self.status, Json((of(self.path).body)(self))).into_response();
        let mut answer =
            if self.status == StatusCode::SERVICE_UNAVAILABLE { middleware::again(answer) } else { answer };
        answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        answer
    }
}

/// The refusal as clients of GraphQL read it.
#[derive(Serialize, ToSchema)]
pub struct ErrorList {
    errors: Vec<ErrorEntry>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = ListedError)]
struct ErrorEntry {
    /// What is wrong, for a person.
    message: String,
    extensions: Extensions,
}

#[derive(Serialize, ToSchema)]
#[schema(as = ErrorExtensions)]
#[serde(rename_all = "camelCase")]
struct Extensions {
    /// What is wrong, for a program.
    code: &'static str,
    /// Of a fault: what the log knows the request by.
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

/// What stands in a path, refused in the shape of its surface where it is no text.
pub struct Segments<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Segments<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let rejection = match Path::from_request_parts(parts, state).await {
            Ok(Path(segments)) => return Ok(Self(segments)),
            Err(rejection) => rejection,
        };
        let is_clients = matches!(
            &rejection,
            PathRejection::FailedToDeserializePathParams(why) if matches!(why.kind(), ErrorKind::InvalidUtf8InPathParam { .. })
        );
        let id = parts.extensions.get::<RequestId>().map_or("", |id| id.0.as_str());
        let (status, code, message) = if is_clients {
            (StatusCode::BAD_REQUEST, Code::BadRequest, "the path is not in UTF-8")
        } else {
            tracing::error!(request_id = id, error = %rejection, "a handler does not fit its path");
            (StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, "internal error")
        };
        Err(RejectedRequest { status, code, message, id, path: parts.uri.path() }.answer())
    }
}
