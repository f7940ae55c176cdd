use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp};

/// An entry of the erasure ledger: a user whose key was destroyed. The table is in the ledger, not in the
/// database, so that restoring a backup of the database does not revert it. It contains no personal data.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "erased_users")]
pub struct Model {
    /// The user id, which is also the id of its key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    pub erased_at: Timestamp,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::Person { fixed: &[] };

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
