use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp};

/// A signed single-use URL that was used.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "spent_tickets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Time at which the URL expires anyway, so that this row can be deleted.
    pub expires_at: Timestamp,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("ids that the server made");

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
