//! Invitations, set-up and recovery links. The token is in the link's fragment, so no log has it.

use axum::{body::Bytes, http::StatusCode, response::Response};
use entity::{
    member,
    member_link::{Model as Link, Purpose},
    member_session::Method,
    sign_in_attempt::Kind,
};
use passwords::TotpSecret;
use sea_orm::ActiveEnum;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    answer::StateResponse,
    error::{Body, bad_sign_in, spent, weak_password},
    link_account::{add_memberships, create},
    link_body::{
        AcceptForm, AcceptResponse, ConfirmForm, ConfirmResponse, LinkResponse, TokenForm, TotpInfo,
    },
    request::{AuthRequest, Success},
    sign_in::signed_in,
    state::state_of,
};
use crate::{
    audit::Action,
    auth::session::LiveSession,
    http::{ApiState, rest::RestError},
    member::{
        attempt, link, password,
        profile::{Profile, email_address},
        roles, second_factor, session, store,
    },
    project,
};

/// What is kept of an account until its first code.
#[derive(Serialize, Deserialize)]
struct LinkState {
    link: Uuid,
    token: String,
    profile: Profile,
    locale: Option<String>,
    password_hash: String,
    totp: Vec<u8>,
}

/// Read what a link is for. Does not use it up
#[utoipa::path(
    post, path = "/auth/link/open", tag = "Sign-in", operation_id = "openLink", security(()),
    request_body = TokenForm,
    responses(
        (status = 200, description = "What the link is for", body = LinkResponse),
        (status = 410, description = "The link was used or has expired", body = Body),
    ),
)]
pub async fn open(request: AuthRequest, body: Bytes) -> Response {
    let result = describe(&request, &body).await;
    request.respond(result.map(Success::from))
}

async fn describe(request: &AuthRequest, body: &[u8]) -> Result<LinkResponse, RestError> {
    let (_, form): (_, TokenForm) = request.read(body)?;
    let app = &request.app;
    let (row, email) = found(app, &form.token).await?;
    let existing = existing(app, &row, email.as_deref()).await?;
    let project = match row.project_id {
        Some(id) => project::store::find(&app.store, &id.to_string()).await?.map(|project| project.name),
        None => None,
    };
    let role = match (row.project_id, row.role_id) {
        (Some(project), Some(role)) => {
            let roles = roles::list(app.store.write(), project).await?;
            roles.into_iter().find(|known| known.id == role).map(|role| role.name)
        }
        _ => None,
    };
    Ok(LinkResponse {
        purpose: row.purpose.to_value(),
        email,
        project,
        role,
        needs_password: existing.is_none() || row.purpose == Purpose::Recover,
    })
}

/// Accept a link: choose a password
///
/// The link is used up when the account is confirmed by the first code of the authenticator app.
#[utoipa::path(
    post, path = "/auth/link/accept", tag = "Sign-in", operation_id = "acceptLink", security(()),
    request_body = AcceptForm,
    responses(
        (status = 200, description = "The secret for the authenticator app", body = AcceptResponse),
        (status = 400, description = "A value is not valid, or the password is weak", body = Body),
        (status = 410, description = "The link was used or has expired", body = Body),
    ),
)]
pub async fn accept(request: AuthRequest, body: Bytes) -> Response {
    let result = begin(&request, &body).await;
    request.respond(result.map(Success::from))
}

async fn begin(request: &AuthRequest, body: &[u8]) -> Result<AcceptResponse, RestError> {
    let (_, form): (_, AcceptForm) = request.read(body)?;
    let app = &request.app;
    let (row, invited) = found(app, &form.token).await?;
    let existing = existing(app, &row, invited.as_deref()).await?;
    let profile = match (&existing, row.purpose) {
        (Some(member), Purpose::Recover) => Profile::open(&app.root, member)?.ok_or_else(spent)?,
        (Some(_), Purpose::SetUp | Purpose::Invite) => return Err(has_account()),
        (None, Purpose::Recover) => return Err(spent()),
        (None, Purpose::SetUp | Purpose::Invite) => {
            let email = invited.or(form.email).unwrap_or_default();
            Profile::new(&form.name, &email_address(&email)?)?
        }
    };
    if existing.is_none()
        && store::find_by_email(app.store.write(), &app.root, &profile.email).await?.is_some()
    {
        return Err(has_account());
    }
    let locale = form.locale.filter(|locale| matches!(locale.as_str(), "en" | "fr"));
    let checked = app.passwords.check(&form.password, &profile).await;
    checked.map_err(|error| error.into_error(|weak| weak_password(&weak)))?;
    let secret = TotpSecret::generate().map_err(second_factor::fault)?;
    let totp = TotpInfo::new(&secret, &profile.email)?;
    let state = LinkState {
        link: row.id,
        token: form.token,
        profile,
        locale,
        password_hash: app.passwords.hash(form.password).await?,
        totp: secret.as_bytes().to_vec(),
    };
    let of = (Kind::Link, existing.map(|member| member.id));
    let attempt = attempt::create(app.store.write(), &app.root, &app.clock, of, &state).await?;
    Ok(AcceptResponse { attempt, totp })
}

