use chrono::{DateTime, NaiveDateTime, Utc};
use entity::{
    Timestamp,
    proofing_request::{DeviceCheck, DocumentAuthentication, State},
};
use sea_orm::ActiveEnum;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::bad;
use crate::{
    db::TimeRange,
    http::rest::RestError,
    proofing::filter::{ProofingFilter, StateFilter},
};

/// Maximum number of attributes of a search: a cursor contains all of them.
const MOST: usize = 100;

/// The operators of this API. Each attribute supports a few of them.
const OPERATORS: [&str; 13] = [
    "EQUALS",
    "NOT_EQUALS",
    "CONTAINS",
    "NOT_CONTAINS",
    "STARTS_WITH",
    "ENDS_WITH",
    "GREATER_THAN",
    "GREATER_THAN_OR_EQUAL",
    "LESS_THAN",
    "LESS_THAN_OR_EQUAL",
    "IN",
    "EXISTS",
    "NOT_EXISTS",
];

// Parsed from bodies and from cursors.
/// A search condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = IdProofingSearchAttribute)]
pub struct Attribute {
    /// `requestTime`, `deviceCheckResult`, `state`, `documentAuthenticationResult` or `faceMatch`.
    name: String,
    /// `EQUALS`, `GREATER_THAN`, `GREATER_THAN_OR_EQUAL`, `LESS_THAN` or `LESS_THAN_OR_EQUAL`, as the
    /// attribute supports.
    operator: String,
    /// Always a string: `"true"` for a boolean, `"2018-08-04T18:15:30"` for a time.
    value: Option<String>,
}

/// A search: requests must match every attribute.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// The attributes as received, for the cursor.
    pub attributes: Vec<Attribute>,
    pub filters: ProofingFilter,
    /// Whether two attributes contradict each other, so that no request matches.
    pub nothing: bool,
}

impl Search {
    /// Parses search attributes.
    ///
    /// # Errors
    ///
    /// If a name, an operator, a value, or their combination is not supported.
    pub fn new(attributes: Vec<Attribute>) -> Result<Self, RestError> {
        if attributes.len() > MOST {
            let text = format!("too many search attributes: the limit is {MOST}");
            return Err(bad("invalid_search_attribute", text));
        }
        let mut search = Self::default();
        for attribute in &attributes {
            search.add(attribute)?;
        }
        Ok(Self { attributes, ..search })
    }

    fn add(&mut self, attribute: &Attribute) -> Result<(), RestError> {
        let Attribute { name, operator, value } = attribute;
        let refused = |text: String| {
            let refusal = bad("invalid_search_attribute", text);
            refusal.with("name", name.as_str()).with("operator", operator.as_str())
        };
        let allowed: &[&str] = match name.as_str() {
            "requestTime" => &["GREATER_THAN", "GREATER_THAN_OR_EQUAL", "LESS_THAN", "LESS_THAN_OR_EQUAL"],
            "deviceCheckResult" | "state" | "documentAuthenticationResult" | "faceMatch" => &["EQUALS"],
            _ => return Err(refused(format!("there is no search attribute `{name}`"))),
        };
        if !OPERATORS.contains(&operator.as_str()) {
            return Err(refused(format!("there is no operator `{operator}`")));
        }
        if !allowed.contains(&operator.as_str()) {
            let allowed = allowed.join(", ");
            return Err(refused(format!("`{name}` does not support {operator}, only: {allowed}")));
        }
        let value = value.as_deref().ok_or_else(|| refused(format!("`{name}` has no value")))?;
        let unknown = || refused(format!("`{name}` has no value `{value}`")).with("value", value);
        let filters = &mut self.filters;
        let consistent = match name.as_str() {
            "requestTime" => {
                let at = Moment::read(value).ok_or_else(|| {
                    let text = "`requestTime` must be a time in UTC such as 2018-08-04T18:15:30";
                    refused(text.to_owned()).with("value", value)
                })?;
                bound(filters.request_time.get_or_insert_default(), operator, at);
                true
            }
            "deviceCheckResult" => {
                let result = DeviceCheck::try_from_value(&value.to_owned()).map_err(|_| unknown())?;
                agree(&mut filters.device_check_result, result)
            }
            "documentAuthenticationResult" => {
                let result =
                    DocumentAuthentication::try_from_value(&value.to_owned()).map_err(|_| unknown())?;
                agree(&mut filters.document_authentication_result, result)
            }
            "state" if value == "DEVICE" => agree(&mut filters.state, StateFilter::Device),
            "state" => {
                let state = State::try_from_value(&value.to_owned()).map_err(|_| unknown())?;
                agree(&mut filters.state, StateFilter::Stored(state))
            }
            _ => agree(&mut filters.face_match, value.parse().map_err(|_| unknown())?),
        };
        self.nothing |= !consistent;
        Ok(())
    }
}

