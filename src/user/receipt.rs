//! Erasure receipts: signed, so that a third party can verify one long after the erasure and without this
//! server.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::Timestamp;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Error, Result, crypto::RootKey};

/// The type in the header of the JWS.
const TYPE: &str = "verigraph-erasure";

/// The content of a receipt: that a user was erased, and when. No personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    pub project_id: Uuid,
    pub user_id: Uuid,
    /// In the API's time format.
    pub erased_at: String,
}

/// Reason why a text is not a valid receipt of this installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    #[error("the receipt is malformed: it must be three parts separated by dots, as `eraseUser` returns it")]
    Malformed,
    #[error("the receipt was not signed with this key, or was modified")]
    Forged,
}

#[derive(Serialize, Deserialize)]
struct Header {
    alg: String,
    typ: String,
}

impl Receipt {
    /// Creates the receipt of an erasure.
    #[must_use]
    pub fn new(project_id: Uuid, user_id: Uuid, erased_at: Timestamp) -> Self {
        Self { project_id, user_id, erased_at: erased_at.to_rfc3339() }
    }

    /// Signs the receipt: a compact JWS (RFC 7515) with Ed25519. The same erasure always has the same
    /// receipt.
    ///
    /// # Errors
    ///
    /// [`Error::Fault`] if it cannot be encoded.
    pub fn sign(&self, root: &RootKey) -> Result<String> {
        let fault = |_| Error::Fault("failed to write a receipt as JSON");
        let header = Header { alg: "EdDSA".to_owned(), typ: TYPE.to_owned() };
        let header = BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(&header).map_err(fault)?);
        let payload = BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).map_err(fault)?);
        let signed = format!("{header}.{payload}");
        let signature = pair(root)?.sign(signed.as_bytes());
        Ok(format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature.as_ref())))
    }

    /// Verifies a receipt and returns its content.
    ///
    /// # Errors
    ///
    /// The reason why it is invalid.
    pub fn verify(text: &str, public_key: &[u8]) -> std::result::Result<Self, ReceiptError> {
        let decode = |part: &str| BASE64_URL_SAFE_NO_PAD.decode(part).map_err(|_| ReceiptError::Malformed);
        let (signed, signature) = text.trim().rsplit_once('.').ok_or(ReceiptError::Malformed)?;
        let (header, payload) = signed.split_once('.').ok_or(ReceiptError::Malformed)?;
        let header: Header = serde_json::from_slice(&decode(header)?).map_err(|_| ReceiptError::Malformed)?;
        if (header.alg.as_str(), header.typ.as_str()) != ("EdDSA", TYPE) {
            return Err(ReceiptError::Malformed);
        }
        UnparsedPublicKey::new(&ED25519, public_key)
            .verify(signed.as_bytes(), &decode(signature)?)
            .map_err(|_| ReceiptError::Forged)?;
        serde_json::from_slice(&decode(payload)?).map_err(|_| ReceiptError::Malformed)
    }
}

/// Returns the public key that verifies receipts of an installation: 32 bytes, not secret.
///
/// # Errors
///
/// [`Error::Fault`] if none can be derived from the root key.
pub fn public_key(root: &RootKey) -> Result<Vec<u8>> {
    Ok(pair(root)?.public_key().as_ref().to_vec())
}

fn pair(root: &RootKey) -> Result<Ed25519KeyPair> {
    Ed25519KeyPair::from_seed_unchecked(&root.receipt_seed())
        .map_err(|_| Error::Fault("failed to derive the receipt key from the root key"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_valid_only_unmodified() {
        let root = RootKey::parse("dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q=").unwrap();
        let other = RootKey::parse("b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVyb3Q=").unwrap();
        let receipt = Receipt::new(Uuid::from_u128(1), Uuid::from_u128(2), Timestamp(1_701_249_325_978));
        let text = receipt.sign(&root).unwrap();
        let key = public_key(&root).unwrap();
        assert_eq!(Receipt::verify(&text, &key), Ok(receipt.clone()));
        assert_eq!(receipt.sign(&root).unwrap(), text);
        assert_eq!(Receipt::verify(&text, &public_key(&other).unwrap()), Err(ReceiptError::Forged));
        let forged = Receipt { user_id: Uuid::from_u128(3), ..receipt };
        let payload = BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(&forged).unwrap());
        let parts: Vec<&str> = text.split('.').collect();
        let changed = format!("{}.{payload}.{}", parts[0], parts[2]);
        assert_eq!(Receipt::verify(&changed, &key), Err(ReceiptError::Forged));
        for bad in ["", "a.b", "a.b.c", &text[..text.len() - 90]] {
            assert!(Receipt::verify(bad, &key).is_err(), "{bad}");
        }
    }
}
