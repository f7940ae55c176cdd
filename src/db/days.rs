//! Splits a time range into whole days, which are counted already, and the rest. Pure functions.

use chrono::{DateTime, NaiveDate};
use entity::Timestamp;

/// Milliseconds per day.
pub const DAY: i64 = 24 * 60 * 60 * 1000;

/// Returns the UTC day of a time, in days since 1970-01-01.
#[must_use]
pub const fn of(at: Timestamp) -> i64 {
    at.0.div_euclid(DAY)
}

/// Returns the date of a day. `None` outside of the calendar.
#[must_use]
pub fn date(day: i64) -> Option<NaiveDate> {
    let midnight = day.checked_mul(DAY).and_then(DateTime::from_timestamp_millis);
    midnight.map(|at| at.date_naive())
}

/// A time range split into its whole days and the remainders at its ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// The first whole day and the day after the last, where the range is bounded; `None` without a whole
    /// day.
    pub days: Option<(Option<i64>, Option<i64>)>,
    /// Ranges in milliseconds, the end exclusive: each less than a day, or less than two days if there is no
    /// whole day.
    pub ends: Vec<[i64; 2]>,
}

/// Splits a time range in milliseconds, `until` exclusive.
#[must_use]
pub fn split(from: Option<i64>, until: Option<i64>) -> Split {
    // The first midnight in the range, and the last.
    let first = from.map(|from| from.div_euclid(DAY) + i64::from(from.rem_euclid(DAY) > 0));
    let last = until.map(|until| until.div_euclid(DAY));
    if let (Some(from), Some(until), Some(first), Some(last)) = (from, until, first, last)
        && first >= last
    {
        let ends = if from < until { vec![[from, until]] } else { Vec::new() };
        return Split { days: None, ends };
    }
    let front = from.zip(first).map(|(from, first)| [from, first.saturating_mul(DAY)]);
    let back = last.zip(until).map(|(last, until)| [last.saturating_mul(DAY), until]);
    let ends = front.into_iter().chain(back).filter(|[from, until]| from < until).collect();
    Split { days: Some((first, last)), ends }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_split(from: i64, until: i64, days: Option<(i64, i64)>, ends: &[[i64; 2]]) {
        let days = days.map(|(first, last)| (Some(first), Some(last)));
        let expected = Split { days, ends: ends.to_vec() };
        assert_eq!(split(Some(from), Some(until)), expected, "{from} until {until}");
    }

    #[test]
    fn a_range_is_split_into_whole_days_and_its_ends() {
        assert_split(0, DAY, Some((0, 1)), &[]);
        assert_split(1, DAY, None, &[[1, DAY]]);
        assert_split(0, DAY - 1, None, &[[0, DAY - 1]]);
        assert_split(DAY - 1, 3 * DAY + 1, Some((1, 3)), &[[DAY - 1, DAY], [3 * DAY, 3 * DAY + 1]]);
        assert_split(DAY - 1, 3 * DAY, Some((1, 3)), &[[DAY - 1, DAY]]);
        assert_split(DAY - 1, DAY + 1, None, &[[DAY - 1, DAY + 1]]);
        assert_split(-1, DAY, Some((0, 1)), &[[-1, 0]]);
    }

    #[test]
    fn a_range_that_ends_before_its_start_is_empty() {
        for (from, until) in
            [(0, 0), (5, 5), (1, 0), (3 * DAY, DAY), (3 * DAY + 1, DAY + 1), (i64::MAX, i64::MIN)]
        {
            assert_split(from, until, None, &[]);
        }
    }

    #[test]
    fn an_open_end_has_no_last_day() {
        assert_eq!(split(None, None), Split { days: Some((None, None)), ends: vec![] });
        let until = Split { days: Some((None, Some(1))), ends: vec![[DAY, DAY + 1]] };
        assert_eq!(split(None, Some(DAY + 1)), until);
        let from = Split { days: Some((Some(2), None)), ends: vec![[DAY + 1, 2 * DAY]] };
        assert_eq!(split(Some(DAY + 1), None), from);
    }
}
