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
mod tests {
    use super::*;

    /// The examples of ICAO 9303, parts 4 and 5.
    const PASSPORT: [&str; 2] =
        ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"];
    const CARD: [&str; 3] = [
        "I<UTOD231458907<<<<<<<<<<<<<<<",
        "7408122F1204159UTO<<<<<<<<<<<6",
        "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    ];

    fn lines(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|line| (*line).to_owned()).collect()
    }

    /// With one character replaced.
    fn changed(of: &[&str], line: usize, at: usize, by: char) -> Vec<String> {
        let mut lines = lines(of);
        lines[line].replace_range(at..=at, &by.to_string());
        lines
    }

    #[test]
    fn the_examples_of_the_standard_are_valid_and_say_what_they_say() {
        for (example, number) in [(&PASSPORT[..], "L898902C3"), (&CARD[..], "D23145890")] {
            let reading = read(&lines(example));
            assert_eq!((reading.status, reading.findings), (MrzStatus::Valid, vec![]), "{example:?}");
            let zone = reading.zone.unwrap();
            assert_eq!(zone.surnames, "ERIKSSON");
            assert_eq!(zone.given_names, "ANNAMARIA");
            assert_eq!((zone.number.as_str(), zone.gender), (number, Gender::Female));
            assert_eq!((zone.birth.as_str(), zone.expiration.as_str()), ("740812", "120415"));
            assert_eq!(zone.expires_on, NaiveDate::from_ymd_opt(2012, 4, 15).unwrap());
            assert!(!zone.names_are_cut);
        }
    }

    #[test]
    fn each_check_digit_is_told_apart() {
        for (line, at, by, expected) in [
            (1, 9, '7', vec![MrzNumberCheckDigit, MrzCompositeCheckDigit]),
            (1, 19, '3', vec![MrzBirthDateCheckDigit, MrzCompositeCheckDigit]),
            (1, 27, '0', vec![MrzExpirationCheckDigit, MrzCompositeCheckDigit]),
            (1, 42, '2', vec![MrzOptionalDataCheckDigit, MrzCompositeCheckDigit]),
            (1, 43, '1', vec![MrzCompositeCheckDigit]),
        ] {
            let reading = read(&changed(&PASSPORT, line, at, by));
            assert_eq!((reading.status, reading.findings), (MrzStatus::InvalidChecksum, expected), "at {at}");
        }
        for (line, at, by, expected) in [
            (0, 14, '8', vec![MrzNumberCheckDigit, MrzCompositeCheckDigit]),
            (1, 6, '3', vec![MrzBirthDateCheckDigit, MrzCompositeCheckDigit]),
            (1, 14, '0', vec![MrzExpirationCheckDigit, MrzCompositeCheckDigit]),
            (1, 29, '7', vec![MrzCompositeCheckDigit]),
        ] {
            let reading = read(&changed(&CARD, line, at, by));
            assert_eq!((reading.status, reading.findings), (MrzStatus::InvalidChecksum, expected), "at {at}");
        }
    }

    /// With any one character of the checked line replaced by any other.
    #[test]
    fn a_zone_is_valid_exactly_where_the_library_finds_all_digits_right() {
        let letters = ['0', '1', '5', '9', 'A', 'K', 'Z', '<'];
        let mut seen = [0; 2];
        for (example, line) in [(&PASSPORT[..], 1), (&CARD[..], 0), (&CARD[..], 1)] {
            for at in 0..example[line].len() {
                for by in letters {
                    let lines = changed(example, line, at, by);
                    let reading = read(&lines);
                    // A card's number can go on: the library does not know that.
                    if example.len() == 3 && line == 0 && at == 14 && by == '<' {
                        continue;
                    }
                    let is_valid = mrtd::parse(&lines.concat()).is_ok();
                    assert_eq!(reading.status == MrzStatus::Valid, is_valid, "{lines:?}: {reading:?}");
                    seen[usize::from(is_valid)] += 1;
                }
            }
        }
        assert!(seen.iter().all(|cases| *cases > 20), "{seen:?}");
    }

    #[test]
    fn a_number_of_a_card_that_is_longer_than_its_room_goes_on() {
        // Of the standard's part 5: the number D23145890734, its check digit 9.
        let long = ["I<UTOD23145890<7349<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", CARD[2]];
        let reading = read(&lines(&long));
        assert_eq!(reading.zone.unwrap().number, "D23145890734");
        assert!(!reading.findings.contains(&MrzNumberCheckDigit), "{:?}", reading.findings);
        for rest in ["<<<<<<<<<<<<<<<<", "<8<<<<<<<<<<<<<<", "<7348<<<<<<<<<<<"] {
            let line = format!("I<UTOD23145890{rest}");
            let reading = read(&lines(&[&line, CARD[1], CARD[2]]));
            assert!(reading.findings.contains(&MrzNumberCheckDigit), "{line}");
        }
    }

    #[test]
    fn other_forms_are_malformed_and_none_is_absent() {
        let absent = [vec![], lines(&["", " "])];
        for lines in absent {
            assert_eq!(read(&lines).status, MrzStatus::Absent);
        }
        let documented =
            ["P<USAJOHN<<DOE<<<<<<<<<<<<<<<<<<<<<<<<<<", "X12345678USA900101M3007155DOE<<<<<<<<<<"];
        for wrong in [
            lines(&documented),
            lines(&PASSPORT[..1]),
            lines(&CARD[..2]),
            lines(&[CARD.concat().as_str()]),
            changed(&PASSPORT, 0, 7, 'r'),
            changed(&PASSPORT, 0, 0, 'X'),
            vec!["ü".repeat(22), "ü".repeat(22)],
        ] {
            let reading = read(&wrong);
            assert_eq!((reading.status, reading.zone), (MrzStatus::Malformed, None), "{wrong:?}");
            assert!(reading.findings.is_empty());
        }
    }

    #[test]
    fn dates_that_are_none_are_told_apart() {
        assert_eq!(read(&changed(&PASSPORT, 1, 15, '9')).findings, [MrzBirthDateInvalid]);
        assert_eq!(read(&changed(&PASSPORT, 1, 23, '9')).findings, [MrzExpirationInvalid]);
        let both = changed(&PASSPORT, 1, 15, '9');
        let both = changed(&[both[0].as_str(), both[1].as_str()], 1, 23, '<');
        let reading = read(&both);
        assert_eq!(reading.status, MrzStatus::Malformed);
        assert_eq!(reading.findings, [MrzBirthDateInvalid, MrzExpirationInvalid]);
    }
}
