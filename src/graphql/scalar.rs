use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::NaiveDate;
use entity::Timestamp;

use crate::{
    Error, Result,
    value::{country, date, phone},
};

/// Returns a number of a row as an `Int`, which has 32 bits.
///
/// # Errors
///
/// If the number does not fit.
pub fn int(number: i64) -> Result<i32> {
    i32::try_from(number).map_err(|_| Error::Fault("a number of a row does not fit into an Int"))
}

/// A point in time. Formatted in UTC with milliseconds, `2023-11-29T09:15:25.978Z`. Every form of RFC 3339 is
/// parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateTime(pub Timestamp);

impl DateTime {
    /// Formats the time.
    #[must_use]
    pub fn text(self) -> String {
        self.0.to_rfc3339()
    }
}

/// A point in time. Output is UTC with milliseconds, `2023-11-29T09:15:25.978Z`. Input may have any form of
/// RFC 3339.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        let time = chrono::DateTime::parse_from_rfc3339(text).map_err(|_| {
            InputValueError::custom("write an RFC 3339 time, for example 2023-11-29T09:15:25.978Z")
        })?;
        Ok(Self(Timestamp(time.timestamp_millis())))
    }

    fn to_value(&self) -> Value {
        Value::String(self.text())
    }
}

/// A calendar date, `2030-07-15`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date(pub NaiveDate);

impl From<NaiveDate> for Date {
    fn from(date: NaiveDate) -> Self {
        Self(date)
    }
}

/// A date of the Gregorian calendar as `YYYY-MM-DD`, in the years 1 to 9999: `2030-07-15`.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        date::parse(text).map(Self).ok_or_else(|| InputValueError::custom(date::FORM))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// Three-letter code of a country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cca3(pub String);

/// Code of a country: an ISO 3166-1 alpha-3 code, such as `CHE`, or one of the codes that ICAO 9303 adds for
/// travel documents, such as `XXA` for a stateless person, `UNO` or `RKS`.
#[Scalar(name = "CCA3", specified_by_url = "https://www.iso.org/iso-3166-country-codes.html")]
impl ScalarType for Cca3 {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            // `Personal::validate` checks whether the country exists, because the mutations have rejections
            // for it.
            Value::String(text) if text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase()) => {
                Ok(Self(text))
            }
            _ => Err(InputValueError::custom(country::FORM)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// A phone number in E.164 format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneNumber(pub String);

/// A phone number in E.164 format: `+41791234567`. Input may contain spaces, hyphens, dots and parentheses
/// between the digits: `+41 79 123 45 67`. The number of digits must match the numbering plan of the country.
/// Whether the number is assigned is not checked.
#[Scalar(specified_by_url = "https://www.itu.int/rec/T-REC-E.164")]
impl ScalarType for PhoneNumber {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => {
                phone::parse(&text).map(Self).ok_or_else(|| InputValueError::custom(phone::FORM))
            }
            _ => Err(InputValueError::custom(phone::FORM)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}
