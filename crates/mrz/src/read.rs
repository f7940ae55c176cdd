//! Reads the lines of a zone.

use std::fmt;

use crate::{
    CheckDigit, Checked, Field, Format, InvalidForm, Names, Sex, Zone, ZoneDate,
    check_digit::{FILLER, is_right},
    layout::{Layout, NameSpans, Span},
    number::{self, is_number, judged},
};

/// The number and lengths of the lines match no format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownFormat;

impl fmt::Display for UnknownFormat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a zone must have 3 lines of 30 characters, or 2 of 36 or 44")
    }
}

impl std::error::Error for UnknownFormat {}

/// Reads a zone, each field independently. White space around a line and empty lines are ignored.
///
/// # Errors
///
/// [`UnknownFormat`]
pub fn read<L: AsRef<str>>(lines: &[L]) -> Result<Zone, UnknownFormat> {
    let lines = lines_of(lines);
    let text = text_of(&lines);
    let format = format_of(&lines, &text).ok_or(UnknownFormat)?;
    Ok(Reader { text: &text, format, layout: format.layout() }.zone())
}

/// The lines without white space around them, and without empty ones.
pub(crate) fn lines_of<L: AsRef<str>>(lines: &[L]) -> Vec<&str> {
    lines.iter().map(|line| line.as_ref().trim()).filter(|line| !line.is_empty()).collect()
}

/// The lines as one text, with one byte per character, so that positions are those of the standard. Characters that no
/// zone has become one that no field accepts.
pub(crate) fn text_of(lines: &[&str]) -> String {
    let characters = lines.iter().flat_map(|line| line.chars());
    characters.map(|it| if it.is_ascii_graphic() { it } else { '?' }).collect()
}

/// The format with this number and these lengths of lines.
pub(crate) fn format_of(lines: &[&str], text: &str) -> Option<Format> {
    let lengths: Vec<usize> = lines.iter().map(|line| line.chars().count()).collect();
    let is_visa = text.starts_with('V');
    match lengths.as_slice() {
        [30, 30, 30] => Some(Format::Td1),
        [36, 36] if text.starts_with("IDFRA") => Some(Format::FrenchIdCard),
        [36, 36] if is_visa => Some(Format::MrvB),
        [36, 36] => Some(Format::Td2),
        [44, 44] if is_visa => Some(Format::MrvA),
        [44, 44] => Some(Format::Td3),
        _ => None,
    }
}

struct Reader<'a> {
    text: &'a str,
    format: Format,
    layout: &'static Layout,
}

impl Reader<'_> {
    fn zone(&self) -> Zone {
        let layout = self.layout;
        let optional = layout.optional.first().map(|span| self.at(*span));
        let number = number::read(
            self.at(layout.number),
            self.byte(layout.number.1),
            optional.filter(|_| layout.number_continues),
            self.at(layout.issuing_state),
        );
        Zone {
            format: self.format,
            document_code: self.document_code(),
            issuing_state: self.state(layout.issuing_state),
            names: match layout.names {
                NameSpans::Together(span) => Names::together(self.at(span)),
                NameSpans::Apart { primary, secondary } => Names::apart(self.at(primary), self.at(secondary)),
            },
            number: number.number,
            nationality: layout.nationality.map(|span| self.state(span)),
            birth: self.date(layout.birth),
            sex: Sex::from_zone(self.byte(layout.sex)).ok_or(InvalidForm),
            expiration: layout.expiration.map(|span| self.date(span)),
            optional: self.optional(number.taken),
            composite: self.composite(),
        }
    }

    fn at(&self, (from, to): Span) -> &str {
        self.text.get(from..to).unwrap_or_default()
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(FILLER)
    }

    /// Passports begin with P. Cards begin with A, C or I by the standard, and with other letters in some
    /// states.
    fn document_code(&self) -> Field<String> {
        let code = letters(self.at(self.layout.code)).ok_or(InvalidForm)?;
        let is_passport = self.format == Format::Td3;
        if is_passport && !code.starts_with('P') { Err(InvalidForm) } else { Ok(code) }
    }

    fn state(&self, span: Span) -> Field<String> {
        letters(self.at(span)).ok_or(InvalidForm)
    }

    fn date(&self, span: Span) -> Checked<ZoneDate> {
        let (text, digit) = (self.at(span), self.byte(span.1));
        let date = ZoneDate::parse(text);
        let digit = if is_number(text) {
            judged(date.is_some_and(ZoneDate::is_unknown), text, digit)
        } else {
            CheckDigit::NotJudged
        };
        Checked { value: date.ok_or(InvalidForm), digit }
    }

    fn optional(&self, taken: usize) -> Checked<Vec<String>> {
        let mut fields: Vec<&str> = self.layout.optional.iter().map(|span| self.at(*span)).collect();
        let digit = match self.layout.optional.first() {
            Some(span) if self.layout.optional_is_checked && is_number(self.at(*span)) => {
                let field = self.at(*span);
                judged(field.bytes().all(|byte| byte == FILLER), field, self.byte(span.1))
            }
            _ => CheckDigit::NotJudged,
        };
        if !fields.iter().all(|field| is_number(field)) {
            return Checked { value: Err(InvalidForm), digit };
        }
        if let Some(first) = fields.first_mut().filter(|_| taken > 0) {
            *first = first.get(taken..).unwrap_or_default().trim_start_matches('<');
        }
        let value = fields.into_iter().map(|field| field.trim_end_matches('<').to_owned()).collect();
        Checked { value: Ok(value), digit }
    }

    fn composite(&self) -> CheckDigit {
        let Some((spans, digit)) = self.layout.composite else { return CheckDigit::NotJudged };
        let checked: String = spans.iter().map(|span| self.at(*span)).collect();
        match is_number(&checked) {
            false => CheckDigit::NotJudged,
            true if is_right(&checked, self.byte(digit)) => CheckDigit::Right,
            true => CheckDigit::Wrong,
        }
    }
}

/// The letters before trailing fillers, if there is at least one.
fn letters(text: &str) -> Option<String> {
    let letters = text.trim_end_matches('<');
    let is_valid = !letters.is_empty() && letters.bytes().all(|byte| byte.is_ascii_uppercase());
    is_valid.then(|| letters.to_owned())
}
