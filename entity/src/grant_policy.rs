use sea_orm::entity::prelude::*;

use crate::TableData;

/// The verification level that a project's users are granted automatically when they hold a level of an
/// identification.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "grant_policies")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub identification_level: Level,
    pub verification_level_id: Uuid,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("settings of a project");

/// A level of an identification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Level {
    #[sea_orm(string_value = "expert")]
    Expert,
    #[sea_orm(string_value = "qes")]
    Qes,
    #[sea_orm(string_value = "pvid")]
    Pvid,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
