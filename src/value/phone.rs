//! Telephone numbers.

mod lengths;

use lengths::LENGTHS;

/// How to write a telephone number, for error messages.
pub const FORM: &str =
    "write a whole telephone number with its country code and without spaces, as E.164 does: +41791234567";

/// Whether a text is a telephone number as E.164 writes it that its country could assign: `+`, a country calling code
/// that is in use, and as many digits as numbers of that country have. Whether it is assigned is not asked: numbering
/// plans open new prefixes all the time.
#[must_use]
pub fn is_possible(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('+') else { return false };
    if !(3..=15).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    // No calling code is the beginning of another.
    (1..=3).any(|length| {
        let (code, number) = digits.split_at(length);
        let code = code.parse().ok().filter(|_| !code.starts_with('0'));
        let lengths = code.and_then(|code| LENGTHS.binary_search_by_key(&code, |(code, _)| *code).ok());
        lengths.is_some_and(|index| LENGTHS[index].1.contains(&number.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_as_many_digits_as_its_country_gives() {
        for text in [
            "+41791234567",
            "+12014825099",
            "+33612345678",
            "+8613912345678",
            "+442079460000",
            "+4930123456",
            "+88213123456",
            "+80012345678",
            "+376312345",
            "+3726654321",
        ] {
            assert!(is_possible(text), "{text}");
        }
        for text in [
            "",
            "+",
            "+41",
            "+4",
            "+417912345678",
            "+4179123456",
            "0791234567",
            "41791234567",
            "+0791234567",
            "+41 79 123 45 67",
            "+41-791234567",
            "+1201482509",
            "+120148250999",
            "+999123456789",
            "+2101234567",
            "＋41791234567",
            "+٤١٧٩١٢٣٤٥٦٧",
            "+41791234567 ",
            "+1234567890123456",
        ] {
            assert!(!is_possible(text), "{text}");
        }
    }

    #[test]
    fn benin_has_numbers_of_eight_and_of_ten_digits() {
        assert!(is_possible("+22997123456") && is_possible("+2290165111110"));
        assert!(!is_possible("+2299712345") && !is_possible("+229971234567"));
    }

    #[test]
    fn a_prefix_that_nobody_has_yet_is_possible() {
        // Of the right length, and assigned to nobody.
        for text in ["+41001234567", "+33099999999", "+12000000000"] {
            assert!(is_possible(text), "{text}");
        }
    }

    #[test]
    fn the_table_is_sorted_and_no_code_begins_another() {
        assert!(LENGTHS.len() > 200);
        assert!(LENGTHS.is_sorted_by(|one, other| one.0 < other.0));
        for (code, lengths) in LENGTHS {
            assert!(!lengths.is_empty(), "{code}");
            let text = code.to_string();
            let others = LENGTHS.iter().filter(|(other, _)| other != code);
            assert!(!others.into_iter().any(|(other, _)| other.to_string().starts_with(&text)), "{code}");
        }
    }
}
