//! Names of a scenario's objects: `as` assigns a name, and `of` selects the object of a step.

use std::{cmp, collections::BTreeMap, fmt};

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_saphyr::Spanned;

use super::{
    file::{Scenario, Step},
    parse::ParseError,
};

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

    fn wrong(&self, what: String) -> ParseError {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    User,
    Identification,
    Session,
    Document,
    Proofing,
    Verification,
    Result,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::User,
        Self::Identification,
        Self::Session,
        Self::Document,
        Self::Proofing,
        Self::Verification,
        Self::Result,
    ];

    fn one(self) -> String {
        let article = if self == Self::Identification { "an" } else { "a" };
        format!("{article} {self}")
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::User => "user",
            Self::Identification => "identification",
            Self::Session => "session",
            Self::Document => "document",
            Self::Proofing => "proofing request",
            Self::Verification => "grant",
            Self::Result => "result",
        })
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

impl Step {
    /// Returns the object that the step creates and the one that it is about.
    #[must_use]
    pub fn objects(&self) -> Objects<'_> {
        let makes = |kind, called| Objects { makes: Some(kind), called, ..Objects::default() };
        let about = |kind, of| Objects { about: Some(kind), of, ..Objects::default() };
        let both = |kind, called, whose, of| Objects { about: Some(whose), of, ..makes(kind, called) };
        match self {
            Self::User(it) => makes(Kind::User, it.called.as_ref()),
            Self::Identification(it) => {
                both(Kind::Identification, it.called.as_ref(), Kind::User, it.of.as_ref())
            }
            Self::Report(it) => about(Kind::Identification, it.of.as_ref()),
            Self::Force(it) => about(Kind::Identification, it.of.as_ref()),
            Self::Cancel(it) | Self::Revoke(it) => about(Kind::Identification, it.of.as_ref()),
            Self::Session(it) => both(Kind::Session, it.called.as_ref(), Kind::User, it.of.as_ref()),
            Self::Document(it) => both(Kind::Document, it.called.as_ref(), Kind::Session, it.of.as_ref()),
            Self::CompleteSession(it) => about(Kind::Session, it.of.as_ref()),
            Self::Proofing(it) => both(Kind::Proofing, it.called.as_ref(), Kind::User, it.of.as_ref()),
            Self::Image(it) => about(Kind::Proofing, it.of.as_ref()),
            Self::CompleteProofing(it) => about(Kind::Proofing, it.of.as_ref()),
            Self::Grant(it) => both(Kind::Verification, None, Kind::User, it.of.as_ref()),
            Self::Result(it) => both(Kind::Result, it.called.as_ref(), Kind::User, it.of.as_ref()),
            Self::Outcome(it) => about(Kind::Result, it.of.as_ref()),
            Self::Wait(_) => Objects::default(),
        }
    }
}

/// Checks that every name refers to an object of the right kind that an earlier step creates.
///
/// # Errors
///
/// The first name that does not, with its position.
pub(super) fn check(scenario: &Scenario) -> Result<(), ParseError> {
    let mut named: BTreeMap<&str, Kind> = BTreeMap::new();
    for step in &scenario.steps {
        let Objects { makes, called, about, of } = step.objects();
        if let (Some(of), Some(about)) = (of, about) {
            match named.get(of.text()) {
                None => return Err(of.wrong(format!("no earlier step creates `{}`", of.text()))),
                Some(kind) if *kind != about => {
                    return Err(of.wrong(format!("expected {about}, but `{}` is {}", of.text(), kind.one())));
                }
                Some(_) => {}
            }
        }
        if let (Some(called), Some(kind)) = (called, makes)
            && named.insert(called.text(), kind).is_some()
        {
            return Err(called.wrong(format!("an earlier step already creates `{}`", called.text())));
        }
    }
    for (of, expected) in scenario.expect.iter().flat_map(|expected| &expected.of) {
        let Some(kind) = named.get(of.text()) else {
            return Err(of.wrong(format!("no step creates `{}`", of.text())));
        };
        if let Some(field) = expected.misplaced(*kind) {
            return Err(of.wrong(format!("`{}` is {}, which has no `{field}`", of.text(), kind.one())));
        }
    }
    Ok(())
}
