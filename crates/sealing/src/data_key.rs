use chacha20::{R20, hchacha};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{
    SealError,
    primitives::{TAG, decrypt, encrypt, random},
};

/// The format of a sealed value, its first byte: XChaCha20-Poly1305 with a nonce of 24 random bytes that
/// precedes the ciphertext.
const FORMAT: u8 = 1;
const NONCE: usize = 24;

/// The location of a stored value. It is authenticated together with the value, so that the value cannot be
/// decrypted anywhere else.
#[derive(Clone, Copy, Debug)]
pub struct AssociatedData<'a> {
    /// The owner of the row, such as a tenant.
    pub scope: Uuid,
    /// Must not contain a NUL.
    pub table: &'a str,
    /// Must not contain a NUL.
    pub column: &'a str,
    pub row: Uuid,
}

impl AssociatedData<'_> {
    fn bytes(self) -> Vec<u8> {
        let Self { scope, table, column, row } = self;
        // Names of tables and columns have no NUL, so different locations have different bytes.
        [scope.as_bytes(), table.as_bytes(), b"\0", column.as_bytes(), b"\0", row.as_bytes()].concat()
    }
}

/// A 32-byte key that seals and opens values. Overwritten when dropped.
#[derive(Clone)]
pub struct DataKey(Zeroizing<[u8; 32]>);

impl DataKey {
    /// A new random key.
    ///
    /// # Errors
    ///
    /// [`SealError::NoRandomness`].
    pub fn generate() -> Result<Self, SealError> {
        Ok(Self(Zeroizing::new(random()?)))
    }

    /// Creates a key from these bytes, which must be secret and random.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Seals a value for its location.
    ///
    /// # Errors
    ///
    /// [`SealError::NoRandomness`] or [`SealError::TooLong`].
    pub fn seal(&self, place: AssociatedData<'_>, value: &[u8]) -> Result<Vec<u8>, SealError> {
        let nonce: [u8; NONCE] = random()?;
        let mut sealed = Vec::with_capacity(1 + NONCE + value.len() + TAG);
        sealed.push(FORMAT);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(value);
        let (key, short) = self.of_nonce(nonce);
        let tag = encrypt(&key, short, &place.bytes(), &mut sealed[1 + NONCE..]);
        sealed.extend_from_slice(&tag.ok_or(SealError::TooLong)?);
        Ok(sealed)
    }

    /// Opens a value that was sealed for a location.
    ///
    /// # Errors
    ///
    /// [`SealError::Broken`] if the value was sealed with another key or for another location, or was
    /// changed.
    pub fn open(&self, place: AssociatedData<'_>, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let Some((&FORMAT, rest)) = sealed.split_first() else { return Err(SealError::Broken) };
        let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or(SealError::Broken)?;
        let (key, short) = self.of_nonce(*nonce);
        let mut value = sealed.to_vec();
        let length = decrypt(&key, short, &place.bytes(), &mut value).ok_or(SealError::Broken)?;
        value.truncate(length);
        Ok(value)
    }

    /// Seals another key for its location.
    ///
    /// # Errors
    ///
    /// As [`DataKey::seal`].
    pub fn wrap_key(&self, place: AssociatedData<'_>, key: &Self) -> Result<Vec<u8>, SealError> {
        self.seal(place, &*key.0)
    }

    /// Opens a key that was wrapped for a location.
    ///
    /// # Errors
    ///
    /// As [`DataKey::open`]; [`SealError::NotAKey`] if the value does not have the length of a key.
    pub fn unwrap_key(&self, place: AssociatedData<'_>, wrapped: &[u8]) -> Result<Self, SealError> {
        let bytes = Zeroizing::new(self.open(place, wrapped)?);
        bytes.as_slice().try_into().map(Self::from_bytes).map_err(|_| SealError::NotAKey)
    }

