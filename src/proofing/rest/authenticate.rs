use axum::{Extension, body::Bytes, extract::State, http::StatusCode, response::Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    answer::{self, Body, object},
    limits::TOKEN_LIFE,
    path, view,
};
use crate::{
    auth::{Audience, Permissions, TokenSubject, VerifiedToken, credential},
    http::{ApiState, reply::RequestId, rest},
};

/// Client id and secret of a credential, under this API's names.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IdProofingCredential)]
pub struct Pair {
    #[schema(example = "demo")]
    application_id: String,
    #[schema(example = "demo-secret")]
    shared_secret: String,
}

/// An access token and its validity.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IdProofingToken)]
pub struct Token {
    /// Send it as `Authorization: Bearer TOKEN` or as `Authorization: TOKEN`.
    auth_token: String,
    #[schema(format = DateTime, example = "2019-02-19T13:15:27Z")]
    creation_time: String,
    #[schema(format = DateTime, example = "2019-02-19T13:30:27Z")]
    expiration_time: String,
}

/// Get an access token
///
/// Exchanges an application id and its shared secret for an access token that is valid for 15 minutes.
#[utoipa::path(
    post, path = path::AUTHENTICATE, tag = "ID proofing", security(()), operation_id = "authenticate",
    request_body = Pair,
    responses(
        (status = 200, description = "The token", body = Token),
        (status = 400, description = "The body is invalid", body = Body),
        (status = 401, description = "The application id and shared secret do not match", body = Body),
    ),
)]
pub async fn authenticate(
    State(app): State<ApiState>,
    Extension(id): Extension<RequestId>,
    body: Bytes,
) -> Response {
    let work = async {
        let pair: Pair = object(&body)?;
        let now = app.clock.now();
        let (application, secret) = (&pair.application_id, &pair.shared_secret);
        let row = credential::authenticate(&app.store, &app.root, now, application, secret).await?;
        let row = row.ok_or_else(|| {
            let text = "applicationId and sharedSecret do not match";
            answer::error(StatusCode::UNAUTHORIZED, "invalid_credentials", text)
        })?;
        let scope = Permissions::of(&row);
        let issued = VerifiedToken { subject: TokenSubject::Credential(row.id), scope };
        let token = app.signer.issue(issued, Audience::Graph, &app.clock, TOKEN_LIFE).await?;
        Ok(Token {
            auth_token: token,
            creation_time: view::time(now),
            expiration_time: view::time(now.plus_seconds(TOKEN_LIFE)),
        })
    };
    rest::respond::<Body>((&id).into(), rest::timed(&app, Box::pin(work)).await)
}
