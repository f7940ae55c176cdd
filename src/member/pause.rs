//! Failed sign-ins, and the pauses that follow them. A pause of one network never keeps the owner of an account
//! out elsewhere, and a pause from anywhere does not concern devices that signed in before.

use entity::{
    Timestamp,
    sign_in_failure::{ActiveModel, Column, Entity, Model},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use crate::{Result, crypto::RootKey};

/// Failures of one account from one network before a pause.
const OF_SOURCE: i32 = 5;
/// Longest pause of one account from one network, in seconds.
const LONGEST: i64 = 900;
/// Failures of one account in an hour, from anywhere, before a pause.
const OF_ACCOUNT: i32 = 20;
/// Wrong codes of one account in a day before a pause of codes.
const OF_CODES: i32 = 20;
const HOUR: i64 = 60 * 60;

/// What failures are counted of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// An account from one network.
    Source,
    /// An account from anywhere, on devices that did not sign in before.
    Account,
    /// The codes of an account.
    Codes,
}

impl Counted {
    /// The key of the counter of an account.
    #[must_use]
    pub fn bucket(self, root: &RootKey, account: &[u8], source: &str) -> Vec<u8> {
        match self {
            Self::Source => root.sign_in_bucket("source", account, source),
            Self::Account => root.sign_in_bucket("account", account, ""),
            Self::Codes => root.sign_in_bucket("codes", account, ""),
        }
    }

    /// Seconds in which failures are counted.
    const fn period(self) -> i64 {
        match self {
            Self::Source | Self::Codes => 24 * HOUR,
            Self::Account => HOUR,
        }
    }

    /// Seconds of the pause after this many failures; 0: none.
    const fn pause(self, count: i32) -> i64 {
        match self {
            Self::Source if count < OF_SOURCE => 0,
            Self::Source => {
                let doublings = count - OF_SOURCE;
                let seconds = if doublings < 10 { 1_i64 << doublings } else { LONGEST };
                if seconds < LONGEST { seconds } else { LONGEST }
            }
            Self::Account if count < OF_ACCOUNT => 0,
            Self::Account => LONGEST,
            Self::Codes if count < OF_CODES => 0,
            Self::Codes => 24 * HOUR,
        }
    }
}

/// Returns the seconds until a paused counter continues, if one of these is paused.
pub async fn remaining(
    db: &impl ConnectionTrait,
    now: Timestamp,
    buckets: &[Vec<u8>],
) -> Result<Option<i64>> {
    let rows = Entity::find().filter(Column::Bucket.is_in(buckets.iter().cloned())).all(db).await?;
    let until = rows.iter().filter_map(|row| row.paused_until).filter(|until| *until > now).max();
    Ok(until.map(|until| (until.0 - now.0 + 999) / 1000))
}

/// Counts a failure, in one statement: of attempts at the same time each counts.
pub async fn fail(
    db: &impl ConnectionTrait,
    now: Timestamp,
    counted: Counted,
    bucket: Vec<u8>,
) -> Result<()> {
    let row =
        ActiveModel { bucket: Set(bucket.clone()), count: Set(1), since: Set(now), paused_until: Set(None) };
    let (count, since) = (Expr::col((Entity, Column::Count)), Expr::col((Entity, Column::Since)));
    let is_current = since.clone().gt(now.plus_seconds(-counted.period()));
    let next = Expr::case(is_current.clone(), count.add(1)).finally(1);
    let kept = Expr::case(is_current, since).finally(now);
    let update =
        OnConflict::column(Column::Bucket).value(Column::Count, next).value(Column::Since, kept).to_owned();
    let row: Model = Entity::insert(row).on_conflict(update).exec_with_returning(db).await?;
    let pause = counted.pause(row.count);
    if pause > 0 {
        let paused = Entity::update_many()
            .col_expr(Column::PausedUntil, Expr::value(now.plus_seconds(pause)))
            .filter(Column::Bucket.eq(bucket));
        paused.exec(db).await?;
    }
    Ok(())
}

/// Forgets the failures of a counter, after a success.
pub async fn clear(db: &impl ConnectionTrait, buckets: &[Vec<u8>]) -> Result<()> {
    Entity::delete_many().filter(Column::Bucket.is_in(buckets.iter().cloned())).exec(db).await?;
    Ok(())
}

/// Deletes counters that no longer count.
pub async fn delete_expired(db: &impl ConnectionTrait, now: Timestamp) -> Result<u64> {
    let old = Entity::delete_many().filter(Column::Since.lt(now.plus_seconds(-2 * 24 * HOUR)));
    Ok(old.exec(db).await?.rows_affected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_from_the_fifth_failure_to_a_quarter_of_an_hour() {
        let pauses: Vec<_> = (4..16).map(|count| Counted::Source.pause(count)).collect();
        assert_eq!(pauses, [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900]);
        assert_eq!(Counted::Source.pause(i32::MAX), 900);
        assert_eq!([19, 20].map(|count| Counted::Account.pause(count)), [0, 900]);
        assert_eq!([19, 20].map(|count| Counted::Codes.pause(count)), [0, 86_400]);
    }
}
