//! The cryptographic library: `ring`, for sealing, signing, digests, TLS and tokens.

use std::sync::Once;

use jsonwebtoken::{
    Algorithm, AlgorithmFamily, DecodingKey, EncodingKey,
    crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils},
    errors::{Error as TokenError, ErrorKind},
    signature::{self, Signer, Verifier},
};
use ring::{
    error::Unspecified,
    hmac,
    rand::{SecureRandom, SystemRandom},
};

/// Fills a buffer with random bytes from the operating system.
///
/// # Errors
///
/// When the operating system provides no randomness.
pub fn fill(bytes: &mut [u8]) -> Result<(), Unspecified> {
    SystemRandom::new().fill(bytes)
}

/// Makes `ring` the process-wide provider for TLS and tokens. Code that builds a TLS client or a signer calls
/// it first; only the first call has an effect.
pub fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        // An error means that a provider is installed already, which is the desired state.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let _ = TOKENS.install_default();
    });
}

/// Tokens are signed with HMAC-SHA-256 alone: see `auth/token.rs`.
static TOKENS: CryptoProvider = CryptoProvider {
    signer_factory: |algorithm, key| signer(*algorithm, key),
    verifier_factory: |algorithm, key| verifier(*algorithm, key),
    key_utils: KeyUtils::new_unimplemented(),
};

fn signer(algorithm: Algorithm, key: &EncodingKey) -> Result<Box<dyn JwtSigner>, TokenError> {
    supported(algorithm, key.family())?;
    Ok(Box::new(Hs256(hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes()))))
}

fn verifier(algorithm: Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>, TokenError> {
    supported(algorithm, key.family())?;
    Ok(Box::new(Hs256(hmac::Key::new(hmac::HMAC_SHA256, key.try_get_as_bytes()?))))
}

fn supported(algorithm: Algorithm, family: AlgorithmFamily) -> Result<(), TokenError> {
    let is_supported = algorithm == Algorithm::HS256 && family == AlgorithmFamily::Hmac;
    if is_supported { Ok(()) } else { Err(ErrorKind::InvalidAlgorithm.into()) }
}

struct Hs256(hmac::Key);

impl Signer<Vec<u8>> for Hs256 {
    fn try_sign(&self, message: &[u8]) -> Result<Vec<u8>, signature::Error> {
        Ok(hmac::sign(&self.0, message).as_ref().to_vec())
    }
}

impl Verifier<Vec<u8>> for Hs256 {
    /// Compares in constant time.
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), signature::Error> {
        hmac::verify(&self.0, message, signature).map_err(|_| signature::Error::new())
    }
}

impl JwtSigner for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

impl JwtVerifier for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::{Header, Validation, decode, encode};
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn signs_and_verifies_with_hmac_sha_256_only() -> Result<(), TokenError> {
        install();
        let key = [7; 32];
        let token =
            encode(&Header::new(Algorithm::HS256), &json!({ "exp": 1 }), &EncodingKey::from_secret(&key))?;
        let (message, _) = token.rsplit_once('.').unwrap_or_default();
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &key), message.as_bytes());
        let expected = base64::Engine::encode(&base64::prelude::BASE64_URL_SAFE_NO_PAD, tag.as_ref());
        assert_eq!(token, format!("{message}.{expected}"));

        let mut validation = Validation::new(Algorithm::HS256);
        validation.validate_exp = false;
        decode::<Value>(&token, &DecodingKey::from_secret(&key), &validation)?;
        assert!(decode::<Value>(&token, &DecodingKey::from_secret(&[8; 32]), &validation).is_err());
        let other = encode(&Header::new(Algorithm::HS512), &json!({}), &EncodingKey::from_secret(&key));
        assert!(other.is_err());
        Ok(())
    }
}
