//! Invitations, set-up and recovery links. The token is in the link's fragment, so no log has it.

use axum::{body::Bytes, http::StatusCode, response::Response};
use entity::{
    member,
    member_link::{Model as Link, Purpose},
    member_session::Method,
    membership::Origin,
    project::Mode,
    role::BuiltIn,
    sign_in_attempt::Kind,
};
use passwords::TotpSecret;
use sea_orm::ActiveEnum;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    answer::{Body, StateResponse, bad_sign_in, spent},
    request::{AuthRequest, Success},
    sign_in::signed_in,
};
use crate::{
    Error,
    audit::Action,
    auth::session::LiveSession,
    db::Transaction,
    http::{ApiState, rest::RestError},
    member::{
        attempt, link,
        password::{self, Passwords},
        profile::{Profile, email_address},
        roles, second_factor, session,
        store::{self, NewMember, NewMembership},
    },
    project,
};

/// Name of the project that the first member gets on an installation without one.
const FIRST_PROJECT: &str = "Main";

/// A link's token.
#[derive(Deserialize, ToSchema)]
#[schema(as = LinkToken)]
pub struct TokenForm {
    token: String,
}

/// What a link is for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OpenedLink)]
pub struct LinkResponse {
    /// `SET_UP`, `INVITE` or `RECOVER`.
    purpose: String,
    /// The invited address. Null for a set-up link.
    #[schema(required)]
    email: Option<String>,
    /// The name of the project. Null if the link adds no membership.
    #[schema(required)]
    project: Option<String>,
    /// The name of the role. Null if the link adds no membership.
    #[schema(required)]
    role: Option<String>,
    /// Whether the person chooses a name and a password. Otherwise it has an account, and signs in first.
    needs_password: bool,
}

/// A new account.
#[derive(Deserialize, ToSchema)]
#[schema(as = AcceptLink)]
pub struct AcceptForm {
    token: String,
    /// The person's name. Ignored by recovery links.
    #[serde(default)]
    name: String,
    /// The person's address, for a set-up link.
    email: Option<String>,
    /// `en` or `fr`.
    locale: Option<String>,
    password: String,
}

/// What the authenticator app needs.
#[derive(Serialize, ToSchema)]
#[schema(as = AuthenticatorApp)]
pub struct TotpInfo {
    /// The secret in base32, for typing.
    secret: String,
    /// The `otpauth:` URI.
    uri: String,
    /// The URI as a QR code: rows of `0` and `1`.
    qr: Vec<String>,
}

/// An account that waits for the first code of its authenticator app.
#[derive(Serialize, ToSchema)]
#[schema(as = AcceptedLink)]
pub struct AcceptResponse {
    /// Token with which the account is confirmed, for 5 minutes.
    attempt: String,
    totp: TotpInfo,
}

/// The first code of the authenticator app.
#[derive(Deserialize, ToSchema)]
#[schema(as = ConfirmLink)]
pub struct ConfirmForm {
    attempt: String,
    code: String,
}

/// A new account that is signed in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConfirmedLink)]
pub struct ConfirmResponse {
    state: StateResponse,
    /// Codes that replace the authenticator app once each. They cannot be read again.
    recovery_codes: Vec<String>,
}

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
    Passwords::check(&form.password, &profile).map_err(|weak| {
        RestError::new(StatusCode::BAD_REQUEST, weak.to_string()).with_code("WEAK_PASSWORD")
    })?;
    let secret = TotpSecret::generate().map_err(second_factor::fault)?;
    let enrolment = secret.enrolment("verigraph", &profile.email).map_err(second_factor::fault)?;
    let totp = TotpInfo {
        secret: enrolment.secret.to_string(),
        uri: enrolment.uri.to_string(),
        qr: enrolment.qr_code,
    };
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
    let secret = TotpSecret::from_bytes(&state.totp).map_err(second_factor::fault)?;
    let Some(step) = secret.verify(&form.code, now.seconds(), None) else {
        attempt::fail(db, &attempt).await?;
        return Err(bad_sign_in("the code is wrong: check the time of the device"));
    };
    let (row, _) = self::found(app, &state.token).await?;
    let transaction = app.store.begin().await?;
    if !attempt::complete(&transaction, &attempt).await? || !link::spend(&transaction, now, row.id).await? {
        return Err(spent());
    }
    let member = match attempt.member_id {
        Some(id) => store::find(&transaction, id).await?.ok_or_else(spent)?,
        None => create(app, &transaction, &row, &state).await?,
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

/// Inserts the member of a link, with its membership. The first member owns every project, and gets one if there is
/// none.
async fn create(
    app: &ApiState,
    transaction: &Transaction,
    link: &Link,
    state: &LinkState,
) -> Result<member::Model, Error> {
    let LinkState { profile, locale, .. } = state;
    let is_operator = link.is_operator || link.purpose == Purpose::SetUp;
    let new = NewMember { profile: profile.clone(), locale: locale.clone(), is_operator };
    let member = store::insert(transaction, &app.root, &app.clock, new).await?;
    let mut memberships = Vec::new();
    if let (Some(project), Some(role)) = (link.project_id, link.role_id) {
        let tag_limits = link.tag_limits.clone().map(|tags| tags.0);
        memberships.push((project, role, tag_limits));
    }
    if link.purpose == Purpose::SetUp {
        let mut projects = project::store::list_within(transaction).await?;
        if projects.is_empty() {
            let (id, mode) = (app.clock.new_id(), Mode::Live);
            projects.push(project::store::insert(transaction, &app.clock, id, FIRST_PROJECT, mode).await?);
        }
        for project in projects {
            roles::ensure_built_in(transaction, &app.clock, project.id).await?;
            let owner = roles::built_in(transaction, project.id, BuiltIn::Owner).await?;
            memberships.push((project.id, owner.id, None));
        }
    }
    for (project, role, tag_limits) in memberships {
        let origin = if link.created_by.is_some() { Origin::Invited } else { Origin::Cli };
        let new = NewMembership { project, member: member.id, role, tag_limits, origin };
        store::add_membership(transaction, &app.clock, new).await?;
    }
    Ok(member)
}

/// The live link of a token, and the invited address.
async fn found(app: &ApiState, token: &str) -> Result<(Link, Option<String>), RestError> {
    let row = link::find(app.store.write(), &app.root, app.clock.now(), token).await?.ok_or_else(spent)?;
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
