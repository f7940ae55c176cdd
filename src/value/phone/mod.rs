//! Telephone numbers.

mod lengths;

use lengths::LENGTHS;

/// The expected format, for error messages.
pub const FORM: &str = "write a complete telephone number with `+` and its country code, such as \
    +41791234567 or +41 79 123 45 67";

/// Maximum characters of a number with separators: 15 digits, and as many groups as people write.
const LENGTH: usize = 40;

/// Parses a telephone number into E.164 form: `+` and digits, in which numbers are stored and compared.
///
/// Accepts the visual separators of RFC 3966 and spaces between digits. Returns `None` if the number is
/// impossible: its country calling code must be in use, and its length must be possible for that code.
/// Whether the number is assigned is not checked, because numbering plans open new prefixes all the time.
#[must_use]
pub fn parse(text: &str) -> Option<String> {
    let number = without_separators(text)?;
    is_possible(&number).then_some(number)
}

/// Normalizes to E.164 form if possible; returns other texts unchanged.
#[must_use]
pub fn normalized(text: String) -> String {
    parse(&text).unwrap_or(text)
}

/// Whether a text is a possible number in E.164 form.
#[must_use]
pub fn is_possible(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('+') else { return false };
    if !(3..=15).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    // No calling code is a prefix of another.
    (1..=3).any(|length| {
        let (code, number) = digits.split_at(length);
        let code = code.parse().ok().filter(|_| !code.starts_with('0'));
        let lengths = code.and_then(|code| LENGTHS.binary_search_by_key(&code, |(code, _)| *code).ok());
        lengths.is_some_and(|index| LENGTHS[index].1.contains(&number.len()))
    })
}

fn without_separators(text: &str) -> Option<String> {
    let rest = text.strip_prefix('+')?;
    // `+41 (0)79 …` has a trunk prefix that is not dialled with the country code. In countries with several
    // number lengths, its digit would count as part of the number.
    if text.chars().count() > LENGTH
        || !rest.ends_with(|last: char| last.is_ascii_digit())
        || rest.contains("(0)")
    {
        return None;
    }
    let mut number = String::from("+");
    let mut is_in_parentheses = false;
    for sign in rest.chars() {
        match sign {
            '0'..='9' => number.push(sign),
            // Number formatters write non-breaking spaces.
            ' ' | '\u{a0}' | '\u{202f}' | '-' | '\u{2010}' | '\u{2011}' | '.' => {}
            '(' if !is_in_parentheses => is_in_parentheses = true,
            ')' if is_in_parentheses => is_in_parentheses = false,
            _ => return None,
        }
    }
    (!is_in_parentheses).then_some(number)
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
    fn separators_between_digits_are_left_out() {
        for text in [
            "+41791234567",
            "+41 79 123 45 67",
            "+41-79-123-45-67",
            "+41.79.123.45.67",
            "+41 (79) 123 45 67",
            "+(41) 79 123-45.67",
            "+41\u{a0}79\u{202f}123\u{2011}45\u{2010}67",
        ] {
            assert_eq!(parse(text).as_deref(), Some("+41791234567"), "{text:?}");
        }
        for text in [
            "0791234567",
            "079 123 45 67",
            "41 79 123 45 67",
            "0041791234567",
            " +41791234567",
            "+41791234567 ",
            "+41 (0)79 123 45 67",
            "+49 (0)30 123456",
            "+41 (79 123 45 67",
            "+41 79) 123 45 67",
            "+41 ((79)) 123 45 67",
            "+41/791234567",
            "+41,791234567",
            "+41\t791234567",
            "+41\u{200b}791234567",
            "+41 79 123 45 67 ext. 8",
            "+41 79 123 45",
        ] {
            assert_eq!(parse(text), None, "{text:?}");
        }
        assert_eq!(parse(&format!("+{}41791234567", " ".repeat(40))), None);
    }

    #[test]
    fn a_text_that_is_no_number_is_not_changed() {
        for text in ["", "0791234567", "+41 7"] {
            assert_eq!(normalized(text.to_owned()), text);
        }
    }

    #[test]
    fn benin_has_numbers_of_eight_and_of_ten_digits() {
        assert!(is_possible("+22997123456") && is_possible("+2290165111110"));
        assert!(!is_possible("+2299712345") && !is_possible("+229971234567"));
    }

    #[test]
    fn an_unassigned_prefix_is_accepted() {
        // Of the right length, but unassigned.
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
