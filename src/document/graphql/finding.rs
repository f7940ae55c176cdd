use async_graphql::Enum;
use entity::document;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whether the machine-readable zone of a document can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, JsonSchema)]
#[graphql(rename_items = "PascalCase", remote = "document::MrzStatus")]
pub enum MrzStatus {
    /// Every field has a valid form and every check digit is right.
    Valid,
    /// Every field has a valid form, but a check digit is wrong.
    InvalidChecksum,
    /// The zone has no format of ICAO Doc 9303 (TD1, TD2, TD3, MRV-A, MRV-B, or the French identity card issued until
    /// 2021), or a field of it has an invalid form. The other fields are checked and compared all the same.
    Malformed,
    /// The document has no zone, or none was submitted.
    Absent,
}

/// Something about a document that a person should look at. Findings are made when the document is submitted.
///
/// Each field of a machine-readable zone is judged alone: one bad field hides no finding about another. Names are compared
/// by the transliteration tables of ICAO Doc 9303-3; names that are shortened, in the zone or in the field, are no finding.
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
    /// The issuing state of the zone is not one to three letters.
    MrzIssuingStateInvalid,
    /// The name of the zone has other characters than letters and fillers.
    MrzNameInvalid,
    /// The document number of the zone has other characters than letters, digits and fillers.
    MrzNumberInvalid,
    /// The nationality of the zone is not one to three letters.
    MrzNationalityInvalid,
    /// The sex of the zone is none of `F`, `M`, `X` and the filler.
    MrzSexInvalid,
    /// The optional data of the zone has other characters than letters, digits and fillers.
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
    /// The date of birth of the zone is not a date. Dates that are unknown in part or whole are valid.
    MrzBirthDateInvalid,
    /// The date of expiration of the zone is not a date. A document that does not expire has an unknown one.
    MrzExpirationInvalid,
    /// The given names of the zone contradict `firstName`.
    MrzFirstNameMismatch,
    /// The family name of the zone contradicts `lastName`.
    MrzLastNameMismatch,
    /// The document number of the zone differs from `idNumber`.
    MrzNumberMismatch,
    /// The date of birth of the zone contradicts `dateOfBirth`.
    MrzBirthDateMismatch,
    /// The date of expiration of the zone contradicts `dateOfExpiration`.
    MrzExpirationMismatch,
    /// The sex of the zone contradicts `sex`, whose meaning is compared: `f`, `Female` and `weiblich` are one.
    MrzSexMismatch,
}
