use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::graphql::Duration;

/// A step that advances the clock.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Wait {
    pub after: Length,
}

/// A duration in milliseconds, written as ISO 8601: `PT2H`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, JsonSchema)]
#[schemars(with = "String")]
pub struct Length(pub i64);

/// Maximum duration of one step, in milliseconds: ten years.
const LONGEST: i64 = 10 * 366 * 24 * 60 * 60 * 1000;

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let length = Duration::parse(&text).filter(|length| (1..=LONGEST).contains(&length.0));
        let wrong = || D::Error::custom("write an ISO 8601 duration of up to ten years, such as PT2H");
        length.map(|length| Self(length.0)).ok_or_else(wrong)
    }
}

impl Serialize for Length {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&Duration(self.0).text())
    }
}
