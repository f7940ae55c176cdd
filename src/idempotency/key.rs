use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use super::rejection::StoredRejection;
use crate::{
    Error, Result,
    auth::Caller,
    crypto::{AssociatedData, DataKey, RootKey},
};

/// A caller's idempotency key, and a digest of the operation and its input.
#[derive(Clone)]
pub struct IdempotencyKey {
    /// The key as the client sent it. It is never stored.
    pub(super) text: String,
    /// The hash that is stored instead.
    pub(super) hash: String,
    pub(super) digest: Vec<u8>,
    /// Seals a stored rejection, which may repeat personal data from the client's input.
    seal: DataKey,
}

impl std::fmt::Debug for IdempotencyKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IdempotencyKey([secret])")
    }
}

impl IdempotencyKey {
    /// Returns the key as the client sent it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Creates the idempotency key of a request for an operation with this input, if the client sent one. The
    /// only constructor: the key and the input are hashed under the root key, and both belong to the caller's
    /// credential or membership.
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] if the key is not 1 to 255 of the allowed characters.
    pub fn new(
        root: &RootKey,
        caller: &Caller,
        key: Option<String>,
        operation: &str,
        input: &[u8],
    ) -> Result<Option<Self>> {
        let Some(text) = key else { return Ok(None) };
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        if !(1..=255).contains(&text.len()) || !text.bytes().all(is_plain) {
            let reason = "write 1 to 255 of the characters A-Z, a-z, 0-9, _ and -";
            return Err(Error::argument("idempotencyKey", reason));
        }
        let actor = caller.actor_id();
        let hash = BASE64_URL_SAFE_NO_PAD.encode(root.idempotency_key(actor, &text));
        let digest = root.idempotency_input(actor, operation, input);
        let seal = root.idempotency_seal(actor, &text);
        Ok(Some(Self { text, hash, digest, seal }))
    }
}

impl IdempotencyKey {
    /// Encodes a rejection for storage: sealed, in base64.
    pub(super) fn sealed(&self, caller: &Caller, rejection: &StoredRejection) -> Result<serde_json::Value> {
        let text =
            serde_json::to_vec(rejection).map_err(|_| Error::Fault("failed to write a rejection as JSON"))?;
        Ok(BASE64_URL_SAFE_NO_PAD.encode(self.seal.seal(associated_data(caller), &text)?).into())
    }

    /// Decodes the stored rejection, if there is one.
    pub(super) fn open(
        &self,
        caller: &Caller,
        stored: Option<serde_json::Value>,
    ) -> Result<Option<StoredRejection>> {
        let Some(stored) = stored else { return Ok(None) };
        let broken = Error::Fault("the stored result of an idempotency key is not a rejection");
        let sealed = stored.as_str().and_then(|text| BASE64_URL_SAFE_NO_PAD.decode(text).ok());
        let text = self.seal.open(associated_data(caller), &sealed.ok_or(broken.clone())?)?;
        serde_json::from_slice(&text).map_err(|_| broken)
    }
}

fn associated_data(caller: &Caller) -> AssociatedData<'static> {
    AssociatedData {
        scope: caller.project_id(),
        table: "idempotency_keys",
        column: "refusal",
        row: caller.actor_id(),
    }
}
