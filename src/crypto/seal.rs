use aws_lc_rs::rand;
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use uuid::Uuid;

use crate::{Error, Result};

/// The form of what is sealed, its first byte: XChaCha20-Poly1305 under a nonce of 24 random bytes that stands before the
/// ciphertext.
const FORM: u8 = 1;
const NONCE: usize = 24;
const BROKEN: Error = Error::Fault("what was sealed cannot be opened: the key is another, or it was changed");

/// Where a value is kept. It is sealed together with it, so that it opens nowhere else.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub project: Uuid,
    pub table: &'a str,
    pub column: &'a str,
    pub row: Uuid,
}

impl Place<'_> {
    fn bytes(self) -> Vec<u8> {
        let Self { project, table, column, row } = self;
        // Names of tables and columns have no NUL, so no two places read alike.
        [project.as_bytes(), table.as_bytes(), b"\0", column.as_bytes(), b"\0", row.as_bytes()].concat()
    }
}

/// 32 bytes that seal and open. Wiped from memory when dropped.
#[derive(Clone)]
pub struct DataKey(XChaCha20Poly1305);

impl DataKey {
    /// A new key and its bytes, to be wrapped.
    pub(super) fn new() -> Result<(Self, [u8; 32])> {
        let bytes = random()?;
        Ok((Self::of(&bytes), bytes))
    }

    pub(super) fn of(bytes: &[u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(bytes.into()))
    }

    /// Seals a value for its place.
    ///
    /// # Errors
    ///
    /// When the operating system has no randomness to give.
    pub fn seal(&self, place: Place<'_>, value: &[u8]) -> Result<Vec<u8>> {
        let nonce: [u8; NONCE] = random()?;
        let payload = Payload { msg: value, aad: &place.bytes() };
        let sealed = self.0.encrypt((&nonce).into(), payload);
        let sealed = sealed.map_err(|_| Error::Fault("a value is too long to be sealed"))?;
        Ok([&[FORM], &nonce[..], &sealed].concat())
    }

    /// Opens what was sealed for a place.
    ///
    /// # Errors
    ///
    /// When it was sealed with another key or for another place, or changed since.
    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>> {
        let Some((&FORM, rest)) = sealed.split_first() else { return Err(BROKEN) };
        let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or(BROKEN)?;
        self.0.decrypt(nonce.into(), Payload { msg: sealed, aad: &place.bytes() }).map_err(|_| BROKEN)
    }
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey([secret])")
    }
}

fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    rand::fill(&mut bytes).map_err(|_| Error::Fault("the operating system gives no randomness"))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place<'_> =
        Place { project: Uuid::from_u128(1), table: "users", column: "personal", row: Uuid::from_u128(2) };

    #[test]
    fn what_is_sealed_opens_with_its_key_at_its_place_only() -> Result<()> {
        let ((key, _), (other, _)) = (DataKey::new()?, DataKey::new()?);
        let sealed = key.seal(PLACE, b"Ada")?;
        assert_eq!(key.open(PLACE, &sealed)?, b"Ada");
        assert!(other.open(PLACE, &sealed).is_err());
        for place in [
            Place { project: Uuid::from_u128(9), ..PLACE },
            Place { row: Uuid::from_u128(9), ..PLACE },
            Place { table: "user", column: "spersonal", ..PLACE },
            Place { column: "other", ..PLACE },
        ] {
            assert!(key.open(place, &sealed).is_err(), "{place:?}");
        }
        Ok(())
    }

    #[test]
    fn what_was_changed_does_not_open() -> Result<()> {
        let (key, _) = DataKey::new()?;
        let sealed = key.seal(PLACE, b"Ada")?;
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert!(key.open(PLACE, &changed).is_err(), "byte {place}");
            assert!(key.open(PLACE, &sealed[..place]).is_err(), "cut at {place}");
        }
        Ok(())
    }

    #[test]
    fn the_same_value_is_never_sealed_alike() -> Result<()> {
        let (key, _) = DataKey::new()?;
        assert_ne!(key.seal(PLACE, b"Ada")?, key.seal(PLACE, b"Ada")?);
        Ok(())
    }
}
