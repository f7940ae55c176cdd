//! Dates of a zone: two digits of a year, a month and a day, each of which may be unknown (Doc 9303-3, 4.8).

use std::fmt;

/// Maximum distance in years of a date of expiration from today.
const EXPIRATION_WINDOW: i32 = 50;

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: i32,
    month: u8,
    day: u8,
}

impl Day {
    /// Returns a day; `None` if the calendar has no such day.
    #[must_use]
    pub const fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        if month < 1 || month > 12 || day < 1 || day > days_of(year, month) {
            return None;
        }
        Some(Self { year, month, day })
    }

    #[must_use]
    pub const fn year(self) -> i32 {
        self.year
    }

    /// 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// 1 to 31.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }
}

const fn days_of(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A date of a zone: without a century, and with unknown parts written as fillers (`7408<<`, `<<<<<<`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ZoneDate {
    /// The last two digits of the year.
    pub year: Option<u8>,
    pub month: Option<u8>,
    pub day: Option<u8>,
}

impl ZoneDate {
    /// Parses six characters; `None` if they are not a date in any century.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 6 {
            return None;
        }
        let (year, month, day) = (part(text, 0).ok()?, part(text, 2).ok()?, part(text, 4).ok()?);
        // The most permissive of the possible years: 2000 is a leap year.
        let any_year = 2000 + year.map_or(0, i32::from);
        Day::new(any_year, month.unwrap_or(1), day.unwrap_or(1))?;
        Some(Self { year, month, day })
    }

    /// Whether all parts are unknown.
    #[must_use]
    pub const fn is_unknown(self) -> bool {
        self.year.is_none() && self.month.is_none() && self.day.is_none()
    }

    /// Whether a known part differs from the same part of a day. Unknown parts and the century contradict
    /// nothing.
    #[must_use]
    pub fn contradicts(self, day: Day) -> bool {
        let year = u8::try_from(day.year.rem_euclid(100)).unwrap_or_default();
        let differs = |part: Option<u8>, of_day: u8| part.is_some_and(|part| part != of_day);
        differs(self.year, year) || differs(self.month, day.month) || differs(self.day, day.day)
    }

    /// The day as a date of birth: the latest one that is not after today. `None` if a part is unknown.
    #[must_use]
    pub fn birth(self, today: Day) -> Option<Day> {
        let (year, month, day) = (i32::from(self.year?), self.month?, self.day?);
        let century = today.year.div_euclid(100) * 100;
        let candidates = [century, century - 100].map(|century| Day::new(century + year, month, day));
        candidates.into_iter().flatten().find(|day| *day <= today)
    }

    /// The day as a date of expiration: in the century that brings it nearest to today, at most 50 years
    /// away. If the day or the month is unknown, the latest possible day; `None` if the year is unknown.
    #[must_use]
    pub fn expiration(self, today: Day) -> Option<Day> {
        let year = i32::from(self.year?);
        let first = today.year - EXPIRATION_WINDOW + 1;
        let year = first + (year - first).rem_euclid(100);
        let month = self.month.unwrap_or(12);
        Day::new(year, month, self.day.unwrap_or_else(|| days_of(year, month)))
    }
}

impl From<Day> for ZoneDate {
    fn from(day: Day) -> Self {
        let year = u8::try_from(day.year.rem_euclid(100)).unwrap_or_default();
        Self { year: Some(year), month: Some(day.month), day: Some(day.day) }
    }
}

impl fmt::Display for ZoneDate {
    /// Writes the six characters of a zone.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in [self.year, self.month, self.day] {
            match part {
                Some(part) => write!(formatter, "{part:02}")?,
                None => formatter.write_str("<<")?,
            }
        }
        Ok(())
    }
}

/// Two characters that are neither a number nor fillers.
struct InvalidPart;

/// Two characters: a number, or `None` for two fillers.
fn part(text: &str, at: usize) -> Result<Option<u8>, InvalidPart> {
    let part = text.get(at..at + 2).ok_or(InvalidPart)?;
    if part == "<<" {
        return Ok(None);
    }
    if !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(InvalidPart);
    }
    part.parse().map(Some).map_err(|_| InvalidPart)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = Day { year: 2026, month: 11, day: 28 };

    fn date(text: &str) -> ZoneDate {
        ZoneDate::parse(text).unwrap()
    }

    #[test]
    fn dates_may_be_partly_unknown() {
        for text in ["740812", "7408<<", "74<<<<", "<<<<<<", "<<0812", "000229", "<<0229"] {
            assert_eq!(date(text).to_string(), text);
        }
        for text in [
            "741301", "740832", "740230", "010229", "740000", "7408<2", "74081", "7408122", "+40812",
            "ABCDEF",
        ] {
            assert_eq!(ZoneDate::parse(text), None, "{text}");
        }
        assert!(date("<<<<<<").is_unknown() && !date("74<<<<").is_unknown());
    }

    #[test]
    fn only_known_parts_contradict() {
        let day = Day::new(1974, 8, 12).unwrap();
        for text in ["740812", "7408<<", "74<<<<", "<<<<<<"] {
            assert!(!date(text).contradicts(day), "{text}");
        }
        for text in ["740813", "7409<<", "75<<<<", "<<0813"] {
            assert!(date(text).contradicts(day), "{text}");
        }
    }

    #[test]
    fn a_birth_date_is_never_after_today() {
        let birth = |text: &str| date(text).birth(TODAY).map(Day::year);
        assert_eq!(birth("261128"), Some(2026));
        assert_eq!(birth("261129"), Some(1926));
        assert_eq!(birth("000229"), Some(2000));
        assert_eq!(birth("7408<<"), None);
    }

    #[test]
    fn an_expiration_is_at_most_fifty_years_away() {
        let expiration = |text: &str| date(text).expiration(TODAY);
        assert_eq!(expiration("761231"), Day::new(2076, 12, 31));
        assert_eq!(expiration("770101"), Day::new(1977, 1, 1));
        assert_eq!(expiration("961210"), Day::new(1996, 12, 10));
        assert_eq!(expiration("3104<<"), Day::new(2031, 4, 30));
        assert_eq!(expiration("31<<<<"), Day::new(2031, 12, 31));
        assert_eq!(expiration("<<<<<<"), None);
    }
}
