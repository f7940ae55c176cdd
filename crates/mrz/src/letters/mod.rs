//! Spellings of letters in a zone: the transliteration tables of Doc 9303-3, section 6, and further spellings
//! that states use for some letters.

mod arabic;
mod cyrillic;
mod latin;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The spellings of a letter, the recommended one first. An empty spelling means that the letter may be
/// omitted.
pub(crate) type Spellings = &'static [&'static str];

/// A letter of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Letter {
    /// A letter with these spellings.
    Spelled(Spellings),
    /// The same, of a script that omits short vowels and doubled letters.
    Consonant(Spellings),
    /// A letter of a script without a table in the standard: it matches any letters.
    Any,
}

/// The words of a text: its letters and digits, separated by all other characters.
///
/// Letters are composed first, so that `u` with a combining diaeresis is `ü`. Marks without a composed letter
/// and invisible characters are dropped.
pub(crate) fn words(text: &str) -> Vec<Vec<Letter>> {
    let mut words = vec![Vec::new()];
    let upper: String = text.nfkc().flat_map(upper).collect();
    for letter in upper.nfc().filter(|letter| !is_ignored(*letter)) {
        match spell(letter) {
            Some(letter) => words.last_mut().map(|word: &mut Vec<_>| word.push(letter)).unwrap_or_default(),
            None => words.push(Vec::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn upper(letter: char) -> impl Iterator<Item = char> {
    // The table has the capital letter, whereas the usual upper case is two letters.
    if letter == 'ß' { 'ẞ'.to_uppercase() } else { letter.to_uppercase() }
}

fn is_ignored(letter: char) -> bool {
    let is_invisible =
        matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{640}');
    is_invisible || letter.is_control() || is_combining_mark(letter)
}

/// The spellings of a letter; `None` if the character is not a letter.
fn spell(letter: char) -> Option<Letter> {
    if let Some(spellings) =
        latin::plain(letter).or_else(|| latin::spell(letter)).or_else(|| cyrillic::spell(letter))
    {
        return Some(Letter::Spelled(spellings));
    }
    if let Some(spellings) = arabic::spell(letter) {
        return Some(Letter::Consonant(spellings));
    }
    if is_apostrophe(letter) || !letter.is_alphanumeric() {
        return None;
    }
    // A letter with marks that is in no table is spelled like the letter without them.
    let base = std::iter::once(letter).nfd().next().filter(|base| *base != letter);
    Some(base.and_then(spell).unwrap_or(Letter::Any))
}

/// Apostrophes that Unicode counts as letters.
const fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\u{2b9}'..='\u{2bf}' | '\u{2c8}' | '\u{2ca}' | '\u{2cb}' | '\u{2ee}')
}

/// A text as written in a zone: the recommended spelling of each letter, with words separated by fillers. A
/// hyphen separates words, an apostrophe does not. Letters without a spelling are dropped.
pub(crate) fn written(text: &str) -> String {
    let without: String =
        text.nfc().filter(|it| !matches!(it, '\'' | '’' | '‘' | '`') && !is_apostrophe(*it)).collect();
    let spelled = |letter: &Letter| match letter {
        Letter::Spelled(spellings) | Letter::Consonant(spellings) => {
            spellings.first().copied().unwrap_or_default()
        }
        Letter::Any => "",
    };
    let words = words(&without).into_iter().map(|word| word.iter().map(spelled).collect::<String>());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("<")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recommended_spellings_are_written() {
        for (text, expected) in [
            ("Ævarsdóttir", "AEVARSDOTTIR"),
            ("Þuríður Ösp", "THURIDUR<OESP"),
            ("O’Neill-Sørensen", "ONEILL<SOERENSEN"),
            ("Weiß", "WEISS"),
            ("WEIẞ", "WEISS"),
            ("Mu\u{308}ller", "MUELLER"),
            ("İnci ıŞIK", "INCI<ISIK"),
            ("ĳsselmeer Œuvre", "IJSSELMEER<OEUVRE"),
            ("Ķirsis Ģirts", "KIRSIS<GIRTS"),
            ("Nguyễn Thị Ánh", "NGUYEN<THI<ANH"),
            ("Щербаков Юлий", "SHCHERBAKOV<IULII"),
            ("Ђорђевић", "DORDEVIC"),
            ("ﬁlip ＡＮＮＡ", "FILIP<ANNA"),
            ("Anna\u{200b}Maria", "ANNAMARIA"),
            ("بدر", "BDR"),
            ("王", ""),
            ("- .", ""),
        ] {
            assert_eq!(written(text), expected, "{text}");
        }
    }

    #[test]
    fn every_letter_of_the_latin_blocks_has_a_transliteration() {
        let letters = ('À'..='\u{17f}').chain('\u{1e00}'..='\u{1eff}').filter(|it| it.is_alphabetic());
        for letter in letters {
            let words = words(&letter.to_string()).concat();
            assert!(!words.is_empty() && !words.contains(&Letter::Any), "{letter}");
        }
    }

    #[test]
    fn every_transliteration_has_mrz_letters_only() {
        let all = ('\u{c0}'..='\u{24f}').chain('\u{400}'..='\u{52f}').chain('\u{600}'..='\u{6ff}');
        for letter in all.filter_map(spell) {
            if let Letter::Spelled(spellings) | Letter::Consonant(spellings) = letter {
                assert!(!spellings.is_empty());
                assert!(spellings.concat().bytes().all(|byte| byte.is_ascii_alphanumeric()), "{spellings:?}");
            }
        }
    }
}
