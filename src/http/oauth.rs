//! The token endpoint: `POST /oauth2/token`, client credentials, RFC 6749.

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::{OpenApi, ToSchema};

use super::{
    ApiState,
    error_format::{self, RejectedRequest},
};
use crate::{
    CheckError, Result,
    auth::{Audience, Permission, Permissions, TokenSubject, VerifiedToken, credential},
    http::reply,
};

/// The `OpenAPI` description of this API.
#[derive(OpenApi)]
#[openapi(paths(token), tags((name = "OAuth", description = "Access tokens")))]
pub struct Api;

/// Lifetime of an access token in seconds.
pub const LIFE: i64 = 60 * 60;

/// An error response of RFC 6749, section 5.2.
struct OAuthError {
    error: &'static str,
    description: &'static str,
}

/// The parameters of a token request. Authenticate here or by HTTP Basic, not by both. A parameter without a
/// value counts as omitted.
#[derive(ToSchema)]
#[schema(as = TokenRequest)]
#[expect(dead_code, reason = "`Request::read` reads the form: it must find repeated parameters")]
struct TokenParams {
    /// `client_credentials`.
    #[schema(example = "client_credentials")]
    grant_type: String,
    client_id: Option<String>,
    client_secret: Option<String>,
    /// Permissions, separated by spaces. Default: all permissions of the client.
    #[schema(example = "USERS:VIEW IDENTIFICATIONS:VIEW")]
    scope: Option<String>,
}

/// An access token.
#[derive(Serialize, ToSchema)]
#[schema(as = Token)]
struct TokenResponse {
    access_token: String,
    /// `bearer`.
    #[schema(example = "bearer")]
    token_type: &'static str,
    /// Lifetime of the token in seconds.
    #[schema(example = 3600)]
    expires_in: i64,
    /// The token's permissions.
    scope: String,
}

/// An error response of RFC 6749, section 5.2.
#[derive(Serialize, ToSchema)]
#[schema(as = TokenError)]
struct Body {
    /// Machine-readable error code.
    #[schema(example = "invalid_client")]
    error: &'static str,
    /// Human-readable description of the error.
    error_description: String,
}

/// A rejection by the middleware, in the error format of this endpoint.
#[must_use]
pub fn refused(refused: &RejectedRequest<'_>) -> Value {
    let error = match refused.status {
        StatusCode::SERVICE_UNAVAILABLE => "temporarily_unavailable",
        StatusCode::INTERNAL_SERVER_ERROR => "server_error",
        _ => "invalid_request",
    };
    json!(Body { error, error_description: refused.message.to_owned() })
}

/// Get an access token
///
/// Exchanges a client id and its secret for an access token: the client credentials grant of RFC 6749.
#[utoipa::path(
    post, path = "/oauth2/token", tag = "OAuth", operation_id = "getToken", security((), ("client" = [])),
    request_body(content = TokenParams, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "The token", body = TokenResponse),
        (status = 400, description = "The request is not valid by RFC 6749, or its scope exceeds the client's permissions", body = Body),
        (status = 401, description = "The client id and secret are missing or do not match", body = Body),
    ),
)]
pub async fn token(State(app): State<ApiState>, headers: HeaderMap, body: Bytes) -> Response {
    match grant(&app, &headers, &body).await {
        Ok((token, scope)) => {
            let scope = scope.to_string();
            let body = TokenResponse { access_token: token, token_type: "bearer", expires_in: LIFE, scope };
            answer(StatusCode::OK, &body)
        }
        Err(CheckError::Rejected(refusal)) => {
            let body = Body { error: refusal.error, error_description: refusal.description.to_owned() };
            if refusal.error != "invalid_client" {
                return answer(StatusCode::BAD_REQUEST, &body);
            }
            // RFC 6749, 5.2: a client that used the header receives the scheme that the server supports.
            let challenge = [(header::WWW_AUTHENTICATE, "Basic realm=\"verigraph\"")];
            (challenge, answer(StatusCode::UNAUTHORIZED, &body)).into_response()
        }
        Err(CheckError::Error(error)) => {
            let status = error_format::status(error.code());
            if status == StatusCode::SERVICE_UNAVAILABLE {
                let body = Body { error: "temporarily_unavailable", error_description: error.to_string() };
                return reply::again(answer(status, &body));
            }
            tracing::error!(error = error.fault(), "failed to issue access token");
            let body = Body { error: "server_error", error_description: "try again later".to_owned() };
            answer(StatusCode::INTERNAL_SERVER_ERROR, &body)
        }
    }
}

fn answer(status: StatusCode, body: &impl Serialize) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json;charset=UTF-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::PRAGMA, "no-cache"),
    ];
    (status, headers, json!(body).to_string()).into_response()
}

