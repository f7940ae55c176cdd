//! A new authenticator app of a member that is signed in.

use axum::{body::Bytes, response::Response};
use entity::sign_in_attempt::Kind;
use passwords::TotpSecret;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    answer::StateResponse,
    error::{Body, bad_sign_in, spent},
    link_body::{AcceptResponse, TotpInfo},
    request::{AuthRequest, Success},
    state::state_of,
};
use crate::{
    audit::Action,
    auth::session::LiveSession,
    http::rest::RestError,
    member::{attempt, methods, profile::Profile, second_factor, store},
};

/// The first code of a new authenticator app.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewAuthenticator)]
pub struct ConfirmForm {
    attempt: String,
    code: String,
}

/// The state, and the recovery codes of a first authenticator app. They cannot be read again.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuthenticatorSet)]
pub struct ConfirmResponse {
    state: StateResponse,
    /// Null if the app replaces another: the codes stay as they are.
    #[schema(required)]
    recovery_codes: Option<Vec<String>>,
}

/// Start to set an authenticator app
///
/// The previous one stays until the new one is confirmed. Requires a sign-in within the last 5 minutes.
#[utoipa::path(
    post, path = "/auth/totp/begin", tag = "Sign-in", operation_id = "beginAuthenticator", security(()),
    responses(
        (status = 200, description = "The secret for the authenticator app", body = AcceptResponse),
        (status = 403, description = "The last sign-in was too long ago", body = Body),
    ),
)]
pub async fn begin(request: AuthRequest, _: Bytes) -> Response {
    let result = async {
        request.check_own_page()?;
        let LiveSession { member, .. } = request.fresh_session().await?;
        let app = &request.app;
        let profile = Profile::open(&app.root, &member)?.ok_or_else(spent)?;
        let secret = TotpSecret::generate().map_err(second_factor::fault)?;
        let totp = TotpInfo::new(&secret, &profile.email)?;
        let of = (Kind::Authenticator, Some(member.id));
        let state = secret.as_bytes().to_vec();
        let attempt = attempt::create(app.store.write(), &app.root, &app.clock, of, &state).await?;
        Ok(AcceptResponse { attempt, totp })
    };
    let result: Result<_, RestError> = result.await;
    request.respond(result.map(Success::from))
}

/// Set an authenticator app, by its first code
#[utoipa::path(
    put, path = "/auth/totp", tag = "Sign-in", operation_id = "setAuthenticator", security(()),
    request_body = ConfirmForm,
    responses(
        (status = 200, description = "The app is set", body = ConfirmResponse),
        (status = 401, description = "The code is wrong", body = Body),
        (status = 410, description = "The attempt has expired or was used", body = Body),
    ),
)]
pub async fn confirm(request: AuthRequest, body: Bytes) -> Response {
    let result = set(&request, &body).await;
    request.respond(result.map(Success::from))
}

async fn set(request: &AuthRequest, body: &[u8]) -> Result<ConfirmResponse, RestError> {
    let (_, form): (_, ConfirmForm) = request.read(body)?;
    let current = request.session().await?;
    let (app, member) = (&request.app, current.member.id);
    let (now, db) = (app.clock.now(), app.store.write());
    let found = attempt::find::<Vec<u8>>(db, &app.root, now, Kind::Authenticator, &form.attempt).await?;
    let (attempt, state) = found.ok_or_else(spent)?;
    if attempt.member_id != Some(member) || !attempt::try_once(db, &attempt).await? {
        return Err(spent());
    }
    let secret = TotpSecret::from_bytes(&state).map_err(second_factor::fault)?;
    let Some(step) = secret.verify(&form.code, now.seconds(), None) else {
        return Err(bad_sign_in("the code is wrong: check the time of the device"));
    };
    let transaction = app.store.begin().await?;
    methods::lock(&transaction, member).await?;
    if !attempt::complete(&transaction, &attempt).await? {
        return Err(spent());
    }
    let is_first = !methods::of(&transaction, member).await?.has_authenticator;
    second_factor::set_totp(&transaction, &app.root, &app.clock, &current.member, (&secret, step)).await?;
    let recovery_codes = if is_first {
        Some(second_factor::replace_recovery_codes(&transaction, &app.root, member).await?)
    } else {
        None
    };
    store::record(&transaction, &app.clock, member, Action::MemberMethodsChanged).await?;
    transaction.commit().await?;
    Ok(ConfirmResponse { state: state_of(request, Some(&current)).await?, recovery_codes })
}
