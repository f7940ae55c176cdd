//! A member's own ways to sign in: passkeys are added, renamed and removed. The last way cannot be removed.

use axum::{body::Bytes, extract::Path, http::StatusCode, response::Response};
use entity::sign_in_attempt::Kind;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    answer::StateResponse,
    error::{Body, spent},
    passkey::{OptionsResponse, party, refused},
    request::{AuthRequest, Success},
    state::state_of,
};
use crate::{
    audit::Action,
    auth::session::LiveSession,
    db::Transaction,
    http::rest::RestError,
    member::{
        attempt,
        ceremony::Account,
        limits, methods, passkey,
        profile::Profile,
        session::{self, Which},
        store,
    },
};

/// What the browser answered, and a name for the new passkey.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewPasskey)]
pub struct AddForm {
    attempt: String,
    /// `PublicKeyCredential.toJSON()`
    #[schema(value_type = Object)]
    response: Value,
    /// 1 to 100 characters.
    label: String,
}

/// A name for a passkey.
#[derive(Deserialize, ToSchema)]
#[schema(as = PasskeyName)]
pub struct RenameForm {
    /// 1 to 100 characters.
    label: String,
}

/// Start to add a passkey
///
/// Requires a sign-in within the last 5 minutes.
#[utoipa::path(
    post, path = "/auth/passkeys/begin", tag = "Sign-in", operation_id = "beginPasskey", security(()),
    responses(
        (status = 200, description = "What to ask the browser for", body = OptionsResponse),
        (status = 403, description = "The last sign-in was too long ago", body = Body),
        (status = 409, description = "This address of the server has no passkeys", body = Body),
    ),
)]
pub async fn begin(request: AuthRequest, _: Bytes) -> Response {
    let result = async {
        let settings = request.check_own_page()?;
        let LiveSession { member, .. } = request.fresh_session().await?;
        let app = &request.app;
        let db = app.store.write();
        let profile = Profile::open(&app.root, &member)?.ok_or_else(spent)?;
        let existing = passkey::list(db, member.id).await?;
        if existing.len() >= passkey::MOST {
            let text = format!("an account has at most {} passkeys: remove one first", passkey::MOST);
            return Err(RestError::bad(text));
        }
        let existing: Vec<_> = existing.into_iter().map(|row| row.credential_id).collect();
        let account = Account { user_handle: member.id, name: &profile.email, display_name: &profile.name };
        let started = party(&settings)?.start_registration(account, &existing);
        let started = started.map_err(|error| refused(&error))?;
        let of = (Kind::NewPasskey, Some(member.id));
        let attempt = attempt::create(db, &app.root, &app.clock, of, &started.state).await?;
        Ok(OptionsResponse { attempt, options: started.options })
    };
    let result: Result<_, RestError> = result.await;
    request.respond(result.map(Success::from))
}

/// Add a passkey
#[utoipa::path(
    post, path = "/auth/passkeys", tag = "Sign-in", operation_id = "addPasskey", security(()),
    request_body = AddForm,
    responses(
        (status = 200, description = "The passkey is added", body = StateResponse),
        (status = 400, description = "The name is not valid", body = Body),
        (status = 401, description = "The passkey was not accepted", body = Body),
        (status = 410, description = "The attempt has expired or was used", body = Body),
    ),
)]
pub async fn add(request: AuthRequest, body: Bytes) -> Response {
    let result = insert(&request, &body).await;
    request.respond(result.map(Success::from))
}

async fn insert(request: &AuthRequest, body: &[u8]) -> Result<StateResponse, RestError> {
    let (settings, form): (_, AddForm) = request.read(body)?;
    let label = passkey::label(&form.label)?;
    let current = request.session().await?;
    let app = &request.app;
    let (now, db) = (app.clock.now(), app.store.write());
    let found = attempt::find::<Vec<u8>>(db, &app.root, now, Kind::NewPasskey, &form.attempt).await?;
    let (attempt, state) = found.ok_or_else(spent)?;
    if attempt.member_id != Some(current.member.id) || !attempt::complete(db, &attempt).await? {
        return Err(spent());
    }
    let new = party(&settings)?.finish_registration(&state, &form.response);
    let new = new.map_err(|error| refused(&error))?;
    let transaction = app.store.begin().await?;
    passkey::insert(&transaction, &app.root, &app.clock, &current.member, (label, new)).await?;
    transaction.commit().await?;
    state_of(request, Some(&current)).await
}

