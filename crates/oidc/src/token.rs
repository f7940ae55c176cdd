use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, decode_header};
use serde_json::{Map, Value};

use crate::{SignInError, keys::Keys, signature::ALGORITHMS};

/// An ID token in the compact serialization (RFC 7515, 7.1).
pub(crate) struct IdToken<'a> {
    algorithm: Algorithm,
    key_id: Option<String>,
    message: &'a str,
    payload: &'a str,
    signature: Vec<u8>,
}

impl<'a> IdToken<'a> {
    /// Parses a token whose algorithm is accepted.
    pub(crate) fn parse(token: &'a str) -> Result<Self, SignInError> {
        let (message, signature) = token.rsplit_once('.').ok_or(SignInError::MalformedToken)?;
        let (encoded, payload) = message.split_once('.').ok_or(SignInError::MalformedToken)?;
        if payload.contains('.') {
            return Err(SignInError::MalformedToken);
        }
        // Only `alg` is read here: the library does not parse a header with an unknown one, such as `none`.
        let header: Value = decode(encoded).ok_or(SignInError::MalformedToken)?;
        let name = header.get("alg").and_then(Value::as_str).ok_or(SignInError::Algorithm)?;
        let known = ALGORITHMS.iter().find(|(known, _)| *known == name).ok_or(SignInError::Algorithm)?;
        let header = decode_header(token).map_err(|_| SignInError::MalformedToken)?;
        // Extensions that have to be understood: none is (RFC 7515, 4.1.11).
        if header.alg != known.1 || header.crit.is_some() {
            return Err(SignInError::MalformedToken);
        }
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).map_err(|_| SignInError::MalformedToken)?;
        Ok(Self { algorithm: known.1, key_id: header.kid, message, payload, signature })
    }

    /// Whether one of the keys made the signature. `None` if no key is for this token.
    pub(crate) fn verify(&self, keys: &Keys) -> Option<Result<(), SignInError>> {
        let matching = keys.matching(self.algorithm, self.key_id.as_deref());
        if matching.is_empty() {
            return None;
        }
        let is_signed = matching
            .into_iter()
            .any(|key| key.verify(self.algorithm, self.message.as_bytes(), &self.signature));
        Some(if is_signed { Ok(()) } else { Err(SignInError::Signature) })
    }

    /// The claims. Call it after [`IdToken::verify`].
    pub(crate) fn claims(&self) -> Result<Map<String, Value>, SignInError> {
        decode(self.payload).ok_or(SignInError::MalformedToken)
    }
}

fn decode<T: serde::de::DeserializeOwned>(part: &str) -> Option<T> {
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}
