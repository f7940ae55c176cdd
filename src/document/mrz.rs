//! Machine-readable zones, by ICAO 9303: two lines of a passport (TD3), three of a card (TD1). The crate `mrtd` reads
//! names, numbers and dates; which of the check digits is wrong it does not tell, so that is found out here.

use chrono::NaiveDate;
use entity::document::{
    Finding::{
        self, MrzBirthDateCheckDigit, MrzBirthDateInvalid, MrzCompositeCheckDigit, MrzExpirationCheckDigit,
        MrzExpirationInvalid, MrzNumberCheckDigit, MrzOptionalDataCheckDigit,
    },
    MrzStatus,
};
use mrtd::{Document, Gender};

/// What a zone says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    pub surnames: String,
    pub given_names: String,
    /// Whether the names may go on where the zone had no room for more.
    pub names_are_cut: bool,
    pub number: String,
    pub gender: Gender,
    /// Year without century, month and day, as six digits.
    pub birth: String,
    pub expiration: String,
    /// The day of expiration. Nobody's document has expired before 1969.
    pub expires_on: NaiveDate,
}

/// What became of reading a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub status: MrzStatus,
    pub findings: Vec<Finding>,
    /// What it says, if its form is good.
    pub zone: Option<Zone>,
}

/// Where the parts of a zone are, its lines one after the other.
struct Layout {
    number: (usize, usize),
    birth: usize,
    expiration: usize,
    /// From where to where, the check digit behind it.
    optional: Option<(usize, usize)>,
    composite: &'static [(usize, usize)],
    composite_digit: usize,
    names: (usize, usize),
}

const TD3: Layout = Layout {
    number: (44, 53),
    birth: 57,
    expiration: 65,
    optional: Some((72, 86)),
    composite: &[(44, 54), (57, 64), (65, 87)],
    composite_digit: 87,
    names: (5, 44),
};
const TD1: Layout = Layout {
    number: (5, 14),
    birth: 30,
    expiration: 38,
    optional: None,
    composite: &[(5, 30), (30, 37), (38, 45), (48, 59)],
    composite_digit: 59,
    names: (60, 90),
};

/// Reads the lines as they were read out of a document.
#[must_use]
pub fn read(lines: &[String]) -> Reading {
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        return Reading { status: MrzStatus::Absent, findings: Vec::new(), zone: None };
    }
    let lengths: Vec<usize> = lines.iter().map(|line| line.len()).collect();
    let layout = match lengths.as_slice() {
        [44, 44] => TD3,
        [30, 30, 30] => TD1,
        _ => return malformed(Vec::new()),
    };
    let text = lines.concat();
    if !text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'<') {
        return malformed(Vec::new());
    }
    let is_date = |at: usize| NaiveDate::parse_from_str(&text[at..at + 6], "%y%m%d").is_ok();
    let dates = [(layout.birth, MrzBirthDateInvalid), (layout.expiration, MrzExpirationInvalid)];
    let wrong: Vec<_> =
        dates.into_iter().filter(|(at, _)| !is_date(*at)).map(|(_, finding)| finding).collect();
    if !wrong.is_empty() {
        return malformed(wrong);
    }
    // Its own check of the digits asks the machine's clock nothing, but stops at the first.
    let Ok(document) = mrtd::parse_without_checks(&text) else { return malformed(Vec::new()) };
    let (surnames, given_names, gender, expires_on) = match document {
        Document::Passport(it) => (it.surnames, it.given_names, it.gender, it.expiry_date),
        Document::IdentityCard(it) => (it.surnames, it.given_names, it.gender, it.expiry_date),
    };
    let (number, number_is_right) = number(&text, &layout);
    let digit = |(from, to): (usize, usize)| is_right(&text[from..to], text.as_bytes()[to]);
    let mut findings = Vec::new();
    let mut find = |is_right: bool, finding| {
        if !is_right {
            findings.push(finding);
        }
    };
    find(number_is_right, MrzNumberCheckDigit);
    find(digit((layout.birth, layout.birth + 6)), MrzBirthDateCheckDigit);
    find(digit((layout.expiration, layout.expiration + 6)), MrzExpirationCheckDigit);
    if let Some((from, to)) = layout.optional {
        // Without data the digit may be left out.
        find(
            text[from..=to].bytes().all(|byte| byte == b'<') || digit((from, to)),
            MrzOptionalDataCheckDigit,
        );
    }
    let whole: String = layout.composite.iter().map(|(from, to)| &text[*from..*to]).collect();
    find(is_right(&whole, text.as_bytes()[layout.composite_digit]), MrzCompositeCheckDigit);

    let status = if findings.is_empty() { MrzStatus::Valid } else { MrzStatus::InvalidChecksum };
    let part = |at: usize| text[at..at + 6].to_owned();
    let zone = Zone {
        surnames: surnames.concat(),
        given_names: given_names.concat(),
        names_are_cut: !text[layout.names.0..layout.names.1].ends_with('<'),
        number,
        gender,
        birth: part(layout.birth),
        expiration: part(layout.expiration),
        expires_on,
    };
    Reading { status, findings, zone: Some(zone) }
}

const fn malformed(findings: Vec<Finding>) -> Reading {
    Reading { status: MrzStatus::Malformed, findings, zone: None }
}

/// The number and whether its check digit is right. That of a card may be longer than its room, and goes on in the
/// optional data, with the digit at its end.
fn number(text: &str, layout: &Layout) -> (String, bool) {
    let (from, to) = layout.number;
    let digit = text.as_bytes()[to];
    if layout.optional.is_some() || digit != b'<' {
        return (text[from..to].replace('<', ""), is_right(&text[from..to], digit));
    }
    let rest = text[to + 1..30].split('<').next().unwrap_or_default();
    let Some((more, digit)) = rest.split_at_checked(rest.len().saturating_sub(1)) else {
        return (text[from..to].replace('<', ""), false);
    };
    let number = format!("{}{more}", &text[from..to]);
    let is_right = digit.bytes().next().is_some_and(|digit| is_right(&number, digit));
    (number.replace('<', ""), is_right)
}

/// Whether a check digit is that of a text.
fn is_right(text: &str, digit: u8) -> bool {
    let value = |byte: u8| match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        b'A'..=b'Z' => u32::from(byte - b'A') + 10,
        _ => 0,
    };
    let sum: u32 =
        text.bytes().zip([7, 3, 1].into_iter().cycle()).map(|(byte, weight)| value(byte) * weight).sum();
    digit.is_ascii_digit() && u32::from(digit - b'0') == sum % 10
}

#[cfg(test)]
mod tests;
