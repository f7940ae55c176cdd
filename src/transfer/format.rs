//! The format of values in exports and in other systems' responses.

use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat};
use entity::Timestamp;
use sea_orm::{ActiveEnum, Iterable};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use crate::value::date;

/// An enum value, by its name in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named<E>(pub E);

impl<E: ActiveEnum<Value = String>> Serialize for Named<E> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0.to_value())
    }
}

impl<'de, E: ActiveEnum<Value = String> + Iterable> Deserialize<'de> for Named<E> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        E::try_from_value(&text).map(Self).map_err(|_| {
            let known: Vec<String> = E::iter().map(|known| known.to_value()).collect();
            D::Error::custom(format!("`{text}` is not one of {}", known.join(", ")))
        })
    }
}

/// A time. Written in UTC with milliseconds; read in any RFC 3339 form, and as UTC if it has no zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub Timestamp);

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.to_string())
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `None` only about 260,000 years from 1970.
        let time = DateTime::from_timestamp_millis(self.0.0).unwrap_or_default();
        to.write_str(&time.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let zoned = DateTime::parse_from_rfc3339(&text).map(|time| time.timestamp_millis());
        let plain = || text.parse::<NaiveDateTime>().map(|time| time.and_utc().timestamp_millis());
        zoned.or_else(|_| plain()).map(|at| Self(Timestamp(at))).map_err(|_| {
            D::Error::custom(format!("`{text}` is not a time: write it as 2023-11-29T09:15:25.978Z"))
        })
    }
}

/// A date: `DD/MM/YYYY`, as the user verification API writes it, or `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day(pub NaiveDate);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        date::parse_slashed(&text).or_else(|| date::parse(&text)).map(Self).ok_or_else(|| {
            D::Error::custom(format!("`{text}` is not a date: write it as 31/12/2030 or 2030-12-31"))
        })
    }
}

/// For `skip_serializing_if`.
#[must_use]
pub fn is_none<T>(value: &Option<T>) -> bool {
    value.is_none()
}
