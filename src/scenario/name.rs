//! Names of a scenario's objects: `as` assigns a name, and `of` selects the object of a step.

use std::cmp;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_saphyr::Spanned;
use strum::{Display, VariantArray};

use super::error::ParseError;

/// Maximum length of a name, in bytes.
const LENGTH: usize = 64;

/// A name: 1 to 64 of the characters `A-Z a-z 0-9 _ -`.
// Equality compares the text only, not the position in the file.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(with = "String")]
pub struct Name {
    text: String,
    /// Line of the name, from 1. 0 if it is not known.
    line: u64,
    column: u64,
}

impl Name {
    /// Text of the name.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn wrong(&self, what: String) -> ParseError {
        ParseError { line: self.line.max(1), column: self.column.max(1), what }
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Name {}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> cmp::Ordering {
        self.text.cmp(&other.text)
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Spanned { value: text, referenced, .. } = Spanned::<String>::deserialize(deserializer)?;
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        if !(1..=LENGTH).contains(&text.len()) || !text.bytes().all(is_plain) {
            return Err(D::Error::custom("write a name of 1 to 64 of the characters A-Z, a-z, 0-9, _ and -"));
        }
        Ok(Self { text, line: referenced.line(), column: referenced.column() })
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

/// Kind of an object that a scenario creates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Display, VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Kind {
    User,
    Identification,
    Session,
    Document,
    #[strum(serialize = "proofing request")]
    Proofing,
    #[strum(serialize = "grant")]
    Verification,
    Result,
}

impl Kind {
    /// All kinds.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    pub(super) fn one(self) -> String {
        let article = if self == Self::Identification { "an" } else { "a" };
        format!("{article} {self}")
    }
}

/// The objects of a step.
#[derive(Clone, Copy, Debug, Default)]
pub struct Objects<'a> {
    /// Kind of the object that the step creates.
    pub makes: Option<Kind>,
    /// Name of the object that the step creates.
    pub called: Option<&'a Name>,
    /// Kind of the object that the step is about.
    pub about: Option<Kind>,
    /// Name of the object that the step is about.
    pub of: Option<&'a Name>,
}
