//! The cookie of people's sessions, and the rules against requests that other sites make in their name.

use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderValue, header, uri::Authority};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use cookie::{Cookie, SameSite};
use oidc::TRANSACTION_LIFETIME;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::state::ApiState;
use crate::{
    Error,
    audit::actor,
    auth::{Caller, TokenGrant, session::LiveSession},
    crypto::RootKey,
    member::session,
};

/// Header that only the dashboard's own requests have: a page of another origin may not send it.
pub const CLIENT: &str = "x-verigraph-client";
/// Header that names the project of a member's request.
pub const PROJECT: &str = "x-verigraph-project";
/// Header of requests that follow a key or a pointer within a minute.
const ACTIVITY: &str = "x-verigraph-activity";

/// The cookie's name where the server is reached over https.
const SECURE_NAME: &str = "__Host-verigraph";
/// The cookie's name on this machine, without https.
const LOCAL_NAME: &str = "verigraph-local";

/// Seconds for which a device counts as one on which an account signed in before.
const DEVICE_LIFE: i64 = 365 * 24 * 60 * 60;

/// How the cookie of this server is set, and the origin of its own pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CookieSettings {
    name: &'static str,
    is_secure: bool,
    pub origin: String,
}

impl CookieSettings {
    /// The settings for a request. `None` if people cannot sign in this way: over http from another machine.
    #[must_use]
    pub fn of(app: &ApiState, headers: &HeaderMap) -> Option<Self> {
        let public = app.public_url.as_ref().map(|url| url.of(""));
        if let Some(url) = public.filter(|url| url.starts_with("https://")) {
            return Some(Self { name: SECURE_NAME, is_secure: true, origin: origin(&url) });
        }
        let host = headers.get(header::HOST)?.to_str().ok()?;
        let name = host.parse::<Authority>().ok()?;
        let name = name.host().trim_start_matches('[').trim_end_matches(']');
        let is_local = name.eq_ignore_ascii_case("localhost")
            || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        is_local.then(|| Self { name: LOCAL_NAME, is_secure: false, origin: format!("http://{host}") })
    }

    /// The value of the session cookie that a request has.
    #[must_use]
    pub fn token<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        cookie(headers, self.name)
    }

    /// The header that sets the cookie.
    #[must_use]
    pub fn set(&self, token: &str) -> Option<HeaderValue> {
        let cookie = Cookie::build((self.name, token))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Strict)
            .secure(self.is_secure);
        cookie.build().to_string().parse().ok()
    }

    /// The header that deletes the cookie.
    #[must_use]
    pub fn delete(&self) -> Option<HeaderValue> {
        let secure = if self.is_secure { "; Secure" } else { "" };
        let text = format!("{}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0{secure}", self.name);
        text.parse().ok()
    }

    /// Returns whether a request comes from a device on which this account signed in before.
    #[must_use]
    pub fn device(&self, root: &RootKey, headers: &HeaderMap, account: &[u8]) -> bool {
        let expected = BASE64_URL_SAFE_NO_PAD.encode(root.known_device(account));
        cookie(headers, self.device_name())
            .is_some_and(|sent| bool::from(sent.as_bytes().ct_eq(expected.as_bytes())))
    }

    /// The header that marks the device as one on which this account signed in.
    #[must_use]
    pub fn set_device(&self, root: &RootKey, account: &[u8]) -> Option<HeaderValue> {
        let value = BASE64_URL_SAFE_NO_PAD.encode(root.known_device(account));
        let secure = if self.is_secure { "; Secure" } else { "" };
        let name = self.device_name();
        let text =
            format!("{name}={value}; HttpOnly; SameSite=Strict{secure}; Path=/; Max-Age={DEVICE_LIFE}");
        text.parse().ok()
    }

    /// The token of the sign-in with an identity provider that this browser has started.
    #[must_use]
    pub fn oidc<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        cookie(headers, self.oidc_name())
    }

    /// The header that marks this browser as the one that has started a sign-in with an identity provider. Strict:
    /// a page of this server finishes the sign-in by a request of its own.
    #[must_use]
    pub fn set_oidc(&self, token: &str) -> Option<HeaderValue> {
        self.oidc_cookie(token, TRANSACTION_LIFETIME)
    }

    /// The header that deletes that mark.
    #[must_use]
    pub fn delete_oidc(&self) -> Option<HeaderValue> {
        self.oidc_cookie("", 0)
    }

    fn oidc_cookie(&self, token: &str, life: i64) -> Option<HeaderValue> {
        let secure = if self.is_secure { "; Secure" } else { "" };
        let name = self.oidc_name();
        format!("{name}={token}; HttpOnly; SameSite=Strict{secure}; Path=/; Max-Age={life}").parse().ok()
    }

    const fn oidc_name(&self) -> &'static str {
        if self.is_secure { "__Host-verigraph-oidc" } else { "verigraph-local-oidc" }
    }

    const fn device_name(&self) -> &'static str {
        if self.is_secure { "__Host-verigraph-device" } else { "verigraph-local-device" }
    }

    /// Returns whether a request comes from one of the server's own pages.
    #[must_use]
    pub fn is_own_page(&self, headers: &HeaderMap) -> bool {
        let only = |name: &str| {
            let mut values = headers.get_all(name).iter();
            match (values.next(), values.next()) {
                (Some(value), None) => value.to_str().ok(),
                _ => None,
            }
        };
        only("origin") == Some(self.origin.as_str()) && only(CLIENT) == Some("dashboard")
    }
}