/// Rename a passkey
#[utoipa::path(
    put, path = "/auth/passkeys/{id}", tag = "Sign-in", operation_id = "renamePasskey", security(()),
    params(("id" = String, Path, description = "Id of the passkey")),
    request_body = RenameForm,
    responses(
        (status = 200, description = "The passkey is renamed", body = StateResponse),
        (status = 400, description = "The name is not valid", body = Body),
        (status = 404, description = "The member has no such passkey", body = Body),
    ),
)]
pub async fn rename(request: AuthRequest, Path(id): Path<String>, body: Bytes) -> Response {
    let result = async {
        let (_, form): (_, RenameForm) = request.read(&body)?;
        let label = passkey::label(&form.label)?;
        let current = request.session().await?;
        let id = Uuid::try_parse(&id).map_err(|_| missing())?;
        let transaction = request.app.store.begin().await?;
        if !passkey::rename(&transaction, &request.app.clock, current.member.id, id, label).await? {
            return Err(missing());
        }
        transaction.commit().await?;
        state_of(&request, Some(&current)).await
    };
    let result = result.await;
    request.respond(result.map(Success::from))
}

/// Remove a passkey
///
/// Requires a sign-in within the last 5 minutes. The last way to sign in cannot be removed.
#[utoipa::path(
    delete, path = "/auth/passkeys/{id}", tag = "Sign-in", operation_id = "removePasskey", security(()),
    params(("id" = String, Path, description = "Id of the passkey")),
    responses(
        (status = 200, description = "The passkey is removed", body = StateResponse),
        (status = 403, description = "The last sign-in was too long ago", body = Body),
        (status = 404, description = "The member has no such passkey", body = Body),
        (status = 409, description = "It is the last way to sign in", body = Body),
    ),
)]
pub async fn remove(request: AuthRequest, Path(id): Path<String>) -> Response {
    let result = async {
        request.check_own_page()?;
        let current = request.fresh_session().await?;
        let id = Uuid::try_parse(&id).map_err(|_| missing())?;
        let app = &request.app;
        let transaction = app.store.begin().await?;
        methods::lock(&transaction, current.member.id).await?;
        if !passkey::delete(&transaction, &app.clock, current.member.id, id).await? {
            return Err(missing());
        }
        let is_last = passkey::count(&transaction, current.member.id).await? == 0;
        if is_last && limits::of_member(&transaction, current.member.id).await?.passkeys_only {
            let text = "one of your projects is entered by passkey only: add another passkey first";
            return Err(RestError::new(StatusCode::CONFLICT, text).with_code("LAST_METHOD"));
        }
        commit_unless_last(transaction, &current).await?;
        state_of(&request, Some(&current)).await
    };
    let result = result.await;
    request.respond(result.map(Success::from))
}

/// Remove the password
///
/// Removes the authenticator app and the recovery codes too, and ends the sessions of the member's other devices.
/// Requires a sign-in within the last 5 minutes. The last way to sign in cannot be removed.
#[utoipa::path(
    delete, path = "/auth/password", tag = "Sign-in", operation_id = "removePassword", security(()),
    responses(
        (status = 200, description = "The password is removed", body = StateResponse),
        (status = 403, description = "The last sign-in was too long ago", body = Body),
        (status = 409, description = "It is the last way to sign in", body = Body),
    ),
)]
pub async fn remove_password(request: AuthRequest) -> Response {
    let result = async {
        request.check_own_page()?;
        let current = request.fresh_session().await?;
        let (app, member) = (&request.app, current.member.id);
        let transaction = app.store.begin().await?;
        methods::lock(&transaction, member).await?;
        methods::remove_password(&transaction, member).await?;
        session::end(&transaction, &app.clock, member, Which::AllBut(current.row.id)).await?;
        store::record(&transaction, &app.clock, member, Action::MemberMethodsChanged).await?;
        commit_unless_last(transaction, &current).await?;
        app.callers.forget_sessions();
        state_of(&request, Some(&current)).await
    };
    let result = result.await;
    request.respond(result.map(Success::from))
}

/// Commits, unless the member could not sign in any more.
async fn commit_unless_last(transaction: Transaction, current: &LiveSession) -> Result<(), RestError> {
    if !methods::of(&transaction, current.member.id).await?.is_enough() {
        let text = "this is the last way to sign in: add another one first";
        return Err(RestError::new(StatusCode::CONFLICT, text).with_code("LAST_METHOD"));
    }
    Ok(transaction.commit().await?)
}

fn missing() -> RestError {
    RestError::not_found("there is no such passkey")
}
