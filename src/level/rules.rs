//! Computes until when a level is valid. Pure functions.

use chrono::NaiveDate;
use entity::{Timestamp, validity_policy::Model};

/// Maximum validity, in days: a hundred years.
pub const MOST_DAYS: i32 = 36_525;

/// Returns the expiry of a level that becomes valid now: the earliest limit of its policy. `None`: no expiry.
#[must_use]
pub fn until(policy: &Model, now: Timestamp, document_expires: Option<NaiveDate>) -> Option<Timestamp> {
    let by_days = policy.days.map(|days| now.plus_seconds(i64::from(days) * 24 * 60 * 60));
    let by_document = document_expires.filter(|_| policy.until_document_expires).and_then(end_of);
    by_days.into_iter().chain(by_document).min()
}

/// Returns the end of a day: a document is valid on the last day that is printed on it.
fn end_of(day: NaiveDate) -> Option<Timestamp> {
    let next = day.succ_opt()?.and_hms_opt(0, 0, 0)?;
    Some(Timestamp(next.and_utc().timestamp_millis()))
}

#[cfg(test)]
mod tests {
    use entity::grant_policy::Level;

    use super::*;

    #[test]
    fn the_earliest_end_applies_and_a_document_is_valid_on_its_last_day() {
        let day = NaiveDate::from_ymd_opt(1970, 1, 3).unwrap();
        let policy = |days, until_document_expires| Model {
            project_id: uuid::Uuid::nil(),
            level: Level::Expert,
            days,
            until_document_expires,
        };
        let days = |days: i64| Some(Timestamp(days * 86_400_000));
        for (policy, document, expected) in [
            (policy(None, false), Some(day), None),
            (policy(Some(5), false), Some(day), days(5)),
            (policy(Some(5), true), Some(day), days(3)),
            (policy(Some(2), true), Some(day), days(2)),
            (policy(None, true), Some(day), days(3)),
            (policy(None, true), None, None),
        ] {
            assert_eq!(until(&policy, Timestamp(0), document), expected, "{policy:?}");
        }
    }
}
