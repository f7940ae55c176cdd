use async_graphql::Enum;
use entity::identification as table;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Reason why a level of an identification is `Invalid`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, JsonSchema)]
#[graphql(name = "IdentificationInvalidReason", rename_items = "PascalCase", remote = "table::Reason")]
pub enum Reason {
    /// The face was missing or only partly visible.
    AbsentOrIncompleteFace,
    /// The device was rooted, emulated or otherwise altered.
    AlteredDevice,
    /// The lighting was too poor to read the document.
    BadDocumentLighting,
    /// The document was damaged.
    DamagedDocument,
    /// The document had expired.
    ExpiredDocument,
    /// An attempt at fraud was detected.
    FraudDetected,
    /// The video did not show what is required.
    InadequateVideo,
    /// The lighting of the person was too poor.
    InsufficientApplicantLighting,
    /// The live presence of the person could not be confirmed.
    InsufficientApplicantLiveness,
    /// The quality of the connection was insufficient.
    InsufficientConnectionQuality,
    /// The live presence of the document could not be confirmed.
    InsufficientDocumentLiveness,
    /// The document could not be read.
    InsufficientDocumentReadability,
    /// The face could not be recognised.
    InsufficientFaceReadability,
    /// The video could not be evaluated.
    InsufficientVideoReadability,
    /// The check failed because of a technical error on the provider's side.
    InternalError,
    /// The address was not valid.
    InvalidAddress,
    /// Data of the person was missing or invalid.
    InvalidOrMissingData,
    /// The person did not take part of their own free will.
    InvoluntaryIdentification,
    /// The location of the device was missing.
    MissingGeolocationData,
    /// The person appears in adverse media.
    NegativeNewsHit,
    /// The person did not match the identity claimed.
    NonMatchingIdentity,
    /// The document was a copy, not the original.
    NonOriginalDocument,
    /// The person is on a sanctions list.
    SanctionListHit,
    /// A second document is needed.
    SecondDocumentRequired,
    /// The signature failed because of a technical error.
    TechnicalSignatureError,
    /// The signature was not given in time.
    TimeoutSignatureFlow,
    /// This kind of document is not accepted.
    UnacceptableDocument,
    /// The person is under age.
    UnderageApplicant,
}
