//! The functions of the cryptographic library that this crate uses.

use ring::{
    aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey},
    hmac,
    rand::{SecureRandom, SystemRandom},
};

use crate::SealError;

/// Length in bytes of the ChaCha20-Poly1305 tag.
pub(crate) const TAG: usize = 16;

/// Random bytes from the operating system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], SealError> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| SealError::NoRandomness)?;
    Ok(bytes)
}

/// A key of HMAC-SHA256.
#[derive(Clone)]
pub(crate) struct MacKey(hmac::Key);

impl MacKey {
    pub(crate) fn new(bytes: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, bytes))
    }

    /// The authentication code of these parts, concatenated.
    pub(crate) fn sign(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.0);
        for part in parts {
            context.update(part);
        }
        let mut code = [0; 32];
        code.copy_from_slice(context.sign().as_ref());
        code
    }
}

/// Encrypts a value in place with ChaCha20-Poly1305 and returns its tag. `None` if it is too long.
pub(crate) fn encrypt(key: &[u8; 32], nonce: [u8; 12], data: &[u8], value: &mut [u8]) -> Option<[u8; TAG]> {
    let (key, nonce) = (aead_key(key)?, Nonce::assume_unique_for_key(nonce));
    let tag = key.seal_in_place_separate_tag(nonce, Aad::from(data), value).ok()?;
    tag.as_ref().try_into().ok()
}

/// Decrypts a value that is followed by its tag in place, and returns the length of the value. `None` if the
/// tag does not match.
pub(crate) fn decrypt(key: &[u8; 32], nonce: [u8; 12], data: &[u8], value: &mut [u8]) -> Option<usize> {
    let (key, nonce) = (aead_key(key)?, Nonce::assume_unique_for_key(nonce));
    Some(key.open_in_place(nonce, Aad::from(data), value).ok()?.len())
}

fn aead_key(key: &[u8; 32]) -> Option<LessSafeKey> {
    UnboundKey::new(&CHACHA20_POLY1305, key).ok().map(LessSafeKey::new)
}
