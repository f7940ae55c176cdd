use keyset::from_row_by_index;
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{TableData, Timestamp, verification_session::Step};

/// A captured document, with the data read from it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "documents")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    pub user_id: Uuid,
    pub session_id: Option<Uuid>,
    pub identification_id: Option<Uuid>,
    pub step: Option<Step>,
    /// `None`: the kind is unknown.
    pub kind: Option<Kind>,
    /// All data read from the document, sealed with the user's key: JSON.
    pub fields: Vec<u8>,
    pub mrz_status: MrzStatus,
    pub findings: Findings,
    /// How well the faces match, on the scale of the party that compared them.
    pub match_level: Option<i32>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

from_row_by_index! {
    id project_id user_id session_id identification_id step kind fields mrz_status findings match_level
    created_at updated_at
}

/// What the table says about persons.
pub const DATA: TableData = TableData::Person { fixed: &["findings", "kind", "mrz_status", "step"] };

/// The kind of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
pub enum Kind {
    #[sea_orm(string_value = "IdCard")]
    IdCard,
    #[sea_orm(string_value = "Passport")]
    Passport,
    #[sea_orm(string_value = "ResidencePermit")]
    ResidencePermit,
    #[sea_orm(string_value = "DriversLicense")]
    DriversLicense,
    #[sea_orm(string_value = "CarRegistration")]
    CarRegistration,
    #[sea_orm(string_value = "AddressProof")]
    AddressProof,
    /// A photo of the person's face, taken during the check.
    #[sea_orm(string_value = "FacePhoto")]
    FacePhoto,
    /// The report of the party that checked.
    #[sea_orm(string_value = "Report")]
    Report,
}

/// The validity of the machine-readable zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum MrzStatus {
    #[sea_orm(string_value = "Valid")]
    Valid,
    #[sea_orm(string_value = "InvalidChecksum")]
    InvalidChecksum,
    #[sea_orm(string_value = "Malformed")]
    Malformed,
    #[sea_orm(string_value = "Absent")]
    Absent,
}

/// Findings for manual review, in one JSON column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Findings(pub Vec<Finding>);

/// An irregularity of a document. Contains no personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Finding {
    Expired,
    BornInFuture,
    IssuedInFuture,
    IssuedAfterExpiration,
    BornAfterIssue,
    MrzDocumentCodeInvalid,
    MrzIssuingStateInvalid,
    MrzNameInvalid,
    MrzNumberInvalid,
    MrzNationalityInvalid,
    MrzSexInvalid,
    MrzOptionalDataInvalid,
    MrzNumberCheckDigit,
    MrzBirthDateCheckDigit,
    MrzExpirationCheckDigit,
    MrzOptionalDataCheckDigit,
    MrzCompositeCheckDigit,
    MrzBirthDateInvalid,
    MrzExpirationInvalid,
    MrzFirstNameMismatch,
    MrzLastNameMismatch,
    MrzNumberMismatch,
    MrzBirthDateMismatch,
    MrzExpirationMismatch,
    MrzSexMismatch,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
