use keyset::from_row_by_index;
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{TableData, Timestamp};

/// One run of a process for a user. The row contains the three levels: reading them needs no join and no
/// further statement.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identifications")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    pub user_id: Uuid,
    pub process: Process,
    pub status: Status,
    pub identity_document_type: Option<DocumentType>,
    pub expert_status: Status,
    pub expert_reasons: Option<Reasons>,
    pub expert_expired_at: Option<Timestamp>,
    pub qes_status: Status,
    pub qes_reasons: Option<Reasons>,
    pub qes_expired_at: Option<Timestamp>,
    pub pvid_status: Status,
    pub pvid_reasons: Option<Reasons>,
    pub pvid_expired_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// Number of the current version, from 1. Events repeat it.
    pub version: i32,
    /// Time of the next time-driven change: a timeout or an expiry of a level. `None`: none.
    pub due_at: Option<Timestamp>,
    pub expert_valid_until: Option<Timestamp>,
    pub qes_valid_until: Option<Timestamp>,
    pub pvid_valid_until: Option<Timestamp>,
}

from_row_by_index! {
    id project_id user_id process status expert_status qes_status pvid_status created_at updated_at version;
    identity_document_type expert_reasons expert_expired_at expert_valid_until qes_reasons qes_expired_at qes_valid_until
    pvid_reasons pvid_expired_at pvid_valid_until due_at
}

/// What the table says about persons.
pub const DATA: TableData = TableData::Person {
    fixed: &[
        "expert_reasons",
        "expert_status",
        "identity_document_type",
        "process",
        "pvid_reasons",
        "pvid_status",
        "qes_reasons",
        "qes_status",
        "status",
    ],
};

/// The process by which the person was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
pub enum Process {
    #[sea_orm(string_value = "Expert")]
    Expert,
    #[sea_orm(string_value = "QES")]
    Qes,
    #[sea_orm(string_value = "PVID")]
    Pvid,
}

/// The status of an identification, or of one of its levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
pub enum Status {
    #[sea_orm(string_value = "NotStarted")]
    NotStarted,
    #[sea_orm(string_value = "NotSupported")]
    NotSupported,
    #[sea_orm(string_value = "Started")]
    Started,
    #[sea_orm(string_value = "Pending")]
    Pending,
    #[sea_orm(string_value = "Valid")]
    Valid,
    #[sea_orm(string_value = "Invalid")]
    Invalid,
    #[sea_orm(string_value = "Canceled")]
    Canceled,
    #[sea_orm(string_value = "Expired")]
    Expired,
}

/// The kind of identity document that was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
pub enum DocumentType {
    #[sea_orm(string_value = "IdCard")]
    IdCard,
    #[sea_orm(string_value = "Passport")]
    Passport,
    #[sea_orm(string_value = "ResidencePermit")]
    ResidencePermit,
    #[sea_orm(string_value = "DriversLicense")]
    DriversLicense,
}

/// Why a level is invalid. An invalid level has at least one reason, other levels have none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Reasons(pub Vec<Reason>);

/// The closed list of reasons. Totals store their order: new ones are appended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, Serialize, Deserialize)]
pub enum Reason {
    AbsentOrIncompleteFace,
    AlteredDevice,
    BadDocumentLighting,
    DamagedDocument,
    ExpiredDocument,
    FraudDetected,
    InadequateVideo,
    InsufficientApplicantLighting,
    InsufficientApplicantLiveness,
    InsufficientConnectionQuality,
    InsufficientDocumentLiveness,
    InsufficientDocumentReadability,
    InsufficientFaceReadability,
    InsufficientVideoReadability,
    InternalError,
    InvalidAddress,
    InvalidOrMissingData,
    InvoluntaryIdentification,
    MissingGeolocationData,
    NegativeNewsHit,
    NonMatchingIdentity,
    NonOriginalDocument,
    SanctionListHit,
    SecondDocumentRequired,
    TechnicalSignatureError,
    TimeoutSignatureFlow,
    UnacceptableDocument,
    UnderageApplicant,
}

impl Reason {
    /// The bit of the reason in stored totals.
    #[must_use]
    pub const fn bit(self) -> i64 {
        1 << self as u8
    }
}

impl Model {
    /// The reasons for which a level is invalid, as the sum of their bits.
    #[must_use]
    pub fn reason_bits(&self) -> i64 {
        let lists = [&self.expert_reasons, &self.qes_reasons, &self.pvid_reasons];
        let reasons = lists.into_iter().flatten().flat_map(|reasons| &reasons.0);
        reasons.fold(0, |bits, reason| bits | reason.bit())
    }
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