/// The value of a cookie that a request has.
fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let sent = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut cookies = sent.flat_map(|text| Cookie::split_parse(text).flatten());
    // The value is part of the header, so it can be returned without a copy.
    cookies.find(|cookie| cookie.name() == name).and_then(|cookie| cookie.value_raw())
}

/// The origin of a URL: its scheme and authority.
fn origin(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or_default();
    format!("{scheme}://{}", rest.split('/').next().unwrap_or_default())
}

/// Returns whether a request authenticates by the cookie: it has one, and no other credentials.
#[must_use]
pub fn is_used(app: &ApiState, headers: &HeaderMap) -> bool {
    !headers.contains_key(header::AUTHORIZATION)
        && CookieSettings::of(app, headers).is_some_and(|settings| settings.token(headers).is_some())
}

/// Returns the session of a request's cookie, and records the person's activity.
///
/// # Errors
///
/// [`Error::Unauthenticated`] without a live session.
pub async fn session(app: &ApiState, headers: &HeaderMap) -> Result<LiveSession, Error> {
    const NONE: Error = Error::Unauthenticated("sign in first");
    let settings = CookieSettings::of(app, headers).ok_or(NONE)?;
    let token = settings.token(headers).ok_or(NONE)?;
    let now = app.clock.now();
    let found = app.callers.session_of(token, now).await?;
    if headers.contains_key(ACTIVITY) {
        session::touch(&app.store, &found.row, now).await?;
    }
    Ok(found)
}

/// Returns the caller of a request by cookie.
///
/// # Errors
///
/// [`Error::Unauthenticated`] without a live session, [`Error::NoAccess`] without a membership in the project,
/// [`Error::ForeignPage`] if another site's page may have made the request.
pub async fn caller(app: &ApiState, headers: &HeaderMap) -> Result<Caller, Error> {
    let settings = CookieSettings::of(app, headers).ok_or(Error::ForeignPage)?;
    if !settings.is_own_page(headers) {
        return Err(Error::ForeignPage);
    }
    session(app, headers).await?;
    let project = headers.get(PROJECT).and_then(|value| value.to_str().ok());
    let (caller, _) = of_project(app, headers, project).await?;
    actor::is(&caller);
    Ok(caller)
}

/// Returns the caller of a request by cookie in a project, and how long the session is valid. The caller has
/// checked that the page is the server's own.
///
/// # Errors
///
/// As for [`caller`].
pub async fn of_project(
    app: &ApiState,
    headers: &HeaderMap,
    project: Option<&str>,
) -> Result<(Caller, TokenGrant), Error> {
    const NONE: Error = Error::Unauthenticated("sign in first");
    let settings = CookieSettings::of(app, headers).ok_or(NONE)?;
    let token = settings.token(headers).ok_or(NONE)?;
    let project = project.and_then(|id| Uuid::try_parse(id).ok()).ok_or(Error::NoAccess)?;
    app.callers.of_session(token, project, app.clock.now()).await?.ok_or(Error::NoAccess)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&str, &str)| {
            (name.parse::<header::HeaderName>().unwrap(), value.parse().unwrap())
        };
        pairs.iter().map(pair).collect()
    }

    const SECURE: fn() -> CookieSettings =
        || CookieSettings { name: SECURE_NAME, is_secure: true, origin: "https://id.example.org".to_owned() };

    #[test]
    fn the_cookie_is_for_this_host_only_and_out_of_reach_of_scripts() {
        let set = SECURE().set("abc").unwrap();
        assert_eq!(set, "__Host-verigraph=abc; HttpOnly; SameSite=Strict; Secure; Path=/");
        let sent = headers(&[("cookie", "other=1; __Host-verigraph=abc; verigraph-local=no")]);
        assert_eq!(SECURE().token(&sent), Some("abc"));
    }

    #[test]
    fn only_requests_of_the_servers_own_pages_count() {
        let own = [("origin", "https://id.example.org"), ("x-verigraph-client", "dashboard")];
        assert!(SECURE().is_own_page(&headers(&own)));
        for other in [
            vec![own[0]],
            vec![own[1]],
            vec![("origin", "null"), own[1]],
            vec![("origin", "https://id.example.org.evil"), own[1]],
            vec![("origin", "http://id.example.org"), own[1]],
        ] {
            assert!(!SECURE().is_own_page(&headers(&other)), "{other:?}");
        }
    }

    #[test]
    fn an_origin_has_no_path() {
        assert_eq!(origin("https://example.org:8443/id"), "https://example.org:8443");
    }
}
