//! Sign-in with an identity provider. The provider sends the browser back to a page, and the page finishes the
//! sign-in by a request of its own: the cookies are `SameSite=Strict`.

use axum::{body::Bytes, http::StatusCode, response::Response};
use entity::{member_session::Method, oidc_provider::Model as Provider, sign_in_attempt::Kind};
use oidc::{Callback, Identity, Prompt, Transaction};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    answer::StateResponse,
    error::{Body, bad_sign_in, method_off, spent, too_many},
    request::{AuthRequest, Success},
    sign_in::signed_in,
};
use crate::{
    audit::Action,
    auth::session::LiveSession,
    http::{cookie::CookieSettings, rest::RestError},
    member::{
        attempt,
        oidc::{
            admit::{Admission, admit},
            identity, provider,
        },
        session, store,
    },
};

/// Which provider to go to, and what for.
#[derive(Deserialize, ToSchema)]
#[schema(as = OidcStart)]
pub struct BeginForm {
    /// Id of the provider.
    provider: String,
    /// Default: `SIGN_IN`.
    #[serde(default)]
    purpose: Purpose,
}

/// What a sign-in with a provider is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = OidcPurpose)]
pub enum Purpose {
    #[default]
    SignIn,
    /// A new proof of identity of the member that is signed in.
    StepUp,
    /// The member that is signed in can sign in with the provider from then on.
    Connect,
}

/// Where to go.
#[derive(Serialize, ToSchema)]
#[schema(as = OidcRedirect)]
pub struct BeginResponse {
    /// The provider's page, to send the browser to.
    url: String,
}

/// What the provider sent the browser back with: the parameters of the page's address.
#[derive(Deserialize, ToSchema)]
#[schema(as = OidcCallback)]
pub struct FinishForm {
    state: Option<String>,
    code: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

/// What an attempt keeps until the person is back.
#[derive(Serialize, Deserialize)]
struct OidcState {
    provider: Uuid,
    transaction: Vec<u8>,
    purpose: Purpose,
    /// The session that it is for, unless it is a sign-in.
    session: Option<Uuid>,
}

/// Start to sign in with an identity provider
///
/// Sets a cookie for this browser, which alone can finish the sign-in. `CONNECT` requires a sign-in within the last
/// 5 minutes.
#[utoipa::path(
    post, path = "/auth/oidc/begin", tag = "Sign-in", operation_id = "beginOidcSignIn", security(()),
    request_body = BeginForm,
    responses(
        (status = 200, description = "Where to send the browser", body = BeginResponse),
        (status = 401, description = "The request has no session, which the purpose needs", body = Body),
        (status = 403, description = "The last sign-in was too long ago", body = Body),
        (status = 404, description = "There is no such provider", body = Body),
        (status = 429, description = "Too many sign-ins of this network are open", body = Body),
        (status = 502, description = "The provider does not answer, or not as it should", body = Body),
    ),
)]
pub async fn begin(request: AuthRequest, body: Bytes) -> Response {
    let result = start(&request, &body).await;
    request.respond(result)
}

