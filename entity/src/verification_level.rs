use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp};

/// A verification level of a project.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "verification_levels")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    /// Numbers the levels of a project from 1.
    pub number: i64,
    /// Unique in its project.
    pub name: String,
    /// The rank of the level, unique in its project; 0 is the level of a new user.
    pub index: i32,
    pub created_at: Timestamp,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("settings of a project");

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
