use keyset::from_row_by_index;
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{TableData, Timestamp};

/// One session in which a user's documents are captured.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "verification_sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    pub user_id: Uuid,
    /// The id that the user verification API returns, for imported records.
    pub source_id: Option<String>,
    /// The client's name of the flow that guides the user.
    pub flow_id: String,
    pub status: Status,
    /// The required captures.
    pub steps: Steps,
    /// Addresses at which the user was seen, sealed with the user's key: a JSON list of texts.
    pub metadata: Option<Vec<u8>>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub completed_at: Option<Timestamp>,
    /// Number of the current version, from 1. Events repeat it.
    pub version: i32,
}

from_row_by_index! {
    id project_id user_id flow_id status steps created_at updated_at version; source_id metadata completed_at
}

/// What the table says about persons.
pub const DATA: TableData = TableData::Person { fixed: &["status", "steps"] };

/// The status of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Status {
    #[sea_orm(string_value = "in_progress")]
    InProgress,
    #[sea_orm(string_value = "pending")]
    Pending,
    #[sea_orm(string_value = "successful")]
    Successful,
    #[sea_orm(string_value = "suspected")]
    Suspected,
}

/// A step of a session: each captures a document.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Step {
    #[sea_orm(string_value = "ID_DOCUMENT")]
    IdDocument,
    #[sea_orm(string_value = "DRIVING_LICENSE")]
    DrivingLicense,
    #[sea_orm(string_value = "CAR_REGISTRATION_DOCUMENT")]
    CarRegistrationDocument,
    #[sea_orm(string_value = "ADDRESS_PROOF")]
    AddressProof,
}

/// The steps of a session, in one JSON column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Steps(pub Vec<Step>);

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
