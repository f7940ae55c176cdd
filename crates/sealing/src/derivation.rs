use std::fmt;

use base64::{Engine, prelude::BASE64_STANDARD};
use zeroize::Zeroizing;

use crate::{
    KeyFileError, SealError,
    primitives::{MacKey, random},
};

/// 32 random bytes that keys and keyed hashes are derived from.
#[derive(Clone)]
pub struct DerivationKey(MacKey);

impl DerivationKey {
    /// Reads a key as base64, with or without white space around it.
    ///
    /// # Errors
    ///
    /// [`KeyFileError::Malformed`].
    pub fn parse(text: &str) -> Result<Self, KeyFileError> {
        let bytes = BASE64_STANDARD.decode(text.trim()).map(Zeroizing::new);
        let bytes = bytes.map_err(|_| KeyFileError::Malformed)?;
        let bytes = bytes.as_slice().try_into().map_err(|_| KeyFileError::Malformed)?;
        Ok(Self(MacKey::new(bytes)))
    }

    /// Generates a new key in the form that [`DerivationKey::parse`] reads.
    ///
    /// # Errors
    ///
    /// [`SealError::NoRandomness`].
    pub(crate) fn generate_text() -> Result<Zeroizing<String>, SealError> {
        let bytes = Zeroizing::new(random::<32>()?);
        Ok(Zeroizing::new(BASE64_STANDARD.encode(bytes.as_slice())))
    }

    /// One block of HMAC-SHA256 over a purpose and its input: a pseudo-random function, like the expand step
    /// of HKDF. The purpose must not contain a NUL, so that different pairs of purpose and input give
    /// different texts.
    #[must_use]
    pub fn derive(&self, purpose: &str, input: &[u8]) -> [u8; 32] {
        self.0.sign(&[purpose.as_bytes(), &[0], input])
    }

    /// Distinguishes this key from others without revealing anything about it.
    #[must_use]
    pub fn fingerprint(&self) -> [u8; 32] {
        self.derive("fingerprint", &[])
    }
}

/// The name of the key with this fingerprint: its first eight bytes in hexadecimal.
#[must_use]
pub fn key_name(fingerprint: &[u8]) -> String {
    fingerprint.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

impl fmt::Debug for DerivationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DerivationKey([secret])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI=";

    #[test]
    fn accepts_only_32_bytes_in_base64() {
        assert!(DerivationKey::parse(&format!(" {TEXT}\n")).is_ok());
        for text in ["", "QkJC", &TEXT[1..], &format!("{TEXT}QkJC"), &BASE64_STANDARD.encode([1; 33])] {
            assert!(matches!(DerivationKey::parse(text), Err(KeyFileError::Malformed)), "{text}");
        }
    }

    #[test]
    fn derives_one_value_for_each_key_purpose_and_input() {
        let key = DerivationKey::parse(TEXT).unwrap();
        let other = DerivationKey::parse(&BASE64_STANDARD.encode([1; 32])).unwrap();
        assert_eq!(key.derive("a", b"b"), DerivationKey::parse(TEXT).unwrap().derive("a", b"b"));
        for another in
            [key.derive("a", b"c"), key.derive("ab", b""), key.derive("", b"ab"), other.derive("a", b"b")]
        {
            assert_ne!(key.derive("a", b"b"), another);
        }
        assert_eq!(key_name(&key.fingerprint()).len(), 16);
        assert_eq!(format!("{key:?}"), "DerivationKey([secret])");
    }

    /// Computed by `printf 'a\0b' | openssl dgst -sha256 -mac HMAC -macopt hexkey:4242…42`.
    #[test]
    fn derives_by_hmac_sha256() {
        let derived = DerivationKey::parse(TEXT).unwrap().derive("a", b"b");
        assert_eq!(
            derived.iter().map(|byte| format!("{byte:02x}")).collect::<String>(),
            "9facaf82ccf016a6aeea64294ddcc3f306bd9b09d0bcd344095464483aeb5877"
        );
    }
}
