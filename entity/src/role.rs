use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp, credential::Strings};

/// A named set of permissions of a project's members.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roles")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    /// Unique in the project.
    pub name: String,
    /// Set for a built-in role, whose permissions are defined by the program.
    pub built_in: Option<BuiltIn>,
    /// The names of the permissions. Null for a built-in role.
    pub permissions: Option<Strings>,
    /// Whether members read personal data masked.
    pub is_masked: bool,
    pub version: i32,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("of the project");

/// A role that every project has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum BuiltIn {
    #[sea_orm(string_value = "OWNER")]
    Owner,
    #[sea_orm(string_value = "ADMIN")]
    Admin,
    #[sea_orm(string_value = "REVIEWER")]
    Reviewer,
    #[sea_orm(string_value = "SUPPORT")]
    Support,
    #[sea_orm(string_value = "DEVELOPER")]
    Developer,
    #[sea_orm(string_value = "AUDITOR")]
    Auditor,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
