//! Access tokens with which a member uses the explorer.

use axum::{body::Bytes, response::Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    error::Body,
    request::{AuthRequest, Success},
};
use crate::{
    Error,
    auth::{Audience, Permission, TokenSubject, VerifiedToken},
    http::{cookie, rest::RestError},
};

/// Lifetime of a token in seconds.
const LIFE: i64 = 15 * 60;

/// What a token is for.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ExplorerTokenRequest)]
pub struct TokenForm {
    #[schema(value_type = String)]
    project_id: Uuid,
    /// Whether the token can only read. Default: true.
    read_only: Option<bool>,
}

/// An access token for `Authorization: Bearer`.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ExplorerToken)]
pub struct TokenResponse {
    token: String,
    /// Time at which it expires, RFC 3339.
    expires_at: String,
}

/// Get an access token for the explorer
///
/// Valid for 15 minutes, and no longer than the session. It has the member's permissions in the project, or
/// those of them that only read.
#[utoipa::path(
    post, path = "/auth/explorer-token", tag = "Sign-in", operation_id = "getExplorerToken", security(()),
    request_body = TokenForm,
    responses(
        (status = 200, description = "The token", body = TokenResponse),
        (status = 401, description = "The request has no session", body = Body),
        (status = 403, description = "The member has no access to the project", body = Body),
    ),
)]
pub async fn token(request: AuthRequest, body: Bytes) -> Response {
    let result = issue(&request, &body).await;
    request.respond(result.map(Success::from))
}

async fn issue(request: &AuthRequest, body: &[u8]) -> Result<TokenResponse, RestError> {
    let (_, form): (_, TokenForm) = request.read(body)?;
    let app = &request.app;
    request.session().await?;
    let project = form.project_id.to_string();
    let (caller, grant) = cookie::of_project(app, &request.headers, Some(&project)).await?;
    let reads = |permission: &Permission| {
        let name = permission.name();
        [":VIEW", ":PERSONAL", ":MASKED"].iter().any(|ending| name.ends_with(ending))
    };
    let is_read_only = form.read_only.unwrap_or(true);
    let scope = caller.permissions.iter().filter(|permission| !is_read_only || reads(permission)).collect();
    let TokenSubject::Session { .. } = grant.subject else {
        return Err(Error::Fault("a cookie's grant is not of a session").into());
    };
    let issued = VerifiedToken { subject: grant.subject, scope };
    let token = app.signer.issue(issued, Audience::Graph, &app.clock, LIFE).await?;
    let expires_at = app.clock.now().plus_seconds(LIFE).min(grant.until).to_rfc3339();
    Ok(TokenResponse { token, expires_at })
}
