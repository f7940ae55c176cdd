//! Sign-in by password and second factor, and the demo's sign-in by one click.

use axum::{body::Bytes, extract::Path, http::StatusCode, response::Response};
use entity::{Timestamp, member, member_session::Method, sign_in_attempt::Kind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    answer::StateResponse,
    error::{Body, bad_sign_in, paused, spent},
    oidc::check_not_exclusive,
    request::{AuthRequest, Success},
    state::state_of,
};
use crate::{
    audit::{Action, actor},
    auth::session::LiveSession,
    http::{cookie::CookieSettings, rest::RestError},
    member::{
        attempt, password,
        pause::{self, Counted},
        second_factor, session, store,
    },
};

const BAD_PASSWORD: &str = "the e-mail address or the password is wrong";
const BAD_CODE: &str = "the code is wrong, or was used before";

/// An e-mail address and a password.
#[derive(Deserialize, ToSchema)]
#[schema(as = PasswordSignIn)]
pub struct PasswordForm {
    email: String,
    password: String,
}

/// A sign-in that needs a second factor.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SecondFactorNeeded)]
pub struct AttemptResponse {
    /// Token with which the sign-in goes on, for 5 minutes.
    attempt: String,
    /// `TOTP` and `RECOVERY_CODE`.
    second_factors: Vec<&'static str>,
}

/// A second factor.
#[derive(Deserialize, ToSchema)]
#[schema(as = SecondFactor)]
pub struct CodeForm {
    attempt: String,
    code: String,
}

/// What an attempt by password keeps until its second step.
#[derive(Serialize, Deserialize)]
struct PasswordState {
    /// The counters that a success clears.
    buckets: Vec<Vec<u8>>,
}

/// Sign in by password, first step
///
/// A password alone never signs in: continue with a code.
#[utoipa::path(
    post, path = "/auth/password", tag = "Sign-in", operation_id = "signInByPassword", security(()),
    request_body = PasswordForm,
    responses(
        (status = 200, description = "The password is right: send a code", body = AttemptResponse),
        (status = 401, description = "The address or the password is wrong", body = Body),
        (status = 403, description = "An identity provider is the only way to sign in", body = Body),
        (status = 429, description = "Sign-ins of this account are paused", body = Body),
    ),
)]
pub async fn password(request: AuthRequest, body: Bytes) -> Response {
    let result = check_password(&request, &body).await;
    request.respond(result.map(Success::from))
}

async fn check_password(request: &AuthRequest, body: &[u8]) -> Result<AttemptResponse, RestError> {
    let (settings, form): (_, PasswordForm) = request.read(body)?;
    check_not_exclusive(request).await?;
    let app = &request.app;
    let (now, db) = (app.clock.now(), app.store.write());
    let account = app.root.member_email(&form.email);
    let known_device = settings.device(&app.root, &request.headers, &account);
    let source = request.device.source.clone().unwrap_or_default();
    // Devices that signed in before have counters of their own, so that nobody can keep them out.
    let counters: &[(Counted, &str)] = if known_device {
        &[(Counted::Source, "known device")]
    } else {
        &[(Counted::Source, &source), (Counted::Account, "")]
    };
    let bucket = |(counted, source): &(Counted, &str)| counted.bucket(&app.root, &account, source);
    let buckets: Vec<_> = counters.iter().map(bucket).collect();
    if let Some(seconds) = pause::remaining(db, now, &buckets).await? {
        return Err(paused(seconds));
    }
    let member = store::find_by_email(db, &app.root, &form.email).await?;
    let hash = password::of(db, member.as_ref()).await?;
    let is_right = app.passwords.verify(form.password, hash).await?;
    let member = member.filter(|member| member.status == member::Status::Active);
    let Some(member) = member.filter(|_| is_right) else {
        for ((counted, _), bucket) in counters.iter().zip(buckets) {
            pause::fail(db, now, *counted, bucket).await?;
        }
        record_refusal(request, None, Some(form.email));
        return Err(bad_sign_in(BAD_PASSWORD));
    };
    let state = PasswordState { buckets };
    let attempt =
        attempt::create(db, &app.root, &app.clock, (Kind::Password, Some(member.id)), &state).await?;
    Ok(AttemptResponse { attempt, second_factors: vec!["TOTP", "RECOVERY_CODE"] })
}

/// Records a refused sign-in in the audit log of the projects of a member, which has this id or this e-mail
/// address. It does not delay the response, whose time would tell whether the account exists.
pub fn record_refusal(request: &AuthRequest, member: Option<Uuid>, email: Option<String>) {
    let app = request.app.clone();
    tokio::spawn(actor::inherited(async move {
        let record = async {
            let found = match email {
                Some(email) => store::find_by_email(app.store.write(), &app.root, &email).await?,
                None => None,
            };
            let Some(member) = member.or(found.map(|member| member.id)) else { return Ok(()) };
            let transaction = app.store.begin().await?;
            store::record(&transaction, &app.clock, member, Action::MemberSignInRefused).await?;
            Ok::<_, crate::Error>(transaction.commit().await?)
        };
        if let Err(error) = record.await {
            tracing::error!(fault = error.fault(), "failed to record a refused sign-in: {error}");
        }
    }));
}

/// Sign in by password, second step: a code of the authenticator app
#[utoipa::path(
    post, path = "/auth/totp", tag = "Sign-in", operation_id = "signInByTotp", security(()),
    request_body = CodeForm,
    responses(
        (status = 200, description = "Signed in: the response sets the session's cookie", body = StateResponse),
        (status = 401, description = "The code is wrong", body = Body),
        (status = 403, description = "An identity provider is the only way to sign in", body = Body),
        (status = 410, description = "The attempt has expired or was used", body = Body),
    ),
)]
pub async fn totp(request: AuthRequest, body: Bytes) -> Response {
    let result = check_code(&request, &body, Factor::Totp).await;
    request.respond(result)
}

