use sea_orm::entity::prelude::*;

use crate::Timestamp;

/// The tenant: every other row of personal data belongs to exactly one.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "projects")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub mode: Mode,
    /// Whether results tell the id of the person whatever their scopes say.
    pub always_identity_id: bool,
    /// Milliseconds by which its clock is ahead of the machine's. Only a Sandbox project's is.
    pub clock_ahead: i64,
    pub created_at: Timestamp,
}

/// Whether a project holds real people or test ones.
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
