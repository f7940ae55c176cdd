use sea_orm::entity::prelude::*;

use crate::grant_policy::Level;

/// How long a level of an identification is valid in a project. The earliest end counts.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "validity_policies")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub level: Level,
    /// Days from when it becomes valid. `None`: no end of its own.
    pub days: Option<i32>,
    /// Whether it ends with the identity document that was shown.
    pub until_document_expires: bool,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