/// Sign in by password, second step: a recovery code
#[utoipa::path(
    post, path = "/auth/recovery-code", tag = "Sign-in", operation_id = "signInByRecoveryCode", security(()),
    request_body = CodeForm,
    responses(
        (status = 200, description = "Signed in: the response sets the session's cookie", body = StateResponse),
        (status = 401, description = "The code is wrong", body = Body),
        (status = 403, description = "An identity provider is the only way to sign in", body = Body),
        (status = 410, description = "The attempt has expired or was used", body = Body),
    ),
)]
pub async fn recovery_code(request: AuthRequest, body: Bytes) -> Response {
    let result = check_code(&request, &body, Factor::RecoveryCode).await;
    request.respond(result)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Factor {
    Totp,
    RecoveryCode,
}

async fn check_code(
    request: &AuthRequest,
    body: &[u8],
    factor: Factor,
) -> Result<Success<StateResponse>, RestError> {
    let (settings, form): (_, CodeForm) = request.read(body)?;
    check_not_exclusive(request).await?;
    let app = &request.app;
    let (now, db) = (app.clock.now(), app.store.write());
    let found = attempt::find::<PasswordState>(db, &app.root, now, Kind::Password, &form.attempt).await?;
    let (attempt, state) = found.ok_or_else(spent)?;
    let member = match attempt.member_id {
        Some(id) => store::find(db, id).await?,
        None => None,
    };
    let member = member.filter(|member| member.status == member::Status::Active).ok_or_else(spent)?;
    if !attempt::try_once(db, &attempt).await? {
        return Err(spent());
    }
    accept(request, &member, &form.code, factor).await?;
    let transaction = app.store.begin().await?;
    if !attempt::complete(&transaction, &attempt).await? {
        return Err(spent());
    }
    pause::clear(&transaction, &state.buckets).await?;
    if factor == Factor::RecoveryCode {
        store::record(&transaction, &app.clock, member.id, Action::MemberRecoveryCodeUsed).await?;
    }
    let device = &request.device;
    let method = (member.id, Method::Password);
    let (token, row) = session::create(&transaction, &app.root, &app.clock, method, device).await?;
    transaction.commit().await?;
    signed_in(request, &settings, &token, &LiveSession { row, member }).await
}

/// Accepts a second factor, or counts a failure.
async fn accept(
    request: &AuthRequest,
    member: &member::Model,
    code: &str,
    factor: Factor,
) -> Result<(), RestError> {
    let app = &request.app;
    let (now, db): (Timestamp, _) = (app.clock.now(), app.store.write());
    let codes = Counted::Codes.bucket(&app.root, member.id.as_bytes(), "");
    if factor == Factor::Totp
        && let Some(seconds) = pause::remaining(db, now, std::slice::from_ref(&codes)).await?
    {
        return Err(paused(seconds));
    }
    let is_right = match factor {
        Factor::Totp => second_factor::accept_code(db, &app.root, now, member, code).await?,
        Factor::RecoveryCode => {
            second_factor::accept_recovery_code(db, &app.root, now, member.id, code).await?
        }
    };
    if is_right {
        return Ok(pause::clear(db, &[codes]).await?);
    }
    pause::fail(db, now, Counted::Codes, codes).await?;
    Err(bad_sign_in(BAD_CODE))
}

/// Checks the code of a member that is signed in already.
pub async fn accept_own_code(
    request: &AuthRequest,
    member: &member::Model,
    code: &str,
) -> Result<(), RestError> {
    accept(request, member, code, Factor::Totp).await
}

/// The response that signs a member in.
pub async fn signed_in(
    request: &AuthRequest,
    settings: &CookieSettings,
    token: &str,
    session: &LiveSession,
) -> Result<Success<StateResponse>, RestError> {
    let app = &request.app;
    let body = state_of(request, Some(session)).await?;
    let device = settings.set_device(&app.root, &session.member.email_hash);
    Ok(Success { body, cookies: vec![settings.set(token), device] })
}

/// Sign in to a demo by one click
///
/// Exists in `verigraph demo` only, which listens on this machine.
#[utoipa::path(
    post, path = "/auth/demo/{role}", tag = "Sign-in", operation_id = "signInToDemo", security(()),
    params(("role" = String, Path, description = "An account of the demo", example = "owner")),
    responses(
        (status = 200, description = "Signed in: the response sets the session's cookie", body = StateResponse),
        (status = 404, description = "This server is no demo, or has no such account", body = Body),
    ),
)]
pub async fn demo(request: AuthRequest, Path(role): Path<String>) -> Response {
    let result = sign_in_to_demo(&request, &role).await;
    request.respond(result)
}

async fn sign_in_to_demo(request: &AuthRequest, role: &str) -> Result<Success<StateResponse>, RestError> {
    let settings = request.check_own_page()?;
    let app = &request.app;
    let missing = || RestError::new(StatusCode::NOT_FOUND, "there is no such account of a demo");
    let (_, id) = app.demo_members.iter().find(|(name, _)| name == role).ok_or_else(missing)?;
    let member = store::find(app.store.write(), *id).await?.ok_or_else(missing)?;
    let transaction = app.store.begin().await?;
    let method = (member.id, Method::Demo);
    let (token, row) = session::create(&transaction, &app.root, &app.clock, method, &request.device).await?;
    transaction.commit().await?;
    signed_in(request, &settings, &token, &LiveSession { row, member }).await
}
