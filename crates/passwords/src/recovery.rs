use std::fmt;

use zeroize::Zeroize;

use crate::{PasswordError, error::random};

/// Number of recovery codes of an account.
pub const RECOVERY_CODES: usize = 10;

/// Length of a code in bytes: 80 bits.
const BYTES: usize = 10;
/// Length of a code in characters of five bits.
const CHARACTERS: usize = BYTES * 8 / 5;
/// Crockford's base32: without I, L, O, U, so that no two characters look alike.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A code that replaces a lost authenticator once. It has 80 random bits, so a fast keyed hash is enough to
/// store it.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode([u8; BYTES]);

impl RecoveryCode {
    /// Generates the codes of an account.
    pub fn generate() -> Result<[Self; RECOVERY_CODES], PasswordError> {
        let mut codes = [const { Self([0; BYTES]) }; RECOVERY_CODES];
        for code in &mut codes {
            code.0 = random()?;
        }
        Ok(codes)
    }

    /// Reads a code as a person types it: in either case, with or without hyphens and spaces, with O for 0 and
    /// I or L for 1. `None` if it is not a code.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut value: u128 = 0;
        let mut length = 0;
        for character in text.chars().filter(|&character| character != '-' && !character.is_whitespace()) {
            let symbol = match character.to_ascii_uppercase() {
                'O' => b'0',
                'I' | 'L' => b'1',
                other => u8::try_from(other).ok()?,
            };
            let digit = ALPHABET.iter().position(|&known| known == symbol)?;
            length += 1;
            if length > CHARACTERS {
                return None;
            }
            value = value << 5 | u128::try_from(digit).ok()?;
        }
        if length < CHARACTERS {
            return None;
        }
        let bytes = value.to_be_bytes();
        Some(Self(bytes[bytes.len() - BYTES..].try_into().ok()?))
    }

    /// The bytes to hash and store.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; BYTES] {
        &self.0
    }

    /// The code as it is shown: four groups of four characters with hyphens between them.
    #[must_use]
    pub fn text(&self) -> String {
        let value = self.0.iter().fold(0_u128, |value, &byte| value << 8 | u128::from(byte));
        let mut text = String::with_capacity(CHARACTERS + 3);
        for index in 0..CHARACTERS {
            if index > 0 && index % 4 == 0 {
                text.push('-');
            }
            let digit = (value >> (5 * (CHARACTERS - 1 - index))) & 31;
            text.push(char::from(ALPHABET[usize::try_from(digit).unwrap_or_default()]));
        }
        text
    }
}

impl Drop for RecoveryCode {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode([secret])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_different_and_read_as_they_are_shown() {
        let codes = RecoveryCode::generate().unwrap();
        for (index, code) in codes.iter().enumerate() {
            let text = code.text();
            assert_eq!(text.len(), 19, "{text}");
            assert_eq!(text.split('-').map(str::len).collect::<Vec<_>>(), [4; 4]);
            assert_eq!(RecoveryCode::parse(&text).as_ref(), Some(code));
            assert!(codes[..index].iter().all(|other| other != code));
        }
    }

    #[test]
    fn each_bit_is_in_the_text() {
        assert_eq!(RecoveryCode([0; BYTES]).text(), "0000-0000-0000-0000");
        assert_eq!(RecoveryCode([255; BYTES]).text(), "ZZZZ-ZZZZ-ZZZZ-ZZZZ");
        for bit in 0..80 {
            let mut code = RecoveryCode([0; BYTES]);
            code.0[bit / 8] = 128 >> (bit % 8);
            assert_eq!(RecoveryCode::parse(&code.text()), Some(code));
        }
    }

    #[test]
    fn reads_a_code_as_people_type_it() {
        let code = RecoveryCode::parse("0123-4567-89AB-CDEF").unwrap();
        for text in ["0123456789ABCDEF", "oI23 4567 89ab cdef", " O L 2 3-4567-89ab-cdef\n"] {
            assert_eq!(RecoveryCode::parse(text).as_ref(), Some(&code), "{text}");
        }
    }

    #[test]
    fn rejects_what_is_not_a_code() {
        for text in [
            "",
            "0123-4567-89AB-CDE",
            "0123-4567-89AB-CDEF0",
            "0123-4567-89AB-CDEU",
            "0123-4567-89AB-CDEÉ",
            "İ",
        ] {
            assert!(RecoveryCode::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_code_is_not_shown_in_logs() {
        assert_eq!(format!("{:?}", RecoveryCode([1; BYTES])), "RecoveryCode([secret])");
    }
}
