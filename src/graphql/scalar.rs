use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::NaiveDate;
use entity::Timestamp;

use crate::value::{country, date, phone};

/// A moment. Printed in UTC with milliseconds, `2023-11-29T09:15:25.978Z`; read in any form of RFC 3339.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateTime(pub Timestamp);

impl DateTime {
    /// As it is printed.
    #[must_use]
    pub fn text(self) -> String {
        self.0.to_rfc3339()
    }
}

/// A moment: printed in UTC with milliseconds, `2023-11-29T09:15:25.978Z`; read in any form of RFC 3339.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        let time = chrono::DateTime::parse_from_rfc3339(text).map_err(|_| {
            InputValueError::custom("write a time as RFC 3339 does, for example 2023-11-29T09:15:25.978Z")
        })?;
        Ok(Self(Timestamp(time.timestamp_millis())))
    }

    fn to_value(&self) -> Value {
        Value::String(self.text())
    }
}

/// A day of the calendar, `2030-07-15`.
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

/// A country by its three letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cca3(pub String);

/// A country as its code of ISO 3166-1 alpha-3, such as `CHE`, or as one of the codes that ICAO 9303 adds for travel
/// documents, such as `XXA` for a stateless person, `UNO` or `RKS`.
#[Scalar(name = "CCA3", specified_by_url = "https://www.iso.org/iso-3166-country-codes.html")]
impl ScalarType for Cca3 {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            // Whether there is such a country is for `Personal::validate` to say: the mutations have rejections for it.
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

/// A telephone number as E.164 writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneNumber(pub String);

/// A telephone number in E.164: `+41791234567`. Input may have spaces, hyphens, dots and parentheses between the digits:
/// `+41 79 123 45 67`. It has as many digits as numbers of its country have; whether it is assigned is not checked.
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
