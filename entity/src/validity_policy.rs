use sea_orm::entity::prelude::*;

use crate::{TableData, grant_policy::Level};

/// How long a level of an identification is valid in a project. The earliest limit applies.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "validity_policies")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub level: Level,
    /// Days from the time when the level becomes valid. `None`: no limit in days.
    pub days: Option<i32>,
    /// Whether the level expires with the identity document that was used.
    pub until_document_expires: bool,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("settings of a project");

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
