use sea_orm::entity::prelude::*;

use crate::TableData;

/// The settings of a project. A project without a row has the defaults.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "project_settings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    pub name_search: NameSearch,
    /// Minutes without activity after which a member's session ends.
    pub idle_minutes: i32,
    /// Hours after which a member's session ends in any case.
    pub session_hours: i32,
    /// Whether members enter the project by passkey only.
    pub passkeys_only: bool,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("settings of a project");

/// How users are searched by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))")]
pub enum NameSearch {
    /// Each search opens the sealed names.
    #[sea_orm(string_value = "SCAN")]
    Scan,
    /// Names are found by keyed hashes of their words: `user_name_token`.
    #[sea_orm(string_value = "INDEX")]
    Index,
    #[sea_orm(string_value = "OFF")]
    Off,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
