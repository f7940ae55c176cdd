//! Writes a zone.

use crate::{
    Format, Sex, ZoneDate, check_digit,
    layout::{NameSpans, Span},
    letters::written,
};

/// The content of a zone to write.
#[derive(Clone, Copy, Debug)]
pub struct NewZone<'a> {
    pub format: Format,
    /// One or two letters. The caller must use a first letter that fits the format.
    pub document_code: &'a str,
    pub issuing_state: &'a str,
    /// Letters and digits; other characters are dropped. Excess characters are cut, except on cards, which
    /// have room for them in another field.
    pub number: &'a str,
    pub nationality: &'a str,
    pub birth: ZoneDate,
    pub sex: Sex,
    /// An unknown date means that the document does not expire.
    pub expiration: ZoneDate,
    /// The family name, in any script of Doc 9303-3.
    pub last_name: &'a str,
    pub first_name: &'a str,
    /// The first field of optional data.
    pub optional: &'a str,
}

impl NewZone<'_> {
    /// The lines of the zone, with their check digits.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let layout = self.format.layout();
        let length = self.format.line_length();
        let mut text = vec![b'<'; length * self.format.lines()];
        let mut put = |(from, to): Span, value: &str| {
            for (place, byte) in text.get_mut(from..to).unwrap_or_default().iter_mut().zip(value.bytes()) {
                *place = byte;
            }
        };
        put(layout.code, &plain(self.document_code));
        put(layout.issuing_state, &plain(self.issuing_state));
        let (last, first) = (written(self.last_name), written(self.first_name));
        match layout.names {
            NameSpans::Together(span) => put(span, &fitted(&last, &first, span.1 - span.0)),
            NameSpans::Apart { primary, secondary } => {
                put(primary, &last);
                put(secondary, &first.replace('<', "<<"));
            }
        }
        if let Some(span) = layout.nationality {
            put(span, &plain(self.nationality));
        }
        put((layout.sex, layout.sex + 1), &char::from(self.sex.to_zone()).to_string());
        let mut put_checked = |(from, to): Span, value: &str| {
            let padded = format!("{value:<<width$}", width = to - from);
            let field = padded.get(..to - from).unwrap_or_default();
            put((from, to + 1), &format!("{field}{}", check_digit(field)));
        };
        put_checked(layout.birth, &self.birth.to_string());
        if let Some(span) = layout.expiration {
            put_checked(span, &self.expiration.to_string());
        }
        let number = plain(self.number);
        let room = layout.number.1 - layout.number.0;
        let mut optional = plain(self.optional);
        match number.get(room..).filter(|more| layout.number_continues && !more.is_empty()) {
            None => put_checked(layout.number, &number),
            Some(more) => {
                optional = format!("{more}{}<{optional}", check_digit(&number));
                put((layout.number.0, layout.number.1 + 1), &format!("{}<", &number[..room]));
            }
        }
        if let Some(&(from, to)) = layout.optional.first() {
            put((from, to), &optional);
            if layout.optional_is_checked {
                let field = format!("{optional:<<width$}", width = to - from);
                let digit = check_digit(field.get(..to - from).unwrap_or_default());
                put((to, to + 1), &digit.to_string());
            }
        }
        if let Some((spans, digit)) = layout.composite {
            let text_now = String::from_utf8_lossy(&text).into_owned();
            let checked: String = spans.iter().filter_map(|(from, to)| text_now.get(*from..*to)).collect();
            if let Some(place) = text.get_mut(digit) {
                *place = b'0' + check_digit(&checked);
            }
        }
        text.chunks(length).map(|line| String::from_utf8_lossy(line).into_owned()).collect()
    }
}

fn plain(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|it| it.to_ascii_uppercase()).collect()
}

/// Fits both names into one field. The end is cut, but the first letter of the given names is kept.
fn fitted(last: &str, first: &str, room: usize) -> String {
    if first.is_empty() {
        return last.get(..room).unwrap_or(last).to_owned();
    }
    let last = last.get(..room.saturating_sub(3)).unwrap_or(last).trim_end_matches('<');
    let names = format!("{last}<<{first}");
    names.get(..room).unwrap_or(&names).to_owned()
}
