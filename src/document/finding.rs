use async_graphql::Enum;
use entity::document;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the machine-readable zone of a document is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, JsonSchema)]
#[graphql(rename_items = "PascalCase", remote = "document::MrzStatus")]
pub enum MrzStatus {
    /// Its form is good, and so is every check digit.
    Valid,
    /// Its form is good, but not every check digit.
    InvalidChecksum,
    /// It was read, but is of no form that ICAO 9303 has.
    Malformed,
    /// None was read.
    Absent,
}

/// What is odd about a document, for a person to decide about. Seen when the document was submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, JsonSchema)]
#[graphql(rename_items = "PascalCase", remote = "document::Finding")]
pub enum DocumentFinding {
    /// Its last day is over.
    Expired,
    /// Its day of issue is still to come.
    IssuedInFuture,
    /// It was issued after its last day.
    IssuedAfterExpiration,
    /// It was issued before its holder was born.
    BornAfterIssue,
    /// The check digit of the number is wrong.
    MrzNumberCheckDigit,
    /// The check digit of the day of birth is wrong.
    MrzBirthDateCheckDigit,
    /// The check digit of the last day is wrong.
    MrzExpirationCheckDigit,
    /// The check digit of the optional data is wrong.
    MrzOptionalDataCheckDigit,
    /// The check digit over everything is wrong.
    MrzCompositeCheckDigit,
    /// The day of birth in the zone is none.
    MrzBirthDateInvalid,
    /// The last day in the zone is none.
    MrzExpirationInvalid,
    /// The zone has other given names.
    MrzFirstNameMismatch,
    /// The zone has another family name.
    MrzLastNameMismatch,
    /// The zone has another number.
    MrzNumberMismatch,
    /// The zone has another day of birth.
    MrzBirthDateMismatch,
    /// The zone has another last day.
    MrzExpirationMismatch,
    /// The zone has another sex.
    MrzSexMismatch,
}
