//! A proof of identity of a member that is signed in, before what matters most; and its own methods.

use axum::{body::Bytes, response::Response};
use entity::{
    member_session::{self, Method},
    oidc_provider,
    sign_in_attempt::Kind,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    answer::{ProviderInfo, StateResponse},
    error::{Body, bad_sign_in, paused, spent, weak_password},
    oidc::check_not_exclusive,
    passkey::{accept, party, refused},
    request::{AuthRequest, Success},
    sign_in::{accept_own_code, signed_in},
};
use crate::{
    audit::Action,
    auth::session::LiveSession,
    http::rest::RestError,
    member::{
        attempt, limits, methods,
        oidc::provider,
        passkey, password,
        pause::{self, Counted},
        profile::Profile,
        second_factor,
        session::{self, Which},
        store,
    },
};

/// A proof of identity to complete.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = StepUp)]
pub struct BeginResponse {
    /// Token with which it is completed, for 5 minutes.
    attempt: String,
    /// `PASSWORD`: password and code. `PASSKEY`: what a device answers to `options`. `OIDC`: a sign-in with one of
    /// `providers`, by `/auth/oidc/begin`.
    methods: Vec<&'static str>,
    /// An object with `publicKey`, for `PublicKeyCredential.parseRequestOptionsFromJSON`. Null without a passkey.
    #[schema(required, value_type = Option<Object>)]
    options: Option<Value>,
    /// The identity providers with which the member can prove it.
    providers: Vec<ProviderInfo>,
    /// Whether the account is a demo's: it needs no proof.
    is_demo: bool,
}

/// A proof of identity. An account of a demo sends only the attempt.
#[derive(Deserialize, ToSchema)]
#[schema(as = FinishStepUp)]
pub struct FinishForm {
    attempt: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    code: String,
    /// `PublicKeyCredential.toJSON()`, in place of password and code.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    response: Option<Value>,
}

/// What an attempt to prove one's identity keeps.
#[derive(Serialize, Deserialize)]
struct StepUpState {
    session: Uuid,
    /// The state of the ceremony with a device.
    passkey: Option<Vec<u8>>,
}

/// A new password.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewPassword)]
pub struct NewPasswordForm {
    password: String,
}

/// New recovery codes. They cannot be read again.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RecoveryCodes)]
pub struct RecoveryCodesResponse {
    recovery_codes: Vec<String>,
}

/// Start to prove one's identity anew
#[utoipa::path(
    post, path = "/auth/step-up/begin", tag = "Sign-in", operation_id = "beginStepUp", security(()),
    responses(
        (status = 200, description = "How the identity can be proved", body = BeginResponse),
        (status = 401, description = "The request has no session", body = Body),
    ),
)]
pub async fn begin(request: AuthRequest, _: Bytes) -> Response {
    let result = async {
        let settings = request.check_own_page()?;
        let LiveSession { row, member } = request.session().await?;
        let app = &request.app;
        let own = methods::of(app.store.write(), member.id).await?;
        let mut methods = Vec::new();
        let mut state = StepUpState { session: row.id, passkey: None };
        let mut options = None;
        let providers = provider::list_active(app.store.write()).await?;
        let is_open = is_open(&row, &providers);
        if is_open
            && own.passkeys > 0
            && let Ok(party) = party(&settings)
        {
            let started = party.start_sign_in().map_err(|error| refused(&error))?;
            (state.passkey, options) = (Some(started.state), Some(started.options));
            methods.push("PASSKEY");
        }
        // A proof in another way would end the access to these projects.
        let passkeys_only =
            row.is_by_passkey && limits::of_member(app.store.write(), member.id).await?.passkeys_only;
        if is_open && own.can_use_password() && !passkeys_only {
            methods.push("PASSWORD");
        }
        let providers: Vec<_> = providers
            .into_iter()
            .filter(|provider| own.providers.contains(&provider.id) && !passkeys_only)
            .map(ProviderInfo::from)
            .collect();
        if !providers.is_empty() {
            methods.push("OIDC");
        }
        let of = (Kind::StepUp, Some(member.id));
        let attempt = attempt::create(app.store.write(), &app.root, &app.clock, of, &state).await?;
        let is_demo = row.method == Method::Demo && !app.demo_members.is_empty() && !passkeys_only;
        Ok(BeginResponse { attempt, methods, options, providers, is_demo })
    };
    let result: Result<_, RestError> = result.await;
    request.respond(result.map(Success::from))
}

/// Prove one's identity anew
#[utoipa::path(
    post, path = "/auth/step-up/finish", tag = "Sign-in", operation_id = "finishStepUp", security(()),
    request_body = FinishForm,
    responses(
        (status = 200, description = "Proved: the response replaces the session's cookie", body = StateResponse),
        (status = 401, description = "The password or the code is wrong", body = Body),
    ),
)]
pub async fn finish(request: AuthRequest, body: Bytes) -> Response {
    let result = prove(&request, &body).await;
    request.respond(result)
}

