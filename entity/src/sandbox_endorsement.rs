use sea_orm::entity::prelude::*;

use crate::TableData;

/// The sandbox user that a credential or a membership acts as.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sandbox_endorsements")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    /// The credential or the membership.
    pub actor_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    pub user_id: Uuid,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::Person { fixed: &[] };

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