/// Sets the requested value, unless a different one is already set. Returns whether they agree.
fn agree<T: Copy + PartialEq>(asked: &mut Option<T>, value: T) -> bool {
    *asked.get_or_insert(value) == value
}

/// A client's time, which may be more precise than the rows' times.
#[derive(Clone, Copy)]
struct Moment {
    /// The time rounded down to a millisecond.
    floor: i64,
    is_exact: bool,
}

impl Moment {
    fn read(text: &str) -> Option<Self> {
        let time = match DateTime::parse_from_rfc3339(text) {
            Ok(time) => time.with_timezone(&Utc),
            // A time without a zone is in UTC.
            Err(_) => NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()?.and_utc(),
        };
        let is_exact = time.timestamp_subsec_nanos() % 1_000_000 == 0;
        Some(Self { floor: time.timestamp_millis(), is_exact })
    }

    const fn ceiling(self) -> i64 {
        if self.is_exact { self.floor } else { self.floor + 1 }
    }
}

/// Narrows a range. Of two bounds of the same kind the tighter one applies.
fn bound(range: &mut TimeRange, operator: &str, at: Moment) {
    let (side, at, tighter): (_, _, fn(i64, i64) -> i64) = match operator {
        "GREATER_THAN" => (&mut range.greater_than, at.floor, i64::max),
        "GREATER_THAN_OR_EQUAL" => (&mut range.greater_than_or_equal, at.ceiling(), i64::max),
        "LESS_THAN" => (&mut range.less_than, at.ceiling(), i64::min),
        _ => (&mut range.less_than_or_equal, at.floor, i64::min),
    };
    let at = side.map_or(at, |before| tighter(before.0, at));
    *side = Some(Timestamp(at));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attribute(name: &str, operator: &str, value: &str) -> Attribute {
        let [name, operator, value] = [name, operator, value].map(str::to_owned);
        Attribute { name, operator, value: Some(value) }
    }

    #[test]
    fn the_tighter_of_two_bounds_applies() {
        let at = |operator: &str, second: u8| {
            attribute("requestTime", operator, &format!("1970-01-01T00:00:0{second}"))
        };
        let search = Search::new(vec![
            at("GREATER_THAN", 2),
            at("GREATER_THAN", 1),
            at("LESS_THAN", 8),
            at("LESS_THAN", 9),
        ]);
        let range = search.unwrap().filters.request_time.unwrap();
        assert_eq!(range.greater_than.unwrap(), Timestamp(2000));
        assert_eq!(range.less_than.unwrap(), Timestamp(8000));
    }

    #[test]
    fn bounds_with_a_finer_precision_than_rows_are_exact() {
        let of = |operator: &str| {
            let search = Search::new(vec![attribute("requestTime", operator, "1970-01-01T00:00:00.0015Z")]);
            search.unwrap().filters.request_time.unwrap()
        };
        assert_eq!(of("GREATER_THAN").greater_than.unwrap(), Timestamp(1));
        assert_eq!(of("GREATER_THAN_OR_EQUAL").greater_than_or_equal.unwrap(), Timestamp(2));
        assert_eq!(of("LESS_THAN").less_than.unwrap(), Timestamp(2));
        assert_eq!(of("LESS_THAN_OR_EQUAL").less_than_or_equal.unwrap(), Timestamp(1));
    }

    #[test]
    fn contradicting_values_match_nothing() {
        let twice = |one, other| {
            Search::new(vec![attribute("state", "EQUALS", one), attribute("state", "EQUALS", other)]).unwrap()
        };
        assert!(twice("INIT", "IMAGE").nothing);
        assert!(!twice("INIT", "INIT").nothing);
    }
}
