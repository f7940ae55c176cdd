use axum::{Extension, http::HeaderMap, response::Response};
use chrono::SecondsFormat;
use entity::{
    Timestamp, user,
    verification_session::{Model, Status},
};
use sea_orm::ActiveEnum;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    answer::Body,
    limits::SESSIONS,
    path,
    view::{self, Document},
};
use crate::{
    auth::{Caller, Permission},
    http::{
        ApiState,
        path::Segments,
        position::ReadRequest,
        reply::RequestId,
        rest::{self, RestError},
    },
    session::{rules, store},
};

// The keys are in the order of the API's document.
/// A user, its latest session, and the documents captured in it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SessionUser)]
pub struct User {
    #[serde(rename = "_id")]
    id: String,
    /// Your own id for the user.
    ref_id: String,
    /// Status of the latest session: `in_progress`, `pending`, `successful` or `suspected`.
    #[schema(example = "successful")]
    status: String,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    updated_at: String,
    /// Your own name for the flow: `default` for a session that was created without one.
    flow_id: String,
    /// Id of the latest session.
    session_id: String,
    /// Ids of all sessions, latest first, at most 100.
    sessions: Vec<String>,
    /// The documents of the latest session, one for each step; omitted without the permission
    /// `DOCUMENTS:VIEW`.
    #[serde(skip_serializing_if = "Option::is_none")]
    documents: Option<Vec<Document>>,
    /// Addresses at which the user was seen; omitted without the permission `DOCUMENTS:VIEW`.
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<Vec<String>>,
}

/// Get a user's verification
///
/// The user with its latest session and that session's documents. A user without a session is not found.
#[utoipa::path(
    get, path = path::USER, tag = "User verification", operation_id = "getVerifiedUser",
    params(("refId" = String, Path, description = "Your own id for the user")),
    responses(
        (status = 200, description = "The user", body = User),
        (status = 400, description = "The id is invalid", body = Body),
        (status = 404, description = "The user does not exist, has no session, or is not visible to the token", body = Body),
    ),
)]
pub async fn user(
    reading: ReadRequest,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    Segments(ref_id): Segments<String>,
) -> Response {
    rest::read::<Body, _, _>(&reading, ("GET", path::USER), (&id).into(), &headers, async |app, caller| {
        view(&app, &caller, &ref_id).await
    })
    .await
}

/// Get a user's verification, by the path of the documented sample code
#[utoipa::path(
    get, path = path::SESSION, tag = "User verification", operation_id = "getVerifiedUserBySession",
    params(("refId" = String, Path, description = "Your own id for the user")),
    responses(
        (status = 200, description = "The user", body = User),
        (status = 400, description = "The id is invalid", body = Body),
        (status = 404, description = "The user does not exist, has no session, or is not visible to the token", body = Body),
    ),
)]
pub async fn user_by_its_session(
    reading: ReadRequest,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    Segments(ref_id): Segments<String>,
) -> Response {
    rest::read::<Body, _, _>(&reading, ("GET", path::SESSION), (&id).into(), &headers, async |app, caller| {
        view(&app, &caller, &ref_id).await
    })
    .await
}

/// Get a user's verification, by the short path of the documented sample code
#[utoipa::path(
    get, path = path::SHORT, tag = "User verification", operation_id = "getVerifiedUserByShortPath",
    params(("refId" = String, Path, description = "Your own id for the user")),
    responses(
        (status = 200, description = "The user", body = User),
        (status = 400, description = "The id is invalid", body = Body),
        (status = 404, description = "The user does not exist, has no session, or is not visible to the token", body = Body),
    ),
)]
pub async fn user_by_its_short_path(
    reading: ReadRequest,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    Segments(ref_id): Segments<String>,
) -> Response {
    rest::read::<Body, _, _>(&reading, ("GET", path::SHORT), (&id).into(), &headers, async |app, caller| {
        view(&app, &caller, &ref_id).await
    })
    .await
}

async fn view(app: &ApiState, caller: &Caller, ref_id: &str) -> Result<User, RestError> {
    let (user, sessions) = found(app, caller, ref_id, SESSIONS).await?;
    let latest = &sessions[0];
    let (mut documents, mut metadata) = (None, None);
    if caller.holds(Permission::DocumentsView) {
        let rows = view::latest(app, caller, latest).await?;
        let mut shown = Vec::new();
        for row in &rows {
            shown.push(view::document(&app.vault, &user, row).await?);
        }
        documents = Some(shown);
        metadata = Some(store::addresses(&app.vault, &user, latest).await?);
    }
    Ok(User {
        id: user.source_id.clone().unwrap_or_else(|| user.id.to_string()),
        ref_id: ref_id.to_owned(),
        status: Status::to_value(&latest.status),
        created_at: time(user.created_at),
        updated_at: time(user.updated_at.max(latest.updated_at)),
        flow_id: latest.flow_id.clone(),
        session_id: shown_id(latest),
        sessions: sessions.iter().map(shown_id).collect(),
        documents,
        metadata,
    })
}

/// Finds a user and its sessions, latest first; at least one.
pub async fn found(
    app: &ApiState,
    caller: &Caller,
    ref_id: &str,
    most: u64,
) -> Result<(user::Model, Vec<Model>), RestError> {
    if !rules::is_ref_id(ref_id) {
        let most = rules::REF_ID;
        return Err(RestError::bad(format!("a refId must be a string of 1 to {most} bytes without a NUL")));
    }
    let unknown = || RestError::not_found("there is no verified user with this refId");
    let user = store::user_of(&app.store, caller, ref_id).await?.ok_or_else(unknown)?;
    let sessions = store::of_user(&app.store, caller, user.id, most).await?;
    if sessions.is_empty() { Err(unknown()) } else { Ok((user, sessions)) }
}

fn shown_id(session: &Model) -> String {
    session.source_id.clone().unwrap_or_else(|| session.id.to_string())
}

/// Formats a time for this API: UTC, to the millisecond.
fn time(at: Timestamp) -> String {
    // `None` only about 260,000 years from 1970.
    let time = chrono::DateTime::from_timestamp_millis(at.0).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}
