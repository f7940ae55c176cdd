use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};

/// A duration in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duration(pub i64);

const SECOND: i64 = 1000;
const UNITS: [(char, bool, i64); 5] = [
    ('W', false, 7 * 24 * 60 * 60 * SECOND),
    ('D', false, 24 * 60 * 60 * SECOND),
    ('H', true, 60 * 60 * SECOND),
    ('M', true, 60 * SECOND),
    ('S', true, SECOND),
];

impl Duration {
    /// Parses an ISO 8601 duration in whole weeks, days, hours and minutes, and in seconds with up to three
    /// decimals. Months and years are rejected, because their length varies.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut rest = text.strip_prefix('P')?;
        let (mut total, mut next, mut in_time) = (0_i64, 0, false);
        let mut any = false;
        while !rest.is_empty() {
            if let Some(time) = rest.strip_prefix('T').filter(|time| !in_time && !time.is_empty()) {
                (rest, in_time) = (time, true);
            }
            let digits = rest.find(|sign: char| !sign.is_ascii_digit())?;
            let number: i64 = rest[..digits].parse().ok()?;
            if let Some(decimals) = rest[digits..].strip_prefix('.') {
                // Seconds are the last unit: nothing follows their decimals.
                let decimals = decimals.strip_suffix('S').filter(|_| in_time && next < UNITS.len())?;
                total =
                    total.checked_add(number.checked_mul(SECOND)?)?.checked_add(milliseconds(decimals)?)?;
                return Some(Self(total));
            }
            let unit = rest[digits..].chars().next()?;
            // Each unit at most once, larger units first.
            let index = next + UNITS[next..].iter().position(|of| (of.0, of.1) == (unit, in_time))?;
            total = total.checked_add(number.checked_mul(UNITS[index].2)?)?;
            (rest, next, any) = (&rest[digits + 1..], index + 1, true);
        }
        any.then_some(Self(total))
    }

    /// Formats the duration as ISO 8601.
    #[must_use]
    pub fn text(self) -> String {
        use std::fmt::Write;

        let (mut rest, mut text, mut in_time) = (self.0.max(0), "P".to_owned(), false);
        for (unit, of_time, length) in &UNITS[1..] {
            let (many, left) = (rest / length, rest % length);
            if many > 0 || (*unit == 'S' && (text == "P" || left > 0)) {
                if *of_time && !in_time {
                    text.push('T');
                    in_time = true;
                }
                // Writing to a `String` cannot fail.
                let _ = match (*unit, left) {
                    ('S', 1..) => write!(text, "{many}.{left:03}S"),
                    _ => write!(text, "{many}{unit}"),
                };
            }
            rest = left;
        }
        text
    }
}

/// Parses one to three decimals of a second.
fn milliseconds(decimals: &str) -> Option<i64> {
    let is_number = decimals.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || !(1..=3).contains(&decimals.len()) {
        return None;
    }
    format!("{decimals:0<3}").parse().ok()
}

/// An ISO 8601 duration in weeks, days, hours, minutes and seconds: `PT24H`, `P2D`, `PT90S`. Seconds have up to
/// three decimals: `PT1.500S`.
#[Scalar(specified_by_url = "https://www.iso.org/iso-8601-date-and-time-format.html")]
impl ScalarType for Duration {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        Self::parse(text).ok_or_else(|| {
            InputValueError::custom(
                "write an ISO 8601 duration in weeks, days, hours, minutes and seconds: PT24H, P2D",
            )
        })
    }

    fn to_value(&self) -> Value {
        Value::String(self.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_parsed_and_printed() {
        for (text, seconds) in [
            ("PT24H", 86_400),
            ("P2D", 172_800),
            ("PT90S", 90),
            ("P1W", 604_800),
            ("P1DT2H3M4S", 93_784),
            ("PT0S", 0),
        ] {
            assert_eq!(Duration::parse(text), Some(Duration(seconds * 1000)), "{text}");
            assert_eq!(
                Duration::parse(&Duration(seconds * 1000).text()),
                Some(Duration(seconds * 1000)),
                "{text}"
            );
        }
        assert_eq!(Duration(93_784_000).text(), "P1DT2H3M4S");
        for (text, milliseconds) in
            [("PT1.500S", 1_500), ("PT0.001S", 1), ("P1DT59M0.25S", 89_940_250), ("PT1M1.5S", 61_500)]
        {
            assert_eq!(Duration::parse(text), Some(Duration(milliseconds)), "{text}");
            assert_eq!(
                Duration::parse(&Duration(milliseconds).text()),
                Some(Duration(milliseconds)),
                "{text}"
            );
        }
        assert_eq!(Duration(1_500).text(), "PT1.500S");
        assert_eq!(Duration(0).text(), "PT0S");
        for bad in [
            "",
            "P",
            "PT",
            "1D",
            "P1Y",
            "P1M",
            "PT1D",
            "P1H",
            "P1D2",
            "PT1S1S",
            "PT1S1H",
            "P-1D",
            "PTT1S",
            "PT1.S",
            "PT.5S",
            "PT1.5",
            "PT1.5M",
            "P1.5D",
            "PT1.5S1S",
            "PT1.0005S",
            "PT1.+5S",
            "PT1S1.5S",
            "P99999999999999999999D",
        ] {
            assert_eq!(Duration::parse(bad), None, "{bad}");
        }
    }
}
