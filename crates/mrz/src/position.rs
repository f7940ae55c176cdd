//! Where the fields of a zone are in its lines, with the check digits that were read and those that are due.

use crate::{
    Format, UnknownFormat, ZoneDate, check_digit,
    check_digit::FILLER,
    layout::{Layout, Span},
    number::is_number,
    read::{format_of, lines_of, text_of},
};

/// A field of a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldName {
    Number,
    Nationality,
    BirthDate,
    Sex,
    ExpirationDate,
    OptionalData,
    /// The check digit over several fields.
    Composite,
}

/// A check digit: the character in the zone, and the one that belongs there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digits {
    pub read: char,
    pub due: char,
}

/// Where a field is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    pub name: FieldName,
    /// Index of the line, from 0.
    pub line: usize,
    /// Index of the first character in the line, from 0.
    pub from: usize,
    /// Index after the last character.
    pub to: usize,
    /// The characters, with fillers. A number that continues in the optional data is given whole.
    pub read: String,
    /// `None` if the field has no check digit, or characters without a value.
    pub digits: Option<Digits>,
}

/// What is wrong with the form of a zone that has no known format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormProblem {
    /// The characters of each line.
    pub lengths: Vec<usize>,
    /// The number of lines of the format that is nearest.
    pub expected_lines: usize,
    /// The characters of a line of the format that is nearest.
    pub expected_length: usize,
}

/// Returns where each field is. White space around a line and empty lines are ignored.
///
/// # Errors
///
/// [`UnknownFormat`]; [`form_problem`] says why.
pub fn positions<L: AsRef<str>>(lines: &[L]) -> Result<Vec<Position>, UnknownFormat> {
    let lines = lines_of(lines);
    let text = text_of(&lines);
    let format = format_of(&lines, &text).ok_or(UnknownFormat)?;
    let layout = format.layout();
    let zone = Positions { text: &text, format };
    let mut found = vec![zone.number(layout)];
    found.extend(layout.nationality.map(|span| zone.plain(FieldName::Nationality, span)));
    found.push(zone.date(FieldName::BirthDate, layout.birth));
    found.push(zone.plain(FieldName::Sex, (layout.sex, layout.sex + 1)));
    found.extend(layout.expiration.map(|span| zone.date(FieldName::ExpirationDate, span)));
    for span in layout.optional {
        let mut field = zone.plain(FieldName::OptionalData, *span);
        if layout.optional_is_checked {
            let is_empty = field.read.bytes().all(|byte| byte == FILLER);
            field.digits = zone.digits(&field.read, span.1, is_empty);
        }
        found.push(field);
    }
    if let Some((spans, digit)) = layout.composite {
        let checked: String = spans.iter().map(|span| zone.at(*span)).collect();
        let digits = zone.digits(&checked, digit, false);
        found.push(Position { digits, ..zone.plain(FieldName::Composite, (digit, digit + 1)) });
    }
    Ok(found)
}

/// Returns what is wrong with the number and lengths of the lines. `None` if they are those of a format.
#[must_use]
pub fn form_problem<L: AsRef<str>>(lines: &[L]) -> Option<FormProblem> {
    let lines = lines_of(lines);
    let text = text_of(&lines);
    if format_of(&lines, &text).is_some() {
        return None;
    }
    let lengths: Vec<usize> = lines.iter().map(|line| line.chars().count()).collect();
    // Between passports and larger cards the nearer length decides. Passports begin with P.
    let first = lengths.first().copied().unwrap_or_default();
    let is_long = first * 2 > Format::Td2.line_length() + Format::Td3.line_length();
    let nearest = match lines.len() {
        3 => Format::Td1,
        _ if is_long || text.starts_with('P') => Format::Td3,
        _ => Format::Td2,
    };
    let (expected_lines, expected_length) = (nearest.lines(), nearest.line_length());
    Some(FormProblem { lengths, expected_lines, expected_length })
}

struct Positions<'a> {
    text: &'a str,
    format: Format,
}

impl Positions<'_> {
    fn at(&self, (from, to): Span) -> &str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// A field without a check digit.
    fn plain(&self, name: FieldName, span: Span) -> Position {
        let length = self.format.line_length();
        let (line, from) = (span.0 / length, span.0 % length);
        let to = from + span.1 - span.0;
        Position { name, line, from, to, read: self.at(span).to_owned(), digits: None }
    }

    /// The check digit at a place, over a text. That of an empty field may be a filler.
    fn digits(&self, field: &str, at: usize, is_empty: bool) -> Option<Digits> {
        let read = self.text.as_bytes().get(at).copied().unwrap_or(FILLER);
        let due = if is_empty && read == FILLER { '<' } else { due(field) };
        is_number(field).then_some(Digits { read: char::from(read), due })
    }

    fn date(&self, name: FieldName, span: Span) -> Position {
        let field = self.plain(name, span);
        let is_unknown = ZoneDate::parse(&field.read).is_some_and(ZoneDate::is_unknown);
        Position { digits: self.digits(&field.read, span.1, is_unknown), ..field }
    }

    /// The number, whose rest and check digit are in the optional data if it is longer than its field.
    fn number(&self, layout: &Layout) -> Position {
        let field = self.plain(FieldName::Number, layout.number);
        let is_empty = field.read.bytes().all(|byte| byte == FILLER);
        let short = self.digits(&field.read, layout.number.1, is_empty);
        let continues = layout.number_continues && short.is_some_and(|digits| digits.read == '<');
        let optional = layout.optional.first().filter(|_| continues).map(|span| self.at(*span));
        let rest = optional.and_then(|text| text.split('<').next()).filter(|rest| !rest.is_empty());
        let Some((more, digit)) = rest.and_then(|rest| rest.split_at_checked(rest.len() - 1)) else {
            return Position { digits: short, ..field };
        };
        let whole = format!("{}{more}", field.read);
        let read = digit.chars().next().unwrap_or('<');
        // On some of its cards, Belgium has included the filler between the two parts in the check digit.
        let belgian = due(&format!("{}<{more}", field.read));
        let is_belgian = self.at(layout.issuing_state) == "BEL" && read == belgian;
        let due = if is_belgian { belgian } else { due(&whole) };
        let digits = is_number(&whole).then_some(Digits { read, due });
        Position { read: whole, digits, ..field }
    }
}

fn due(field: &str) -> char {
    char::from(b'0' + check_digit(field))
}