async fn grant(
    app: &ApiState,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<(String, Permissions), CheckError<OAuthError>> {
    let request = Request::read(headers, body).map_err(CheckError::Rejected)?;
    let now = app.clock.now();
    let (id, secret) = (&request.client_id, &request.client_secret);
    let Some(row) = credential::authenticate(&app.store, &app.root, now, id, secret).await? else {
        return Err(CheckError::Rejected(OAuthError {
            error: "invalid_client",
            description: "client id and secret do not match",
        }));
    };
    app.callers.record_use(row.id, now);
    let held = Permissions::of(&row);
    let scope = match &request.scope {
        None => held,
        Some(scope) => {
            if let Some(scope) = requested_scope(scope, held) {
                scope
            } else {
                let description = "the scope names a permission that the client does not hold";
                return Err(CheckError::Rejected(OAuthError { error: "invalid_scope", description }));
            }
        }
    };
    let token = app
        .signer
        .issue(
            VerifiedToken { subject: TokenSubject::Credential(row.id), scope },
            Audience::Graph,
            &app.clock,
            LIFE,
        )
        .await?;
    Ok((token, scope))
}

/// The permissions that a scope names, if the client holds all of them.
fn requested_scope(scope: &str, held: Permissions) -> Option<Permissions> {
    let names = scope.split(' ').filter(|name| !name.is_empty());
    names.map(|name| Permission::named(name).filter(|permission| held.holds(*permission))).collect()
}

struct Request {
    client_id: String,
    client_secret: String,
    scope: Option<String>,
}

impl Request {
    fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, OAuthError> {
        let invalid = |description| OAuthError { error: "invalid_request", description };
        let content_type =
            headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let essence = content_type.split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(invalid("send the request as application/x-www-form-urlencoded"));
        }
        let [mut grant_type, mut id, mut secret, mut scope] = [const { None }; 4];
        // RFC 6749, 3.2: a parameter without a value counts as omitted, so it also cannot repeat another. A
        // scope of only spaces names no permission, which is equivalent.
        let given = form_urlencoded::parse(body).filter(|(_, value)| !value.trim_matches(' ').is_empty());
        for (name, value) in given {
            let field = match &*name {
                "grant_type" => &mut grant_type,
                "client_id" => &mut id,
                "client_secret" => &mut secret,
                "scope" => &mut scope,
                // RFC 6749, 3.2: unknown parameters are ignored.
                _ => continue,
            };
            if field.replace(value.into_owned()).is_some() {
                return Err(invalid("a parameter is repeated"));
            }
        }
        match grant_type.as_deref() {
            None => return Err(invalid("grant_type is missing")),
            Some("client_credentials") => {}
            Some(_) => {
                let description = "only client_credentials is supported";
                return Err(OAuthError { error: "unsupported_grant_type", description });
            }
        }
        let (client_id, client_secret) = match (basic(headers)?, id, secret) {
            // RFC 6749, 2.3: one authentication method per request. Naming the same client in the body is
            // harmless.
            (Some((id, secret)), body_id, None) if body_id.as_ref().is_none_or(|body_id| *body_id == id) => {
                (id, secret)
            }
            (Some(_), _, _) => return Err(invalid("authenticate in the header or in the body, not in both")),
            (None, Some(id), Some(secret)) => (id, secret),
            (None, _, _) => {
                let description = "client_id and client_secret are required, in the body or by HTTP Basic";
                return Err(OAuthError { error: "invalid_client", description });
            }
        };
        Ok(Self { client_id, client_secret, scope })
    }
}

/// The client id and secret of an `Authorization: Basic` header, if the request has one.
fn basic(headers: &HeaderMap) -> Result<Option<(String, String)>, OAuthError> {
    let refused =
        || OAuthError { error: "invalid_client", description: "the Authorization header is not HTTP Basic" };
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let (scheme, encoded) =
        value.to_str().ok().and_then(|value| value.split_once(' ')).ok_or_else(refused)?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return Err(refused());
    }
    let pair = BASE64_STANDARD.decode(encoded.trim()).ok().and_then(|pair| String::from_utf8(pair).ok());
    let pair = pair.ok_or_else(refused)?;
    let (id, secret) = pair.split_once(':').ok_or_else(refused)?;
    // RFC 6749, 2.3.1: both parts are form-encoded before they are joined.
    let decode = |half: &str| {
        let half = format!("x={half}");
        form_urlencoded::parse(half.as_bytes())
            .next()
            .map(|(_, value)| value.into_owned())
            .unwrap_or_default()
    };
    Ok(Some((decode(id), decode(secret))))
}
