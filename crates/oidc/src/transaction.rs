use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::{
    digest::{SHA256, digest},
    rand::{SecureRandom, SystemRandom},
};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, Zeroizing};

use crate::SignInError;

/// Seconds that a person has to sign in at the provider.
pub const TRANSACTION_LIFETIME: i64 = 600;

/// Whether a person who is signed in at the provider signs in there anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Prompt {
    /// The provider decides.
    Default,
    /// The person signs in anew, which `auth_time` proves: for a step-up.
    Login,
}

/// A sign-in that was started. The caller keeps its bytes for the browser that started it, sealed: who has them
/// can finish the sign-in.
#[derive(Serialize, Deserialize)]
pub struct Transaction {
    pub(crate) issuer: String,
    pub(crate) client_id: String,
    pub(crate) state: String,
    pub(crate) nonce: String,
    pub(crate) verifier: String,
    pub(crate) prompt: Prompt,
    pub(crate) started_at: i64,
}

/// What the provider sends the browser back with: the parameters of the redirect URI.
#[derive(Default, Deserialize)]
pub struct Callback {
    pub state: Option<String>,
    pub code: Option<String>,
    /// The issuer (RFC 9207).
    pub iss: Option<String>,
    /// Why there is no code, such as `access_denied`.
    pub error: Option<String>,
}

impl Transaction {
    pub(crate) fn new(issuer: &str, client_id: &str, prompt: Prompt, now: i64) -> Result<Self, SignInError> {
        Ok(Self {
            issuer: issuer.to_owned(),
            client_id: client_id.to_owned(),
            state: random()?,
            nonce: random()?,
            verifier: random()?,
            prompt,
            started_at: now,
        })
    }

    /// The bytes to seal and keep.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(serde_json::to_vec(self).unwrap_or_default())
    }

    /// Reads what [`Transaction::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SignInError> {
        serde_json::from_slice(bytes).map_err(|_| SignInError::Transaction)
    }

    /// When the sign-in was started, in seconds of Unix time.
    #[must_use]
    pub const fn started_at(&self) -> i64 {
        self.started_at
    }

    /// The PKCE challenge of the verifier, by S256 (RFC 7636, 4.2).
    pub(crate) fn challenge(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, self.verifier.as_bytes()))
    }

    /// Whether it was started for this client and is not over.
    pub(crate) fn check(&self, issuer: &str, client_id: &str, now: i64) -> Result<(), SignInError> {
        if self.issuer != issuer || self.client_id != client_id {
            return Err(SignInError::Transaction);
        }
        let end = self.started_at.saturating_add(TRANSACTION_LIFETIME);
        if (self.started_at..end).contains(&now) { Ok(()) } else { Err(SignInError::Expired) }
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        for secret in [&mut self.state, &mut self.nonce, &mut self.verifier] {
            secret.zeroize();
        }
    }
}

/// Whether two secrets are the same, in a time that does not depend on where they differ.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

/// 256 random bits in the characters of a PKCE verifier.
fn random() -> Result<String, SignInError> {
    let mut bytes = Zeroizing::new([0; 32]);
    SystemRandom::new().fill(bytes.as_mut_slice()).map_err(|_| SignInError::NoRandomness)?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes.as_slice()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_transaction_has_secrets_of_its_own_and_is_read_as_written() {
        let one = Transaction::new("https://id", "app", Prompt::Login, 7).unwrap();
        let other = Transaction::new("https://id", "app", Prompt::Login, 7).unwrap();
        let secrets = [&one.state, &one.nonce, &one.verifier, &other.state, &other.nonce, &other.verifier];
        for (index, secret) in secrets.iter().enumerate() {
            assert_eq!(secret.len(), 43);
            assert!(!secrets[..index].contains(secret));
        }
        let read = Transaction::from_bytes(&one.to_bytes()).unwrap();
        assert_eq!(read.to_bytes(), one.to_bytes());
        assert_eq!(read.started_at(), 7);
        assert_eq!(Transaction::from_bytes(b"{}").err(), Some(SignInError::Transaction));
    }

    /// RFC 7636, appendix B.
    #[test]
    fn the_challenge_is_that_of_the_rfc() {
        let mut transaction = Transaction::new("https://id", "app", Prompt::Default, 0).unwrap();
        transaction.verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned();
        assert_eq!(transaction.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn a_transaction_is_for_one_client_and_10_minutes() {
        let transaction = Transaction::new("https://id", "app", Prompt::Default, 1000).unwrap();
        assert_eq!(transaction.check("https://id", "app", 1599), Ok(()));
        for now in [999, 1600] {
            assert_eq!(transaction.check("https://id", "app", now), Err(SignInError::Expired));
        }
        assert_eq!(transaction.check("https://id/", "app", 1000), Err(SignInError::Transaction));
        assert_eq!(transaction.check("https://id", "other", 1000), Err(SignInError::Transaction));
    }
}