async fn start(request: &AuthRequest, body: &[u8]) -> Result<Success<BeginResponse>, RestError> {
    let (settings, form): (_, BeginForm) = request.read(body)?;
    let app = &request.app;
    let session = match form.purpose {
        Purpose::SignIn => None,
        Purpose::StepUp => Some(request.session().await?),
        Purpose::Connect => Some(request.fresh_session().await?),
    };
    let missing = || RestError::not_found("there is no such provider");
    let id = Uuid::try_parse(&form.provider).map_err(|_| missing())?;
    let db = app.store.write();
    let provider = provider::find_active(db, id).await?.ok_or_else(missing)?;
    let client = app.providers.client(&app.root, &provider, &settings.origin)?;
    let prompt = if form.purpose == Purpose::StepUp { Prompt::Login } else { Prompt::Default };
    let started = client.start(&app.providers, prompt, app.clock.now().seconds()).await;
    let started = started.map_err(|error| {
        tracing::warn!(provider = provider.label, "failed to start a sign-in: {error}");
        let text = format!("{} does not answer as it should: try again later", provider.label);
        RestError::new(StatusCode::BAD_GATEWAY, text).with_code("PROVIDER_FAILED")
    })?;
    let state = OidcState {
        provider: provider.id,
        transaction: started.transaction.to_bytes().to_vec(),
        purpose: form.purpose,
        session: session.as_ref().map(|session| session.row.id),
    };
    let attempt = if let Some(session) = session {
        let of = (Kind::Oidc, Some(session.member.id));
        attempt::create(db, &app.root, &app.clock, of, &state).await?
    } else {
        let of = (Kind::Oidc, request.device.source.as_deref());
        let attempt = attempt::create_for_network(db, &app.root, &app.clock, of, &state).await?;
        attempt.ok_or_else(too_many)?
    };
    Ok(Success { body: BeginResponse { url: started.url }, cookies: vec![settings.set_oidc(&attempt)] })
}

/// Sign in with an identity provider
///
/// The page that the provider sent the browser back to sends the parameters of its address.
#[utoipa::path(
    post, path = "/auth/oidc/finish", tag = "Sign-in", operation_id = "signInByOidc", security(()),
    request_body = FinishForm,
    responses(
        (status = 200, description = "Signed in: the response sets the session's cookie", body = StateResponse),
        (status = 401, description = "The provider's answer was not accepted", body = Body),
        (status = 403, description = "The person has no account here, and gets none", body = Body),
        (status = 410, description = "The attempt has expired, was used, or is another browser's", body = Body),
    ),
)]
pub async fn finish(request: AuthRequest, body: Bytes) -> Response {
    let result = complete(&request, &body).await;
    request.respond(result)
}

async fn complete(request: &AuthRequest, body: &[u8]) -> Result<Success<StateResponse>, RestError> {
    let (settings, form): (_, FinishForm) = request.read(body)?;
    let app = &request.app;
    let (now, db) = (app.clock.now(), app.store.write());
    let token = settings.oidc(&request.headers).ok_or_else(spent)?;
    let found = attempt::find::<OidcState>(db, &app.root, now, Kind::Oidc, token).await?;
    let (attempt, state) = found.ok_or_else(spent)?;
    // It ends before the answer is read, so that an answer is accepted once.
    if !attempt::complete(db, &attempt).await? {
        return Err(spent());
    }
    let provider = provider::find_active(db, state.provider).await?.ok_or_else(spent)?;
    let identity = identify(request, &settings, (&provider, &state.transaction), form).await?;
    let mut success = match state.purpose {
        Purpose::SignIn => sign_in(request, &settings, &provider, &identity).await?,
        purpose => {
            let current = request.session().await?;
            if state.session != Some(current.row.id) {
                return Err(spent());
            }
            if purpose == Purpose::StepUp {
                prove(request, &settings, current, (&provider, &identity)).await?
            } else {
                connect(request, &current, (&provider, &identity)).await?
            }
        }
    };
    success.cookies.push(settings.delete_oidc());
    Ok(success)
}

/// Exchanges the code of an answer, and validates who it is about.
async fn identify(
    request: &AuthRequest,
    settings: &CookieSettings,
    (provider, transaction): (&Provider, &[u8]),
    form: FinishForm,
) -> Result<Identity, RestError> {
    let app = &request.app;
    let client = app.providers.client(&app.root, provider, &settings.origin)?;
    let FinishForm { state, code, iss, error } = form;
    let callback = Callback { state, code, iss, error };
    let identity = async {
        let transaction = Transaction::from_bytes(transaction)?;
        client.finish(&app.providers, &transaction, &callback, app.clock.now().seconds()).await
    };
    identity.await.map_err(|error| {
        // The reason is for the operator; the person starts again.
        tracing::warn!(provider = provider.label, "rejected a sign-in: {error}");
        bad_sign_in("the identity provider's answer was not accepted: start again")
    })
}

