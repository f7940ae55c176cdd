use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp};

/// The tenant: every other row of personal data belongs to exactly one project.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "projects")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub mode: Mode,
    /// Whether results contain the id of the person independently of their scopes.
    pub always_identity_id: bool,
    /// Milliseconds by which the project's clock is ahead of the machine's. Zero outside of sandbox projects.
    pub clock_ahead: i64,
    pub created_at: Timestamp,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("of the operator");

/// Whether a project contains real people or test data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Mode {
    #[sea_orm(string_value = "Live")]
    Live,
    #[sea_orm(string_value = "Sandbox")]
    Sandbox,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
