use axum::{
    extract::{FromRef, FromRequestParts, Path, path::ErrorKind, rejection::PathRejection},
    http::{StatusCode, request::Parts},
    response::Response,
};
use serde::de::DeserializeOwned;

use crate::{
    Code,
    http::{error_format::RejectedRequest, reply::RequestId, state::ApiState},
};

/// Path parameters. If one is not UTF-8, the request is rejected in the error format of its API.
pub struct Segments<T>(pub T);

impl<T, S> FromRequestParts<S> for Segments<T>
where
    T: DeserializeOwned + Send,
    S: Send + Sync,
    ApiState: FromRef<S>,
{
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
            (StatusCode::BAD_REQUEST, Code::BadRequest, "the path is not valid UTF-8")
        } else {
            tracing::error!(request_id = id, error = %rejection, "handler does not match its path");
            (StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, "internal error")
        };
        Err(RejectedRequest { status, code, message, id, path: parts.uri.path() }
            .answer(ApiState::from_ref(state).error_format))
    }
}
