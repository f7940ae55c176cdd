use axum::http::{HeaderMap, header};

use crate::{
    auth::{Caller, TokenGrant},
    http::{App, cookie::CookieSettings},
};

/// How a handshake authenticated.
pub struct Handshake {
    /// The caller of its access token.
    pub greeted: Option<(Caller, TokenGrant)>,
    /// The headers with the session's cookie. The first message then names the project.
    pub cookie: Option<HeaderMap>,
}

/// Whether the handshake comes from a page of this server.
pub fn is_own_origin(app: &App, headers: &HeaderMap) -> bool {
    let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    CookieSettings::of(app, headers).is_some_and(|settings| origin == Some(settings.origin.as_str()))
}
