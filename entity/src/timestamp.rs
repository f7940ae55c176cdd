use sea_orm::entity::prelude::*;

/// A time, in milliseconds since 1970-01-01T00:00:00Z.
// Stored as a 64-bit integer on both databases: it sorts the same on both, compares exactly in a cursor, and
// has no time zone or sub-millisecond digits that one database keeps and the other drops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Returns this time plus a number of seconds, which may be negative.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0 + seconds * 1000)
    }

    /// The text in UTC with milliseconds, as RFC 3339 defines it: `2023-11-29T09:15:25.978Z`.
    #[must_use]
    pub fn to_rfc3339(self) -> String {
        // `None` only some 260,000 years away from 1970.
        let time = chrono::DateTime::from_timestamp_millis(self.0).unwrap_or_default();
        time.to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
    }

    /// Returns the whole seconds since the Unix epoch, the unit of JSON Web Tokens.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }
}
