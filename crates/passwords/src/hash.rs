use std::fmt;

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version,
    password_hash::{
        Error,
        phc::{Output, ParamsString, PasswordHash, Salt},
    },
};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::{PasswordError, error::random};

/// Cost of a hash: OWASP's first choice for Argon2id (Password Storage Cheat Sheet).
const MEMORY_KIB: u32 = 19 * 1024;
const ITERATIONS: u32 = 2;
const LANES: u32 = 1;
/// Length of the output in bytes.
const OUTPUT: usize = 32;
/// Length of the salt in bytes, as the PHC string format recommends.
const SALT: usize = 16;

/// Hashes and verifies passwords by Argon2id, with a pepper that is not in the database.
pub struct PasswordHasher {
    pepper: Zeroizing<[u8; 32]>,
    params: Params,
    /// A hash that no password has, of the same cost as all others.
    dummy: PasswordHash,
}

impl PasswordHasher {
    /// Creates a hasher with this secret. A hash can be verified only with the pepper that made it.
    pub fn new(pepper: [u8; 32]) -> Result<Self, PasswordError> {
        let pepper = Zeroizing::new(pepper);
        let params =
            Params::new(MEMORY_KIB, ITERATIONS, LANES, Some(OUTPUT)).map_err(|_| PasswordError::NotHashed)?;
        let dummy = PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(&params).map_err(|_| PasswordError::NotHashed)?,
            salt: Some(Salt::new(&random::<SALT>()?).map_err(|_| PasswordError::NotHashed)?),
            hash: Some(Output::new(&random::<OUTPUT>()?).map_err(|_| PasswordError::NotHashed)?),
        };
        Ok(Self { pepper, params, dummy })
    }

    /// Hashes a password with a new salt. The result is a PHC string, which names the algorithm and its
    /// parameters.
    pub fn hash(&self, password: &str) -> Result<String, PasswordError> {
        let salt = random::<SALT>()?;
        let hash = self.argon2()?.hash_password_with_salt(normalized(password).as_bytes(), &salt);
        Ok(hash.map_err(|_| PasswordError::NotHashed)?.to_string())
    }

    /// Whether the password has this hash. Without a hash, for an account that does not exist or has no
    /// password, the answer is no after the same work.
    pub fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool, PasswordError> {
        let stored = match hash {
            Some(hash) => &PasswordHash::new(hash).map_err(|_| PasswordError::MalformedHash)?,
            None => &self.dummy,
        };
        if stored.salt.is_none() || stored.hash.is_none() {
            return Err(PasswordError::MalformedHash);
        }
        match self.argon2()?.verify_password(normalized(password).as_bytes(), stored) {
            Ok(()) => Ok(hash.is_some()),
            Err(Error::PasswordInvalid) => Ok(false),
            Err(Error::OutOfMemory) => Err(PasswordError::NotHashed),
            Err(_) => Err(PasswordError::MalformedHash),
        }
    }

    fn argon2(&self) -> Result<Argon2<'_>, PasswordError> {
        Argon2::new_with_secret(
            self.pepper.as_slice(),
            Algorithm::Argon2id,
            Version::V0x13,
            self.params.clone(),
        )
        .map_err(|_| PasswordError::NotHashed)
    }
}

impl fmt::Debug for PasswordHasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHasher([secret])")
    }
}

/// The password in Unicode's form KC: keyboards type the same character in different forms (NIST SP 800-63B,
/// 3.1.1.2).
fn normalized(password: &str) -> Zeroizing<String> {
    Zeroizing::new(password.nfkc().collect())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    const PASSWORD: &str = "five otters sail north";

    #[test]
    fn verifies_only_the_same_password_with_the_same_pepper() {
        let hasher = PasswordHasher::new([1; 32]).unwrap();
        let hash = hasher.hash(PASSWORD).unwrap();
        assert!(hasher.verify(PASSWORD, Some(&hash)).unwrap());
        for wrong in ["", "five otters sail North", "five otters sail north ", "five otters sail nort"] {
            assert!(!hasher.verify(wrong, Some(&hash)).unwrap(), "{wrong}");
        }
        assert!(!PasswordHasher::new([2; 32]).unwrap().verify(PASSWORD, Some(&hash)).unwrap());
        assert_eq!(format!("{hasher:?}"), "PasswordHasher([secret])");
    }

    #[test]
    fn hashes_name_their_cost_and_have_a_salt_of_their_own() {
        let hasher = PasswordHasher::new([1; 32]).unwrap();
        let (one, other) = (hasher.hash(PASSWORD).unwrap(), hasher.hash(PASSWORD).unwrap());
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert_ne!(one, other);
    }

    #[test]
    fn a_password_typed_in_another_unicode_form_is_the_same() {
        let hasher = PasswordHasher::new([1; 32]).unwrap();
        let hash = hasher.hash("caf\u{e9} otters sail north").unwrap();
        assert!(hasher.verify("cafe\u{301} otters sail north", Some(&hash)).unwrap());
    }

    /// Computed by the reference implementation in C, through argon2-cffi 25.1.0, with a secret of 32 bytes 1.
    #[test]
    fn hashes_are_those_of_the_reference_implementation() {
        let hash = "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$G+FHpB1lZEhMMMLbrn0A//lqmyY0bWhI/EbQzOEhu+A";
        assert!(PasswordHasher::new([1; 32]).unwrap().verify(PASSWORD, Some(hash)).unwrap());
    }

    #[test]
    fn a_malformed_hash_is_an_error_and_not_a_wrong_password() {
        let hasher = PasswordHasher::new([1; 32]).unwrap();
        for hash in [
            "",
            "x",
            "$2b$10$abc",
            "$argon2id$v=19$m=19456,t=2,p=1",
            "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg",
            "$scrypt$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$G+FHpB1lZEhMMMLbrn0A",
        ] {
            assert_eq!(hasher.verify(PASSWORD, Some(hash)), Err(PasswordError::MalformedHash), "{hash}");
        }
    }

    #[test]
    fn an_unknown_account_costs_as_much_as_a_known_one() {
        let hasher = PasswordHasher::new([1; 32]).unwrap();
        let hash = hasher.hash(PASSWORD).unwrap();
        let time = |hash| {
            let started = Instant::now();
            assert!(!hasher.verify("wrong", hash).unwrap());
            started.elapsed()
        };
        // In turn, and the shortest of each: other work on the machine only makes a measurement longer.
        let (mut known, mut unknown) = (Duration::MAX, Duration::MAX);
        for _ in 0..15 {
            known = known.min(time(Some(&hash)));
            unknown = unknown.min(time(None));
        }
        assert!(unknown * 2 > known && known * 2 > unknown, "{known:?} {unknown:?}");
    }
}
