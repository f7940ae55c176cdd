//! Check digits, by ICAO Doc 9303-3, 4.9.

/// The filler character.
pub(crate) const FILLER: u8 = b'<';

/// Returns the check digit of a text, 0 to 9: the sum of the character values, weighted 7, 3, 1, modulo 10.
///
/// Digits have their own value, letters from 10 (A) to 35 (Z), the filler 0. Every other character also
/// counts as 0; callers reject those before.
#[must_use]
pub fn check_digit(text: &str) -> u8 {
    let value = |byte: u8| match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        b'A'..=b'Z' => u32::from(byte - b'A') + 10,
        _ => 0,
    };
    let weighted = text.bytes().zip([7, 3, 1].into_iter().cycle()).map(|(byte, weight)| value(byte) * weight);
    let sum = weighted.fold(0_u32, |sum, term| (sum + term) % 10);
    u8::try_from(sum).unwrap_or_default()
}

/// Whether a character is the check digit of a text.
pub(crate) fn is_right(text: &str, digit: u8) -> bool {
    digit == b'0' + check_digit(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_standard_have_the_published_digits() {
        for (text, digit) in [("520727", 3), ("AB2134<<<", 5), ("L898902C3", 6), ("740812", 2), ("", 0)] {
            assert_eq!(check_digit(text), digit, "{text}");
        }
        // Doc 9303-3, appendix A: the composite check digit of a passport.
        assert_eq!(check_digit("HA672242<658022549601086<<<<<<<<<<<<<<0"), 8);
    }
}