/// Accept an invitation with the account that is signed in
#[utoipa::path(
    post, path = "/auth/link/join", tag = "Sign-in", operation_id = "joinByLink", security(()),
    request_body = TokenForm,
    responses(
        (status = 200, description = "The membership is added", body = StateResponse),
        (status = 403, description = "The invitation is for another address", body = Body),
        (status = 410, description = "The link was used or has expired", body = Body),
    ),
)]
pub async fn join(request: AuthRequest, body: Bytes) -> Response {
    let result = add(&request, &body).await;
    request.respond(result.map(Success::from))
}

async fn add(request: &AuthRequest, body: &[u8]) -> Result<StateResponse, RestError> {
    let (_, form): (_, TokenForm) = request.read(body)?;
    let current = request.session().await?;
    let app = &request.app;
    let (row, invited) = found(app, &form.token).await?;
    if invited.is_none_or(|email| app.root.member_email(&email) != current.member.email_hash) {
        let text = "this invitation is for another e-mail address: sign in with that account";
        return Err(RestError::new(StatusCode::FORBIDDEN, text).with_code("OTHER_ACCOUNT"));
    }
    let transaction = app.store.begin().await?;
    if !link::spend(&transaction, app.clock.now(), row.id).await? {
        return Err(spent());
    }
    add_memberships(app, &transaction, &row, current.member.id).await?;
    transaction.commit().await?;
    app.callers.forget_sessions();
    state_of(request, Some(&current)).await
}

/// Confirm an account by the first code of its authenticator app
#[utoipa::path(
    post, path = "/auth/link/confirm", tag = "Sign-in", operation_id = "confirmLink", security(()),
    request_body = ConfirmForm,
    responses(
        (status = 200, description = "Signed in: the response sets the session's cookie", body = ConfirmResponse),
        (status = 401, description = "The code is wrong", body = Body),
        (status = 410, description = "The link or the attempt was used or has expired", body = Body),
    ),
)]
pub async fn confirm(request: AuthRequest, body: Bytes) -> Response {
    let result = finish(&request, &body).await;
    request.respond(result)
}

async fn finish(request: &AuthRequest, body: &[u8]) -> Result<Success<ConfirmResponse>, RestError> {
    let (settings, form): (_, ConfirmForm) = request.read(body)?;
    let app = &request.app;
    let (now, db) = (app.clock.now(), app.store.write());
    let found = attempt::find::<LinkState>(db, &app.root, now, Kind::Link, &form.attempt).await?;
    let (attempt, state) = found.ok_or_else(spent)?;
    if !attempt::try_once(db, &attempt).await? {
        return Err(spent());
    }
    let secret = TotpSecret::from_bytes(&state.totp).map_err(second_factor::fault)?;
    let Some(step) = secret.verify(&form.code, now.seconds(), None) else {
        return Err(bad_sign_in("the code is wrong: check the time of the device"));
    };
    let (row, _) = self::found(app, &state.token).await?;
    let transaction = app.store.begin().await?;
    if !attempt::complete(&transaction, &attempt).await? || !link::spend(&transaction, now, row.id).await? {
        return Err(spent());
    }
    let member = match attempt.member_id {
        Some(id) => store::find(&transaction, id).await?.ok_or_else(spent)?,
        None => create(app, &transaction, &row, (&state.profile, state.locale.as_deref())).await?,
    };
    password::set(&transaction, &app.clock, member.id, state.password_hash).await?;
    second_factor::set_totp(&transaction, &app.root, &app.clock, &member, (&secret, step)).await?;
    let recovery_codes = second_factor::replace_recovery_codes(&transaction, &app.root, member.id).await?;
    if row.purpose == Purpose::Recover {
        session::end(&transaction, &app.clock, member.id, session::Which::All).await?;
        store::record(&transaction, &app.clock, member.id, Action::MemberMethodsChanged).await?;
    }
    let device = &request.device;
    let method = (member.id, Method::Link);
    let (token, row) = session::create(&transaction, &app.root, &app.clock, method, device).await?;
    transaction.commit().await?;
    app.callers.forget_sessions();
    let Success { body, cookies } =
        signed_in(request, &settings, &token, &LiveSession { row, member }).await?;
    Ok(Success { body: ConfirmResponse { state: body, recovery_codes }, cookies })
}

/// The live link of a token, and the invited address.
async fn found(app: &ApiState, token: &str) -> Result<(Link, Option<String>), RestError> {
    let row = link::find(app.store.write(), &app.root, app.clock.now(), token).await?.ok_or_else(spent)?;
    // Only the first member comes by a set-up link.
    if row.purpose == Purpose::SetUp && store::has_members(&app.store).await? {
        return Err(spent());
    }
    let email = link::email(&app.root, &row)?;
    Ok((row, email))
}

/// The account that a link is for, if it exists.
async fn existing(
    app: &ApiState,
    link: &Link,
    email: Option<&str>,
) -> Result<Option<member::Model>, RestError> {
    let db = app.store.write();
    Ok(match (link.member_id, email) {
        (Some(id), _) => store::find(db, id).await?,
        (None, Some(email)) => store::find_by_email(db, &app.root, email).await?,
        (None, None) => None,
    })
}

fn has_account() -> RestError {
    let text = "this person has an account: ask for a membership of it, or for a recovery link";
    RestError::new(StatusCode::CONFLICT, text).with_code("HAS_ACCOUNT")
}
