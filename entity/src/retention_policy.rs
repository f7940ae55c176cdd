use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp};

/// How long a project keeps a class of data.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "retention_policies")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub data_class: DataClass,
    /// Days from the time of recording.
    pub days: i32,
    /// Data recorded up to this time is deleted already.
    pub done_until: Timestamp,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("settings of a project");

/// A class of data with a retention period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
pub enum DataClass {
    #[sea_orm(string_value = "DocumentImages")]
    DocumentImages,
    #[sea_orm(string_value = "DocumentFields")]
    DocumentFields,
    #[sea_orm(string_value = "SessionMetadata")]
    SessionMetadata,
    #[sea_orm(string_value = "ResultData")]
    ResultData,
    #[sea_orm(string_value = "ProofingImages")]
    ProofingImages,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
