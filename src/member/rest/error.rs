//! The error responses below `/auth`.

use axum::http::StatusCode;
use passwords::WeakPassword;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::{
    rest::{ErrorBody, RequestInfo, RestError},
    token_form::Form,
};

/// An error response of sign-in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuthError)]
pub struct Body {
    /// Machine-readable error code.
    #[schema(example = "BAD_SIGN_IN")]
    code: &'static str,
    /// Human-readable description of the error.
    message: String,
    /// Seconds after which the request can be repeated.
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<i64>,
}

impl ErrorBody for Body {
    const FORM: Form = Form::Named;
    const CHALLENGE: Option<&'static str> = None;

    fn new(error: RestError, _: &RequestInfo<'_>) -> Self {
        let retry_after = error.details.iter().find(|(name, _)| name == "retryAfter");
        Self {
            code: error.own_code.unwrap_or_else(|| error.code.as_str()),
            retry_after: retry_after.and_then(|(_, seconds)| seconds.as_i64()),
            message: error.message,
        }
    }
}

/// The error for a wrong sign-in. It never says which part is wrong.
#[must_use]
pub fn bad_sign_in(message: &'static str) -> RestError {
    RestError::new(StatusCode::UNAUTHORIZED, message).with_code("BAD_SIGN_IN")
}

/// The error for a link or an attempt that was used, has expired or never existed.
#[must_use]
pub fn spent() -> RestError {
    let text = "this link or sign-in was used, has expired, or does not exist: start again";
    RestError::new(StatusCode::GONE, text).with_code("LINK_SPENT")
}

/// The error while sign-ins of an account are paused.
#[must_use]
pub fn paused(seconds: i64) -> RestError {
    let text = format!("too many failed attempts: try again in {seconds} seconds");
    RestError::new(StatusCode::TOO_MANY_REQUESTS, text).with_code("PAUSED").with("retryAfter", seconds)
}

/// The error while too many sign-ins of a network are open.
#[must_use]
pub fn too_many() -> RestError {
    const SECONDS: i64 = 60;
    let text = "too many sign-ins were started from your network: try again in a minute";
    RestError::new(StatusCode::TOO_MANY_REQUESTS, text).with_code("PAUSED").with("retryAfter", SECONDS)
}

/// The error for a password that is easy to guess.
#[must_use]
pub fn weak_password(weak: &WeakPassword) -> RestError {
    RestError::bad(weak.to_string()).with_code("WEAK_PASSWORD")
}

/// The error for a method that cannot be used here.
#[must_use]
pub fn method_off(status: StatusCode, message: impl Into<String>) -> RestError {
    RestError::new(status, message).with_code("METHOD_OFF")
}

/// The error for an action that needs a recent proof of identity.
#[must_use]
pub fn not_fresh() -> RestError {
    let text = "this requires a sign-in within the last 5 minutes: sign in anew";
    RestError::new(StatusCode::FORBIDDEN, text).with_code("FRESH_SIGN_IN_NEEDED")
}
