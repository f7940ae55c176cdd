//! `Idempotency-Key` on paths that create: the same key and body of the same credential within a day give the same
//! answer again, a refusal too.
//!
//! Source: the IETF's draft "The Idempotency-Key HTTP Header Field".

use axum::http::HeaderMap;

use super::state::ApiState;
use crate::{
    Error, Result,
    auth::Caller,
    idempotency::{self, IdempotencyKey, StoredRejection},
};

/// The header, as it is written in documents.
pub const HEADER: &str = "Idempotency-Key";

/// The key that a request came with, if it came with one.
///
/// # Errors
///
/// [`Error::Argument`] for what cannot be a key.
pub fn key(
    app: &ApiState,
    caller: &Caller,
    headers: &HeaderMap,
    path: &str,
    body: &[u8],
) -> Result<Option<IdempotencyKey>> {
    let Some(value) = headers.get(HEADER) else { return Ok(None) };
    let wrong = || Error::argument(HEADER, "write 1 to 255 of the characters A-Z, a-z, 0-9, _ and -");
    // The draft has the key in quotes; clients leave them out as often as not.
    let text = value.to_str().map_err(|_| wrong())?.trim().trim_matches('"').to_owned();
    IdempotencyKey::new(&app.root, caller, Some(text), path, body).map_err(|_| wrong())
}

/// Remembers that a request was refused, if it came with a key.
///
/// # Errors
///
/// When the database fails.
pub async fn refused(
    app: &ApiState,
    caller: &Caller,
    key: Option<&IdempotencyKey>,
    name: &str,
    message: &str,
) -> Result<()> {
    if let Some(key) = key {
        let refusal = StoredRejection { name: name.to_owned(), message: message.to_owned(), subject: None };
        let clock = app.clocks.of(&caller.project);
        // Somebody else was answered under the key meanwhile: that stands, and this one was refused all the same.
        idempotency::remember_refusal(&app.store, caller, &clock, key, &refusal).await?;
    }
    Ok(())
}
