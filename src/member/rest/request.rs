//! What every handler below `/auth` knows of its request, and what it checks first.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde::{Serialize, de::DeserializeOwned};

use super::error::{Body, not_fresh};
use crate::{
    auth::session::{LiveSession, is_fresh},
    http::{
        ApiState, RequestId,
        cookie::{self, CookieSettings},
        peer::{self, PeerAddress},
        rest::{self, RestError},
    },
    member::session::Device,
};

/// A request below `/auth`.
pub struct AuthRequest {
    pub app: ApiState,
    pub headers: HeaderMap,
    pub device: Device,
    id: RequestId,
}

/// A successful response, with the cookies that it sets.
pub struct Success<T> {
    pub body: T,
    pub cookies: Vec<Option<HeaderValue>>,
}

impl<T> From<T> for Success<T> {
    fn from(body: T) -> Self {
        Self { body, cookies: Vec::new() }
    }
}

impl FromRequestParts<ApiState> for AuthRequest {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &ApiState) -> Result<Self, Response> {
        let id = parts.extensions.get::<RequestId>().cloned();
        let id = id.ok_or_else(|| StatusCode::INTERNAL_SERVER_ERROR.into_response())?;
        let peer = parts.extensions.get::<PeerAddress>().copied();
        let device = peer::device(peer, &parts.headers, &app.trusted_proxies);
        Ok(Self { app: app.clone(), headers: parts.headers.clone(), device, id })
    }
}

impl AuthRequest {
    /// The settings of the cookie.
    pub fn cookie(&self) -> Result<CookieSettings, RestError> {
        CookieSettings::of(&self.app, &self.headers).ok_or_else(|| {
            let text = "people can sign in over https, or on this machine: set `public_url` to the https \
                        address at which the server is reached";
            RestError::new(StatusCode::CONFLICT, text).with_code("NOT_CONFIGURED")
        })
    }

    /// Checks that the request comes from one of the server's own pages.
    pub fn check_own_page(&self) -> Result<CookieSettings, RestError> {
        let settings = self.cookie()?;
        if settings.is_own_page(&self.headers) {
            return Ok(settings);
        }
        let text = "send `x-verigraph-client: dashboard` from a page of this server";
        Err(RestError::new(StatusCode::FORBIDDEN, text).with_code("ORIGIN_REFUSED"))
    }

    /// Checks that the request comes from one of the server's own pages, and reads its JSON body.
    pub fn read<T: DeserializeOwned>(&self, body: &[u8]) -> Result<(CookieSettings, T), RestError> {
        let settings = self.check_own_page()?;
        let content_type = self.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let essence = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("application/json") {
            let text = "send the request as application/json";
            return Err(RestError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, text));
        }
        let mut json = serde_json::Deserializer::from_slice(body);
        let read = serde_path_to_error::deserialize(&mut json);
        let value = read.map_err(|error| {
            let path = error.path().to_string();
            // The library's text could repeat a value.
            RestError::bad(format!("the body is not valid: see `{path}`"))
        })?;
        Ok((settings, value))
    }

    /// The session of the request.
    pub async fn session(&self) -> Result<LiveSession, RestError> {
        Ok(cookie::session(&self.app, &self.headers).await?)
    }

    /// The session of a request that matters most: its member has proved its identity a moment ago.
    pub async fn fresh_session(&self) -> Result<LiveSession, RestError> {
        let session = self.session().await?;
        if is_fresh(session.row.authenticated_at, self.app.clock.now()) {
            Ok(session)
        } else {
            Err(not_fresh())
        }
    }

    /// Responds with the result of a handler.
    pub fn respond<T: Serialize>(&self, result: Result<Success<T>, RestError>) -> Response {
        let (result, cookies) = match result {
            Ok(Success { body, cookies }) => (Ok(body), cookies),
            Err(error) => (Err(error), Vec::new()),
        };
        let mut response = rest::respond::<Body>((&self.id).into(), result);
        for cookie in cookies.into_iter().flatten() {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }
}
