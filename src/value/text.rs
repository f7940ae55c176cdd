//! Names and labels.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark, is_nfc};

/// Normalizes a text to Unicode form C, in which texts that look and mean the same are equal.
#[must_use]
pub fn normalized(text: String) -> String {
    if is_nfc(&text) { text } else { text.nfc().collect() }
}

/// Whether a text in form C is a valid name: 1 to `most` characters, no control characters or line breaks,
/// and at least one visible character.
#[must_use]
pub fn is_name(text: &str, most: usize) -> bool {
    let breaks = |sign: char| sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}');
    text.chars().count() <= most
        && !text.chars().any(breaks)
        && text.chars().any(|sign| !is_invisible(sign) && !is_combining_mark(sign))
}

/// Whether a character alone is invisible: spaces, Unicode's `Default_Ignorable_Code_Point`, and the blank
/// Braille pattern.
#[must_use]
pub fn is_invisible(sign: char) -> bool {
    sign.is_whitespace()
        || sign.is_control()
        || matches!(
            sign,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
                | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
                | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_every_script_are_accepted() {
        for name in [
            "Ada",
            "李小龙",
            "محمد",
            "دکتر\u{200c}زاده",
            "Þórunn",
            "O’Brien-García",
            "O'Neil",
            "X",
            "José María",
            "ณัฐพงศ์",
            "ශ්‍රී",
            "\u{200f}שרה",
            "d'Arc",
            "Nguyễn",
            "\u{1f600}",
            "-",
            "3rd",
            "ﷺ",
        ] {
            assert!(is_name(&normalized(name.to_owned()), 255), "{name:?}");
        }
    }

    #[test]
    fn an_unreadable_name_is_rejected() {
        for text in [
            "",
            " ",
            "\u{a0}",
            "\u{3000}\t",
            "\u{200b}",
            "\u{200b}\u{200d} \u{feff}",
            "\u{3164}",
            "\u{2800}",
            "\u{ad}",
            "\u{e0041}",
            "\u{301}",
            "a\0b",
            "a\nb",
            "a\tb",
            "\u{7f}a",
            "\u{85}a",
            "a\u{2028}b",
            "\u{1b}[31mAda",
        ] {
            assert!(!is_name(&normalized(text.to_owned()), 255), "{text:?}");
        }
    }

    #[test]
    fn length_counts_characters_of_the_composed_form() {
        let decomposed = "e\u{301}";
        assert_eq!(normalized(decomposed.to_owned()), "é");
        assert!(is_name(&normalized(decomposed.repeat(255)), 255));
        assert!(!is_name(&normalized(decomposed.repeat(256)), 255));
        assert!(is_name(&"න".repeat(255), 255));
        assert!(!is_name(&"න".repeat(256), 255));
    }
}