async fn sign_in(
    request: &AuthRequest,
    settings: &CookieSettings,
    provider: &Provider,
    identity: &Identity,
) -> Result<Success<StateResponse>, RestError> {
    let app = &request.app;
    let transaction = app.store.begin().await?;
    let refused = |code, text: String| Err(RestError::new(StatusCode::FORBIDDEN, text).with_code(code));
    let label = &provider.label;
    let member = match admit(&transaction, &app.root, &app.clock, provider, identity).await? {
        Admission::Member(member) => member,
        Admission::NoGroup => {
            return refused("NO_GROUP", format!("none of your groups at {label} has a role here"));
        }
        Admission::NoEmail => {
            return refused("NO_EMAIL", format!("{label} does not send your e-mail address"));
        }
        Admission::EmailTaken => {
            let text = "an account here has your e-mail address: sign in to it in another way, and connect it \
                        under your account";
            return refused("EMAIL_TAKEN", text.to_owned());
        }
        Admission::Suspended => return refused("SUSPENDED", "this account is suspended".to_owned()),
    };
    let method = (member.id, Method::Oidc);
    let (token, row) = session::create(&transaction, &app.root, &app.clock, method, &request.device).await?;
    transaction.commit().await?;
    // Memberships may have changed.
    app.callers.forget_sessions();
    signed_in(request, settings, &token, &LiveSession { row, member }).await
}

/// Accepts a new proof of identity of the member that is signed in.
async fn prove(
    request: &AuthRequest,
    settings: &CookieSettings,
    current: LiveSession,
    (provider, identity): (&Provider, &Identity),
) -> Result<Success<StateResponse>, RestError> {
    let app = &request.app;
    let subject = (provider.id, identity.subject.as_str());
    let known = identity::find(app.store.write(), &app.root, subject).await?;
    if known.is_none_or(|known| known.member_id != current.member.id) {
        return Err(bad_sign_in("this is another account: sign in with the one that is signed in here"));
    }
    let transaction = app.store.begin().await?;
    let (token, row) = session::renew(&transaction, &app.root, &app.clock, (current.row, false)).await?;
    store::record(&transaction, &app.clock, current.member.id, Action::MemberReauthenticated).await?;
    transaction.commit().await?;
    app.callers.forget_sessions();
    signed_in(request, settings, &token, &LiveSession { row, member: current.member }).await
}

/// Lets the member that is signed in sign in with the provider.
async fn connect(
    request: &AuthRequest,
    current: &LiveSession,
    (provider, identity): (&Provider, &Identity),
) -> Result<Success<StateResponse>, RestError> {
    let app = &request.app;
    let subject = (provider.id, identity.subject.as_str());
    let transaction = app.store.begin().await?;
    match identity::find(&transaction, &app.root, subject).await? {
        Some(known) if known.member_id == current.member.id => {}
        Some(_) => {
            let text = format!("another account here signs in with this one of {}", provider.label);
            return Err(RestError::new(StatusCode::FORBIDDEN, text).with_code("OTHER_ACCOUNT"));
        }
        None => {
            identity::insert(&transaction, &app.root, &app.clock, subject, current.member.id).await?;
            store::record(&transaction, &app.clock, current.member.id, Action::MemberMethodsChanged).await?;
        }
    }
    transaction.commit().await?;
    Ok(super::state::state_of(request, Some(current)).await?.into())
}

/// Rejects other ways to sign in while a provider is the only one.
pub async fn check_not_exclusive(request: &AuthRequest) -> Result<(), RestError> {
    match provider::exclusive(request.app.store.write()).await? {
        Some(provider) => Err(method_off(StatusCode::FORBIDDEN, format!("sign in with {}", provider.label))),
        None => Ok(()),
    }
}
