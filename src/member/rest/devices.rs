//! Devices on which the member is signed in.

use axum::{body::Bytes, extract::Path, response::Response};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    answer::{SessionInfo, StateResponse},
    error::Body,
    request::{AuthRequest, Success},
    state::state_of,
};
use crate::{
    http::rest::RestError,
    member::session::{self, Which},
};

/// The devices of the member, the last active first.
#[derive(Serialize, ToSchema)]
#[schema(as = AuthSessions)]
pub struct SessionsResponse {
    sessions: Vec<SessionInfo>,
}

/// Sign out
///
/// Ends this device's session.
#[utoipa::path(
    post, path = "/auth/sign-out", tag = "Sign-in", operation_id = "signOut", security(()),
    responses((status = 200, description = "Signed out", body = StateResponse)),
)]
pub async fn sign_out(request: AuthRequest, _: Bytes) -> Response {
    let result = async {
        let settings = request.check_own_page()?;
        if let Ok(current) = request.session().await {
            end(&request, current.member.id, Which::One(current.row.id)).await?;
        }
        let body = state_of(&request, None).await?;
        Ok(Success { body, cookies: vec![settings.delete()] })
    };
    let result = result.await;
    request.respond(result)
}

/// List the devices on which the member is signed in
#[utoipa::path(
    get, path = "/auth/sessions", tag = "Sign-in", operation_id = "listSessions", security(()),
    responses(
        (status = 200, description = "The devices, the last active first", body = SessionsResponse),
        (status = 401, description = "The request has no session", body = Body),
    ),
)]
pub async fn list(request: AuthRequest) -> Response {
    let result = listed(&request).await;
    request.respond(result.map(Success::from))
}

/// End the session of one device
#[utoipa::path(
    delete, path = "/auth/sessions/{id}", tag = "Sign-in", operation_id = "endSession", security(()),
    params(("id" = String, Path, description = "Id of the session")),
    responses(
        (status = 200, description = "The remaining devices", body = SessionsResponse),
        (status = 404, description = "The member has no such session", body = Body),
    ),
)]
pub async fn end_one(request: AuthRequest, Path(id): Path<String>) -> Response {
    let result = async {
        request.check_own_page()?;
        let current = request.session().await?;
        let missing = || RestError::not_found("there is no such session");
        let id = Uuid::try_parse(&id).map_err(|_| missing())?;
        if end(&request, current.member.id, Which::One(id)).await? == 0 {
            return Err(missing());
        }
        listed(&request).await
    };
    let result = result.await;
    request.respond(result.map(Success::from))
}

/// End the sessions of all other devices
#[utoipa::path(
    delete, path = "/auth/sessions", tag = "Sign-in", operation_id = "endOtherSessions", security(()),
    responses(
        (status = 200, description = "The remaining devices", body = SessionsResponse),
        (status = 401, description = "The request has no session", body = Body),
    ),
)]
pub async fn end_others(request: AuthRequest) -> Response {
    let result = async {
        request.check_own_page()?;
        let current = request.session().await?;
        end(&request, current.member.id, Which::AllBut(current.row.id)).await?;
        listed(&request).await
    };
    let result = result.await;
    request.respond(result.map(Success::from))
}

async fn listed(request: &AuthRequest) -> Result<SessionsResponse, RestError> {
    let current = request.session().await?;
    let rows = session::list(&request.app.store, current.member.id, request.app.clock.now()).await?;
    let sessions = rows.iter().map(|row| SessionInfo::new(row, current.row.id)).collect();
    Ok(SessionsResponse { sessions })
}

async fn end(request: &AuthRequest, member: Uuid, which: Which) -> Result<u64, RestError> {
    let app = &request.app;
    let transaction = app.store.begin().await?;
    let ended = session::end(&transaction, &app.clock, member, which).await?;
    transaction.commit().await?;
    app.callers.forget_sessions();
    Ok(ended)
}