async fn prove(request: &AuthRequest, body: &[u8]) -> Result<Success<StateResponse>, RestError> {
    let (settings, form): (_, FinishForm) = request.read(body)?;
    let current = request.session().await?;
    let app = &request.app;
    let (now, db) = (app.clock.now(), app.store.write());
    let found = attempt::find::<StepUpState>(db, &app.root, now, Kind::StepUp, &form.attempt).await?;
    let (attempt, state) = found.ok_or_else(spent)?;
    if state.session != current.row.id {
        return Err(spent());
    }
    let is_demo = current.row.method == Method::Demo && !app.demo_members.is_empty();
    if !is_demo && !is_open(&current.row, &provider::list_active(db).await?) {
        check_not_exclusive(request).await?;
    }
    let mut is_by_passkey = false;
    if let Some(response) = form.response {
        // It ends before the response is read, so that a response is accepted once.
        is_by_passkey = attempt::complete(db, &attempt).await?;
        let ceremony = state.passkey.filter(|_| is_by_passkey).ok_or_else(spent)?;
        let proof = accept(request, &settings, &ceremony, &response).await?;
        if proof.member.id != current.member.id {
            return Err(bad_sign_in("the passkey is another account's"));
        }
        let transaction = app.store.begin().await?;
        passkey::record_use(&transaction, &app.root, &app.clock, &proof.member, (&proof.row, proof.used))
            .await?;
        transaction.commit().await?;
    } else if !is_demo {
        if !attempt::try_once(db, &attempt).await? {
            return Err(spent());
        }
        // A copy of the cookie must not be enough to guess the password here.
        let bucket = Counted::Source.bucket(&app.root, current.member.id.as_bytes(), "step-up");
        if let Some(seconds) = pause::remaining(db, now, std::slice::from_ref(&bucket)).await? {
            return Err(paused(seconds));
        }
        let hash = password::of(db, Some(&current.member)).await?;
        if !app.passwords.verify(form.password, hash).await? {
            pause::fail(db, now, Counted::Source, bucket).await?;
            return Err(bad_sign_in("the password or the code is wrong"));
        }
        accept_own_code(request, &current.member, &form.code).await?;
        pause::clear(db, &[bucket]).await?;
    }
    let transaction = app.store.begin().await?;
    if !is_by_passkey && !attempt::complete(&transaction, &attempt).await? {
        return Err(spent());
    }
    let (token, row) =
        session::renew(&transaction, &app.root, &app.clock, (current.row, is_by_passkey)).await?;
    store::record(&transaction, &app.clock, current.member.id, Action::MemberReauthenticated).await?;
    transaction.commit().await?;
    app.callers.forget_sessions();
    signed_in(request, &settings, &token, &LiveSession { row, member: current.member }).await
}

/// Whether a password or a passkey proves the identity of who is signed in. With an exclusive provider it does for
/// those whom a recovery link has let in.
fn is_open(session: &member_session::Model, providers: &[oidc_provider::Model]) -> bool {
    session.method == Method::Link || !providers.iter().any(|provider| provider.is_exclusive)
}

/// Set a new password
///
/// Ends the sessions of the member's other devices. Requires a sign-in within the last 5 minutes.
#[utoipa::path(
    put, path = "/auth/password", tag = "Sign-in", operation_id = "setPassword", security(()),
    request_body = NewPasswordForm,
    responses(
        (status = 200, description = "The password is set", body = StateResponse),
        (status = 400, description = "The password is weak", body = Body),
        (status = 403, description = "The last sign-in was too long ago", body = Body),
    ),
)]
pub async fn set_password(request: AuthRequest, body: Bytes) -> Response {
    let result = async {
        let (_, form): (_, NewPasswordForm) = request.read(&body)?;
        let current = request.fresh_session().await?;
        let app = &request.app;
        let profile = Profile::open(&app.root, &current.member)?.ok_or_else(spent)?;
        let checked = app.passwords.check(&form.password, &profile).await;
        checked.map_err(|error| error.into_error(|weak| weak_password(&weak)))?;
        let hash = app.passwords.hash(form.password).await?;
        let transaction = app.store.begin().await?;
        let member = current.member.id;
        password::set(&transaction, &app.clock, member, hash).await?;
        session::end(&transaction, &app.clock, member, Which::AllBut(current.row.id)).await?;
        store::record(&transaction, &app.clock, member, Action::MemberMethodsChanged).await?;
        transaction.commit().await?;
        app.callers.forget_sessions();
        super::state::state_of(&request, Some(&current)).await
    };
    let result = result.await;
    request.respond(result.map(Success::from))
}

/// Replace the recovery codes
///
/// The previous codes stop working. Requires a sign-in within the last 5 minutes.
#[utoipa::path(
    put, path = "/auth/recovery-codes", tag = "Sign-in", operation_id = "replaceRecoveryCodes", security(()),
    responses(
        (status = 200, description = "The new codes, shown once", body = RecoveryCodesResponse),
        (status = 403, description = "The last sign-in was too long ago", body = Body),
    ),
)]
pub async fn replace_recovery_codes(request: AuthRequest, _: Bytes) -> Response {
    let result = async {
        request.check_own_page()?;
        let current = request.fresh_session().await?;
        let app = &request.app;
        let transaction = app.store.begin().await?;
        let member = current.member.id;
        let recovery_codes = second_factor::replace_recovery_codes(&transaction, &app.root, member).await?;
        store::record(&transaction, &app.clock, member, Action::MemberMethodsChanged).await?;
        transaction.commit().await?;
        Ok(RecoveryCodesResponse { recovery_codes })
    };
    let result: Result<_, RestError> = result.await;
    request.respond(result.map(Success::from))
}
