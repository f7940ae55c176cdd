use async_graphql::Enum;
use entity::identification as table;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why a level of an identification is `Invalid`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, JsonSchema)]
#[graphql(name = "IdentificationInvalidReason", rename_items = "PascalCase", remote = "table::Reason")]
pub enum Reason {
    /// The face was missing or only partly in the picture.
    AbsentOrIncompleteFace,
    /// The device was rooted, emulated or otherwise altered.
    AlteredDevice,
    /// The document was lit too badly to be read.
    BadDocumentLighting,
    /// The document was damaged.
    DamagedDocument,
    /// The document had expired.
    ExpiredDocument,
    /// An attempt at fraud was detected.
    FraudDetected,
    /// The video did not show what it had to show.
    InadequateVideo,
    /// The person was lit too badly.
    InsufficientApplicantLighting,
    /// It could not be shown that the person was there live.
    InsufficientApplicantLiveness,
    /// The connection was too bad.
    InsufficientConnectionQuality,
    /// It could not be shown that the document was there live.
    InsufficientDocumentLiveness,
    /// The document could not be read.
    InsufficientDocumentReadability,
    /// The face could not be recognised.
    InsufficientFaceReadability,
    /// The video could not be evaluated.
    InsufficientVideoReadability,
    /// The check failed for a technical reason of the checking side.
    InternalError,
    /// The address was not valid.
    InvalidAddress,
    /// Data of the person was missing or not valid.
    InvalidOrMissingData,
    /// The person did not take part of their own free will.
    InvoluntaryIdentification,
    /// The location of the device was missing.
    MissingGeolocationData,
    /// The person was found in negative news.
    NegativeNewsHit,
    /// The person did not match the identity claimed.
    NonMatchingIdentity,
    /// The document was a copy, not the original.
    NonOriginalDocument,
    /// The person was found on a sanction list.
    SanctionListHit,
    /// A second document is needed.
    SecondDocumentRequired,
    /// The signature failed for a technical reason.
    TechnicalSignatureError,
    /// The signature was not given in time.
    TimeoutSignatureFlow,
    /// This kind of document is not accepted.
    UnacceptableDocument,
    /// The person is under age.
    UnderageApplicant,
}
