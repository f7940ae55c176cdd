//! The `Idempotency-Key` header on paths that create: a repeated request of the same credential with the same
//! key and body returns the first result, including a rejection, for 24 hours.
//!
//! Source: the IETF draft "The Idempotency-Key HTTP Header Field".

use axum::http::HeaderMap;

use super::state::ApiState;
use crate::{Error, Result, auth::Caller, idempotency::IdempotencyKey};

/// The header's name, as written in documents.
pub const HEADER: &str = "Idempotency-Key";

/// The request's idempotency key, if any.
///
/// # Errors
///
/// [`Error::Argument`] if the header is not a valid key.
pub fn key(
    app: &ApiState,
    caller: &Caller,
    headers: &HeaderMap,
    path: &str,
    body: &[u8],
) -> Result<Option<IdempotencyKey>> {
    let Some(value) = headers.get(HEADER) else { return Ok(None) };
    let wrong = || Error::argument(HEADER, "write 1 to 255 of the characters A-Z, a-z, 0-9, _ and -");
    // The draft puts the key in quotes; clients omit them as often as not.
    let text = value.to_str().map_err(|_| wrong())?.trim().trim_matches('"').to_owned();
    IdempotencyKey::new(&app.root, caller, Some(text), path, body).map_err(|_| wrong())
}
