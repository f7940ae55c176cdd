//! Calendar dates.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, de::Error};

/// The expected format, for error messages.
pub const FORM: &str = "write a date as year, month and day: 2030-07-15";

/// Parses `YYYY-MM-DD`: four, two and two ASCII digits, a day of the proleptic
/// Gregorian calendar in the years 1 to 9999.
#[must_use]
pub fn parse(text: &str) -> Option<NaiveDate> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return None };
    from_digits(&[*y1, *y2, *y3, *y4], &[*m1, *m2], &[*d1, *d2])
}

/// Parses `DD/MM/YYYY`, the form of the user verification API, by the same rules.
#[must_use]
pub fn parse_slashed(text: &str) -> Option<NaiveDate> {
    let [d1, d2, b'/', m1, m2, b'/', y1, y2, y3, y4] = text.as_bytes() else { return None };
    from_digits(&[*y1, *y2, *y3, *y4], &[*m1, *m2], &[*d1, *d2])
}

/// Whether a date can be written as `YYYY-MM-DD`: its year is 1 to 9999.
#[must_use]
pub fn is_writable(date: NaiveDate) -> bool {
    (1..=9999).contains(&date.year())
}

/// Deserializes an optional date in the format of [`parse`], for `#[serde(deserialize_with)]`.
///
/// # Errors
///
/// If the value is not a string in that format.
pub fn deserialize_option<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
    let Some(text) = Option::<String>::deserialize(from)? else { return Ok(None) };
    parse(&text).map(Some).ok_or_else(|| D::Error::custom(format!("`{text}` is not a date: {FORM}")))
}

fn from_digits(year: &[u8], month: &[u8], day: &[u8]) -> Option<NaiveDate> {
    let number = |digits: &[u8]| {
        digits
            .iter()
            .try_fold(0_u32, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(*digit - b'0')))
    };
    let year = i32::try_from(number(year)?).ok()?;
    NaiveDate::from_ymd_opt(year, number(month)?, number(day)?).filter(|date| is_writable(*date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_a_real_day_in_exactly_ten_characters() {
        for (text, day) in [
            ("1990-02-03", (1990, 2, 3)),
            ("0001-01-01", (1, 1, 1)),
            ("9999-12-31", (9999, 12, 31)),
            ("2024-02-29", (2024, 2, 29)),
        ] {
            assert_eq!(parse(text), NaiveDate::from_ymd_opt(day.0, day.1, day.2), "{text}");
        }
        for text in [
            "",
            "90-02-03",
            "1990-2-3",
            "+1990-02-03",
            "-001-02-03",
            "0000-01-01",
            "10000-01-01",
            " 1990-02-03",
            "1990-02-03 ",
            "1990- 2-03",
            "1990-02-30",
            "2023-02-29",
            "1990-13-01",
            "1990-00-10",
            "1990-10-00",
            "1990/02/03",
            "03/02/1990",
            "19900203",
            "1990-02-03T00:00:00Z",
            "１９９０-02-03",
            "1990-02-0٣",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_slashed_form_has_the_day_first() {
        assert_eq!(parse_slashed("31/12/2030"), NaiveDate::from_ymd_opt(2030, 12, 31));
        for text in ["1/2/1990", "01/02/90", "12/31/2030", "2030-12-31", "01/01/0000", " 1/02/1990"] {
            assert_eq!(parse_slashed(text), None, "{text}");
        }
    }
}
