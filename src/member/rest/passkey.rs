//! Sign-in by passkey: the person types nothing.

use axum::{body::Bytes, http::StatusCode, response::Response};
use entity::{member, member_passkey, member_session::Method, sign_in_attempt::Kind};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    answer::StateResponse,
    error::{Body, bad_sign_in, method_off, spent, too_many},
    oidc::check_not_exclusive,
    request::{AuthRequest, Success},
    sign_in::{record_refusal, signed_in},
};
use crate::{
    auth::session::LiveSession,
    http::{cookie::CookieSettings, rest::RestError},
    member::{
        attempt,
        ceremony::{Obstacle, PasskeyError, RelyingParty, SignedIn, relying_party},
        passkey, session, store,
    },
};

const BAD_PASSKEY: &str = "the passkey was not accepted";

/// What the browser is asked for.
#[derive(Serialize, ToSchema)]
#[schema(as = PasskeyOptions)]
pub struct OptionsResponse {
    /// Token with which it goes on, for 5 minutes.
    pub attempt: String,
    /// An object with `publicKey`, for `PublicKeyCredential.parseRequestOptionsFromJSON` or
    /// `parseCreationOptionsFromJSON`.
    #[schema(value_type = Object)]
    pub options: Value,
}

/// What the browser answered.
#[derive(Deserialize, ToSchema)]
#[schema(as = PasskeySignIn)]
pub struct FinishForm {
    attempt: String,
    /// `PublicKeyCredential.toJSON()`
    #[schema(value_type = Object)]
    response: Value,
}

/// Start to sign in by passkey
///
/// The device offers the passkeys that it has for this server: no address is asked for.
#[utoipa::path(
    post, path = "/auth/passkey/begin", tag = "Sign-in", operation_id = "beginPasskeySignIn", security(()),
    responses(
        (status = 200, description = "What to ask the browser for", body = OptionsResponse),
        (status = 403, description = "An identity provider is the only way to sign in", body = Body),
        (status = 409, description = "This address of the server has no passkeys", body = Body),
        (status = 429, description = "Too many sign-ins of this network are open", body = Body),
    ),
)]
pub async fn begin(request: AuthRequest, _: Bytes) -> Response {
    let result = async {
        let settings = request.check_own_page()?;
        check_not_exclusive(&request).await?;
        let started = party(&settings)?.start_sign_in().map_err(|error| refused(&error))?;
        let app = &request.app;
        let of = (Kind::Passkey, request.device.source.as_deref());
        let (db, state) = (app.store.write(), &started.state);
        let attempt = attempt::create_for_network(db, &app.root, &app.clock, of, state).await?;
        let attempt = attempt.ok_or_else(too_many)?;
        Ok(OptionsResponse { attempt, options: started.options })
    };
    let result: Result<_, RestError> = result.await;
    request.respond(result.map(Success::from))
}

/// Sign in by passkey
///
/// What a device answered is accepted once.
#[utoipa::path(
    post, path = "/auth/passkey/finish", tag = "Sign-in", operation_id = "signInByPasskey", security(()),
    request_body = FinishForm,
    responses(
        (status = 200, description = "Signed in: the response sets the session's cookie", body = StateResponse),
        (status = 401, description = "The passkey was not accepted", body = Body),
        (status = 403, description = "An identity provider is the only way to sign in", body = Body),
        (status = 409, description = "This address of the server has no passkeys", body = Body),
        (status = 410, description = "The attempt has expired or was used", body = Body),
    ),
)]
pub async fn finish(request: AuthRequest, body: Bytes) -> Response {
    let result = sign_in(&request, &body).await;
    request.respond(result)
}

async fn sign_in(request: &AuthRequest, body: &[u8]) -> Result<Success<StateResponse>, RestError> {
    let (settings, form): (_, FinishForm) = request.read(body)?;
    check_not_exclusive(request).await?;
    let app = &request.app;
    let (now, db) = (app.clock.now(), app.store.write());
    let found = attempt::find::<Vec<u8>>(db, &app.root, now, Kind::Passkey, &form.attempt).await?;
    let (attempt, state) = found.ok_or_else(spent)?;
    // It ends before the response is read, so that a response is accepted once.
    if !attempt::complete(db, &attempt).await? {
        return Err(spent());
    }
    let Proof { member, row, used } = accept(request, &settings, &state, &form.response).await?;
    let transaction = app.store.begin().await?;
    passkey::record_use(&transaction, &app.root, &app.clock, &member, (&row, used)).await?;
    let method = (member.id, Method::Passkey);
    let (token, row) = session::create(&transaction, &app.root, &app.clock, method, &request.device).await?;
    transaction.commit().await?;
    signed_in(request, &settings, &token, &LiveSession { row, member }).await
}

/// Whose passkey a device has used.
pub struct Proof {
    pub member: member::Model,
    pub row: member_passkey::Model,
    pub used: SignedIn,
}

/// Accepts the response of a device to the ceremony with this state.
pub async fn accept(
    request: &AuthRequest,
    settings: &CookieSettings,
    state: &[u8],
    response: &Value,
) -> Result<Proof, RestError> {
    let app = &request.app;
    let db = app.store.write();
    let party = party(settings)?;
    let claimed = party.identify(response).map_err(|error| refused(&error))?;
    let unknown = || bad_sign_in(BAD_PASSKEY);
    let row = passkey::find(db, &claimed.credential_id).await?.ok_or_else(unknown)?;
    let member = store::find(db, row.member_id).await?;
    let member = member.filter(|member| member.status == member::Status::Active).ok_or_else(unknown)?;
    let stored = passkey::open(&app.root, &member, &row)?.ok_or_else(unknown)?;
    match party.finish_sign_in(state, response, &stored) {
        Ok(used) => Ok(Proof { member, row, used }),
        Err(error) => {
            record_refusal(request, Some(member.id), None);
            Err(refused(&error))
        }
    }
}

/// The relying party of this address of the server.
pub fn party(settings: &CookieSettings) -> Result<RelyingParty, RestError> {
    relying_party(&settings.origin).map_err(|obstacle| {
        let text = match obstacle {
            Obstacle::IpAddress => {
                "an IP address has no passkeys: give the server a name, and set `public_url` to it"
            }
            Obstacle::NotSecure => "passkeys need https: set `public_url` to the https address of the server",
            Obstacle::NotBuilt => "this program is built without the feature `passkeys`",
        };
        method_off(StatusCode::CONFLICT, text)
    })
}

/// The error for a response that is not accepted. The reason is for the log.
pub fn refused(error: &PasskeyError) -> RestError {
    tracing::info!("rejected a passkey: {error}");
    bad_sign_in(BAD_PASSKEY)
}
