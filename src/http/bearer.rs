use axum::http::{HeaderMap, header};

use super::state::ApiState;
use crate::{
    Error,
    audit::actor,
    auth::{Audience, Caller, TokenGrant},
    http::token_form::Form,
};

const MALFORMED: Error = Error::Unauthenticated("the Authorization header is not `Bearer TOKEN`");

/// The header of an API key.
pub const API_KEY: &str = "x-api-key";

/// Authenticates the caller of a request by its access token.
///
/// # Errors
///
/// [`Error::Unauthenticated`] if the token is missing or invalid.
pub async fn caller(app: &ApiState, headers: &HeaderMap, form: Form) -> Result<Caller, Error> {
    let caller = shown(app, headers, form).await?;
    actor::is(&caller);
    Ok(caller)
}

async fn shown(app: &ApiState, headers: &HeaderMap, form: Form) -> Result<Caller, Error> {
    if form == Form::Key && headers.contains_key(API_KEY) {
        return of_key(app, headers).await;
    }
    let mut given = headers.get_all(header::AUTHORIZATION).iter();
    let value = match (given.next(), given.next()) {
        (Some(value), None) => value,
        (Some(_), Some(_)) => return Err(Error::Unauthenticated("send one Authorization header")),
        (None, _) if form == Form::Key => {
            return Err(Error::Unauthenticated("an API key is required: send `x-api-key: KEY`"));
        }
        (None, _) => {
            let text = "an access token is required: send `Authorization: Bearer TOKEN`";
            return Err(Error::Unauthenticated(text));
        }
    };
    let value = value.to_str().map_err(|_| MALFORMED)?.trim_start();
    let token = match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        None if form == Form::NamedOrBare => value,
        Some(_) | None => return Err(MALFORMED),
    };
    app.callers.of_token(token, Audience::Graph, app.clock.now()).await
}

/// Authenticates the caller of a handshake by its access token, and returns how long the token is valid.
///
/// # Errors
///
/// [`Error::Unauthenticated`] if the token is missing or invalid.
pub async fn grant(app: &ApiState, headers: &HeaderMap) -> Result<(Caller, TokenGrant), Error> {
    let mut given = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (given.next(), given.next()) else {
        return Err(Error::Unauthenticated("send one Authorization header"));
    };
    let value = value.to_str().map_err(|_| MALFORMED)?.trim_start();
    if !value.contains(' ') {
        return Err(MALFORMED);
    }
    grant_of_token(app, value).await
}

/// Authenticates the caller of an access token, written `Bearer TOKEN` or `TOKEN`, and returns how long the
/// token is valid.
///
/// # Errors
///
/// [`Error::Unauthenticated`] if the token is invalid.
pub async fn grant_of_token(app: &ApiState, value: &str) -> Result<(Caller, TokenGrant), Error> {
    let token = match value.trim().split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        None => value.trim(),
        Some(_) => return Err(MALFORMED),
    };
    app.callers.admit(token, Audience::Graph, app.clock.now()).await
}

/// Authenticates the caller of a request by its API key.
async fn of_key(app: &ApiState, headers: &HeaderMap) -> Result<Caller, Error> {
    let mut given = headers.get_all(API_KEY).iter();
    let (Some(key), None, false) = (given.next(), given.next(), headers.contains_key(header::AUTHORIZATION))
    else {
        return Err(Error::Unauthenticated("send one x-api-key header, and no Authorization beside it"));
    };
    let key = key.to_str().map_err(|_| Error::Unauthenticated("the x-api-key header is not an API key"))?;
    app.callers.of_key(key.trim(), app.clock.now()).await
}