    /// XChaCha20-Poly1305 is ChaCha20-Poly1305 with a key derived from the first 16 bytes of the nonce, and
    /// the rest of the nonce as its own (draft-irtf-cfrg-xchacha, section 2.3).
    fn of_nonce(&self, nonce: [u8; NONCE]) -> (Zeroizing<[u8; 32]>, [u8; 12]) {
        let (mut first, mut short) = ([0; 16], [0; 12]);
        first.copy_from_slice(&nonce[..16]);
        short[4..].copy_from_slice(&nonce[16..]);
        let derived = hchacha::<R20>((&*self.0).into(), (&first).into());
        (Zeroizing::new(derived.into()), short)
    }
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey([secret])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: AssociatedData<'_> = AssociatedData {
        scope: Uuid::from_u128(1),
        table: "users",
        column: "personal",
        row: Uuid::from_u128(2),
    };

    #[test]
    fn a_sealed_value_opens_only_with_its_key_and_associated_data() -> Result<(), SealError> {
        let (key, other) = (DataKey::generate()?, DataKey::generate()?);
        let sealed = key.seal(PLACE, b"Ada")?;
        assert_eq!(key.open(PLACE, &sealed)?, b"Ada");
        assert!(other.open(PLACE, &sealed).is_err());
        for place in [
            AssociatedData { scope: Uuid::from_u128(9), ..PLACE },
            AssociatedData { row: Uuid::from_u128(9), ..PLACE },
            AssociatedData { table: "user", column: "spersonal", ..PLACE },
            AssociatedData { column: "other", ..PLACE },
        ] {
            assert!(key.open(place, &sealed).is_err(), "{place:?}");
        }
        Ok(())
    }

    #[test]
    fn a_modified_value_does_not_open() -> Result<(), SealError> {
        let key = DataKey::generate()?;
        let sealed = key.seal(PLACE, b"Ada")?;
        for index in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[index] ^= 1;
            assert!(key.open(PLACE, &changed).is_err(), "byte {index}");
            assert!(key.open(PLACE, &sealed[..index]).is_err(), "cut at {index}");
        }
        Ok(())
    }

    /// Compares with a complete other implementation.
    #[test]
    fn values_are_sealed_by_xchacha20_poly1305() -> Result<(), SealError> {
        use chacha20poly1305::{
            KeyInit, XChaCha20Poly1305,
            aead::{Aead, Payload},
        };
        let key = DataKey::generate()?;
        for length in [0, 1, 63, 64, 65, 10_000] {
            let value = vec![7; length];
            let sealed = key.seal(PLACE, &value)?;
            let (nonce, rest) = sealed[1..].split_first_chunk::<NONCE>().ok_or(SealError::Broken)?;
            let theirs = XChaCha20Poly1305::new(&(*key.0).into());
            let opened = theirs.decrypt(nonce.into(), Payload { msg: rest, aad: &PLACE.bytes() });
            assert_eq!(opened.ok(), Some(value), "{length}");
        }
        Ok(())
    }

    #[test]
    fn sealing_the_same_value_twice_gives_different_ciphertexts() -> Result<(), SealError> {
        let key = DataKey::generate()?;
        assert_ne!(key.seal(PLACE, b"Ada")?, key.seal(PLACE, b"Ada")?);
        Ok(())
    }

    #[test]
    fn a_wrapped_key_is_bound_to_its_associated_data() -> Result<(), SealError> {
        let (outer, inner) = (DataKey::generate()?, DataKey::generate()?);
        let wrapped = outer.wrap_key(PLACE, &inner)?;
        let sealed = inner.seal(PLACE, b"Ada")?;
        assert_eq!(outer.unwrap_key(PLACE, &wrapped)?.open(PLACE, &sealed)?, b"Ada");
        let elsewhere = AssociatedData { column: "other", ..PLACE };
        assert_eq!(outer.unwrap_key(elsewhere, &wrapped).err(), Some(SealError::Broken));
        let short = outer.seal(PLACE, b"not a key")?;
        assert_eq!(outer.unwrap_key(PLACE, &short).err(), Some(SealError::NotAKey));
        Ok(())
    }
}
