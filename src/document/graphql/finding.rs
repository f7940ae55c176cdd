use async_graphql::Enum;
use entity::document;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Result of the check of a document's machine-readable zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, JsonSchema)]
#[graphql(rename_items = "PascalCase", remote = "document::MrzStatus")]
pub enum MrzStatus {
    /// Every field has a valid form and every check digit is correct.
    Valid,
    /// Every field has a valid form, but a check digit is wrong.
    InvalidChecksum,
    /// The zone has none of the formats of ICAO Doc 9303 (TD1, TD2, TD3, MRV-A, MRV-B) or of the French
    /// identity card issued until 2021, or a field has an invalid form. The other fields are still checked
    /// and compared.
    Malformed,
    /// The document has no zone, or none was submitted.
    Absent,
}

/// A property of a document that a person should review. Findings are recorded when the document is
/// submitted.
///
/// Each field of a machine-readable zone is checked independently: an invalid field hides no finding about
/// another field. Names are compared by the transliteration tables of ICAO Doc 9303-3. Names that are
/// shortened, in the zone or in the field, cause no finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, JsonSchema)]
#[graphql(rename_items = "PascalCase", remote = "document::Finding")]
pub enum DocumentFinding {
    /// The document's last day of validity has passed.
    Expired,
    /// The date of birth is in the future.
    BornInFuture,
    /// The date of issue is in the future.
    IssuedInFuture,
    /// The date of issue is after the last day of validity.
    IssuedAfterExpiration,
    /// The date of issue is before the date of birth.
    BornAfterIssue,
    /// The document code of the zone is invalid.
    MrzDocumentCodeInvalid,
    /// The issuing state in the zone is not one to three letters.
    MrzIssuingStateInvalid,
    /// The name in the zone contains characters other than letters and fillers.
    MrzNameInvalid,
    /// The document number in the zone contains characters other than letters, digits and fillers.
    MrzNumberInvalid,
    /// The nationality in the zone is not one to three letters.
    MrzNationalityInvalid,
    /// The sex in the zone is none of `F`, `M`, `X` and the filler.
    MrzSexInvalid,
    /// The optional data in the zone contains characters other than letters, digits and fillers.
    MrzOptionalDataInvalid,
    /// The check digit of the document number is wrong.
    MrzNumberCheckDigit,
    /// The check digit of the date of birth is wrong.
    MrzBirthDateCheckDigit,
    /// The check digit of the date of expiration is wrong.
    MrzExpirationCheckDigit,
    /// The check digit of the optional data is wrong.
    MrzOptionalDataCheckDigit,
    /// The composite check digit is wrong.
    MrzCompositeCheckDigit,
    /// The date of birth in the zone is not a date. Dates that are partly or wholly unknown are valid.
    MrzBirthDateInvalid,
    /// The date of expiration in the zone is not a date. It is unknown for a document that does not expire.
    MrzExpirationInvalid,
    /// The given names in the zone contradict `firstName`.
    MrzFirstNameMismatch,
    /// The family name in the zone contradicts `lastName`.
    MrzLastNameMismatch,
    /// The document number in the zone differs from `idNumber`.
    MrzNumberMismatch,
    /// The date of birth in the zone contradicts `dateOfBirth`.
    MrzBirthDateMismatch,
    /// The date of expiration in the zone contradicts `dateOfExpiration`.
    MrzExpirationMismatch,
    /// The sex in the zone contradicts `sex`. Meanings are compared: `f`, `Female` and `weiblich` are equal.
    MrzSexMismatch,
}
