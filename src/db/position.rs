//! Positions in PostgreSQL's write-ahead log (`pg_lsn`).

use std::{
    fmt::{self, Display, Formatter},
    str::FromStr,
};

/// Bytes of a page of the log.
const PAGE: u64 = 8192;
/// Bytes of the longest header of a page.
const PAGE_HEADER: u64 = 40;

/// A position in the write-ahead log, written as PostgreSQL writes it: `16/B374D848`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position(u64);

/// A text is not a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a position has two hexadecimal numbers of at most 8 digits with a slash between them")]
pub struct PositionError;

impl Position {
    /// The end of the last record before this position. The next record is inserted after the header of a
    /// page, and a replica that has replayed everything is at the end of the page before: no record ends
    /// inside of a header, so both are the same position.
    #[must_use]
    pub(super) const fn end_of_record(self) -> Self {
        let in_page = self.0 % PAGE;
        if in_page <= PAGE_HEADER { Self(self.0 - in_page) } else { self }
    }
}

impl FromStr for Position {
    type Err = PositionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (high, low) = text.split_once('/').ok_or(PositionError)?;
        let number = |digits: &str| {
            let is_number =
                (1..=8).contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_hexdigit());
            if is_number {
                u64::from_str_radix(digits, 16).map_err(|_| PositionError)
            } else {
                Err(PositionError)
            }
        };
        Ok(Self(number(high)? << 32 | number(low)?))
    }
}

impl Display for Position {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{:X}/{:X}", self.0 >> 32, self.0 & 0xffff_ffff)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_read_and_written_as_postgresql_writes_them() {
        for text in ["0/0", "0/16B3748", "16/B374D848", "FFFFFFFF/FFFFFFFF"] {
            assert_eq!(text.parse::<Position>().unwrap().to_string(), text);
        }
        assert_eq!("a/0b".parse::<Position>().unwrap().to_string(), "A/B");
        assert!("1/0".parse::<Position>().unwrap() > "0/FFFFFFFF".parse().unwrap());
    }

    #[test]
    fn rejects_what_is_not_a_position() {
        for text in [
            "",
            "/",
            "0",
            "0/",
            "/0",
            "0/0/0",
            "0x1/0",
            "+1/0",
            "-1/0",
            "0/123456789",
            " 0/0",
            "G/0",
            "undefined",
        ] {
            assert_eq!(text.parse::<Position>(), Err(PositionError), "{text}");
        }
    }

    #[test]
    fn a_position_after_the_header_of_a_page_is_the_end_of_the_page_before() {
        for (text, end) in [
            ("0/4000028", "0/4000000"),
            ("0/4002018", "0/4002000"),
            ("0/4000000", "0/4000000"),
            ("0/4000030", "0/4000030"),
            ("0/4001FF8", "0/4001FF8"),
        ] {
            assert_eq!(text.parse::<Position>().unwrap().end_of_record(), end.parse().unwrap(), "{text}");
        }
    }
}
