//! The document number, which on cards may be longer than its field (Doc 9303-5, 4.2.2, note j).

use crate::{
    CheckDigit, Checked, InvalidForm,
    check_digit::{FILLER, is_right},
    letters::Letter,
};

/// The number, and the length in bytes of its part in the optional data.
pub(crate) struct ReadNumber {
    pub number: Checked<String>,
    pub taken: usize,
}

/// Reads a number, the character after it, and the optional data in which a long one continues.
pub(crate) fn read(field: &str, digit: u8, optional: Option<&str>, issuing_state: &str) -> ReadNumber {
    let plain =
        |value: Result<String, InvalidForm>, digit| ReadNumber { number: Checked { value, digit }, taken: 0 };
    if !is_number(field) {
        return plain(Err(InvalidForm), CheckDigit::NotJudged);
    }
    let value = field.replace('<', "");
    let rest =
        optional.filter(|_| digit == FILLER).map(|optional| optional.split('<').next().unwrap_or_default());
    let Some(rest) = rest.filter(|rest| !rest.is_empty()) else {
        return plain(Ok(value.clone()), judged(value.is_empty(), field, digit));
    };
    if !is_number(rest) {
        return plain(Err(InvalidForm), CheckDigit::NotJudged);
    }
    let (more, digit) = rest.split_at(rest.len() - 1);
    let digit = digit.bytes().next().unwrap_or(FILLER);
    // On some of its cards, Belgium has included the filler between the two parts in the check digit.
    let is_right = is_right(&format!("{field}{more}"), digit)
        || (issuing_state == "BEL" && is_right(&format!("{field}<{more}"), digit));
    let digit = if is_right { CheckDigit::Right } else { CheckDigit::Wrong };
    ReadNumber { number: Checked { value: Ok(value + more), digit }, taken: rest.len() }
}

/// Checks the digit of a field. An empty field may have a filler instead.
pub(crate) fn judged(is_empty: bool, field: &str, digit: u8) -> CheckDigit {
    if (is_empty && digit == FILLER) || is_right(field, digit) {
        CheckDigit::Right
    } else {
        CheckDigit::Wrong
    }
}

/// Whether a text has only the characters of a zone's number.
pub(crate) fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == FILLER)
}

/// Whether a text, as printed on a document, is the number of a zone: only letters and digits count, in any
/// case. Letters with several spellings match any of them.
#[must_use]
pub fn same_number(text: &str, number: &str) -> bool {
    let letters = crate::letters::words(text).concat();
    let mut rests = vec![number];
    for letter in &letters {
        rests = match letter {
            // A letter without a spelling cannot contradict the rest.
            Letter::Any => return true,
            Letter::Spelled(spellings) | Letter::Consonant(spellings) => {
                let next = |rest: &&str| -> Vec<_> {
                    spellings
                        .iter()
                        .filter_map(|spelling| rest.strip_prefix(spelling))
                        .map(str::len)
                        .collect()
                };
                let mut lengths: Vec<usize> = rests.iter().flat_map(next).collect();
                lengths.sort_unstable();
                lengths.dedup();
                lengths.into_iter().map(|length| &number[number.len() - length..]).collect()
            }
        };
    }
    rests.iter().any(|rest| rest.is_empty())
}
