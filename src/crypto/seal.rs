use chacha20::{R20, hchacha};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::provider;
use crate::{Error, Result};

/// The form of what is sealed, its first byte: XChaCha20-Poly1305 under a nonce of 24 random bytes that stands before the
/// ciphertext.
const FORM: u8 = 1;
const NONCE: usize = 24;
const TAG: usize = 16;
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
pub struct DataKey(Zeroizing<[u8; 32]>);

impl DataKey {
    /// A new key and its bytes, to be wrapped.
    pub(super) fn new() -> Result<(Self, [u8; 32])> {
        let bytes = random()?;
        Ok((Self::of(&bytes), bytes))
    }

    pub(super) fn of(bytes: &[u8; 32]) -> Self {
        Self(Zeroizing::new(*bytes))
    }

    /// Seals a value for its place.
    ///
    /// # Errors
    ///
    /// When the operating system has no randomness to give.
    pub fn seal(&self, place: Place<'_>, value: &[u8]) -> Result<Vec<u8>> {
        let nonce: [u8; NONCE] = random()?;
        let mut sealed = Vec::with_capacity(1 + NONCE + value.len() + TAG);
        sealed.push(FORM);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(value);
        let (key, short) = self.of_nonce(&nonce)?;
        let tag = key.seal_in_place_separate_tag(short, Aad::from(place.bytes()), &mut sealed[1 + NONCE..]);
        let tag = tag.map_err(|_| Error::Fault("a value is too long to be sealed"))?;
        sealed.extend_from_slice(tag.as_ref());
        Ok(sealed)
    }

    /// Opens what was sealed for a place.
    ///
    /// # Errors
    ///
    /// When it was sealed with another key or for another place, or changed since.
    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>> {
        let Some((&FORM, rest)) = sealed.split_first() else { return Err(BROKEN) };
        let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or(BROKEN)?;
        let (key, short) = self.of_nonce(nonce)?;
        let mut value = sealed.to_vec();
        let length =
            key.open_in_place(short, Aad::from(place.bytes()), &mut value).map_err(|_| BROKEN)?.len();
        value.truncate(length);
        Ok(value)
    }

    /// XChaCha20-Poly1305 is ChaCha20-Poly1305 with a key that derives from the first 16 bytes of the nonce, and the rest of
    /// it as its own (draft-irtf-cfrg-xchacha, section 2.3).
    fn of_nonce(&self, nonce: &[u8; NONCE]) -> Result<(LessSafeKey, Nonce)> {
        let (first, rest) = nonce.split_at(16);
        let first: [u8; 16] = first.try_into().map_err(|_| BROKEN)?;
        let derived = Zeroizing::new(<[u8; 32]>::from(hchacha::<R20>((&*self.0).into(), (&first).into())));
        let key = UnboundKey::new(&CHACHA20_POLY1305, &*derived).map_err(|_| BROKEN)?;
        let mut short = [0; 12];
        short[4..].copy_from_slice(rest);
        Ok((LessSafeKey::new(key), Nonce::assume_unique_for_key(short)))
    }
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey([secret])")
    }
}

fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    provider::fill(&mut bytes).map_err(|_| Error::Fault("the operating system gives no randomness"))?;
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

    /// Against another implementation of the whole of it.
    #[test]
    fn values_are_sealed_by_xchacha20_poly1305() -> Result<()> {
        use chacha20poly1305::{
            KeyInit, XChaCha20Poly1305,
            aead::{Aead, Payload},
        };
        let (key, bytes) = DataKey::new()?;
        for length in [0, 1, 63, 64, 65, 10_000] {
            let value = vec![7; length];
            let sealed = key.seal(PLACE, &value)?;
            let (nonce, rest) = sealed[1..].split_first_chunk::<NONCE>().ok_or(BROKEN)?;
            let theirs = XChaCha20Poly1305::new(&bytes.into());
            let opened = theirs.decrypt(nonce.into(), Payload { msg: rest, aad: &PLACE.bytes() });
            assert_eq!(opened.ok(), Some(value), "{length}");
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
