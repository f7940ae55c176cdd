use keyset::from_row_by_index;
use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp};

/// One grant of a verification level to a user. The table is append-only; only the erasure of the user blanks
/// the reason.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "verifications")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    pub user_id: Uuid,
    /// Numbers the grants of a project from 1.
    pub number: i64,
    /// Numbers the grants of the user from 1: unique per user, so that a history cannot fork.
    pub step: i32,
    pub current_level_id: Uuid,
    /// Null only for the user's first grant.
    pub previous_level_id: Option<Uuid>,
    /// The reason, as stated by the granting client. Empty once the user is erased.
    pub reason: String,
    /// The credential that granted the level. Null for grants of members and for automatic grants.
    pub granted_by: Option<Uuid>,
    pub created_at: Timestamp,
    /// The membership that granted the level. Null for other grants.
    pub granted_by_membership: Option<Uuid>,
}

from_row_by_index! {
    id project_id user_id number step current_level_id previous_level_id reason granted_by created_at
    granted_by_membership
}

/// What the table says about persons.
pub const DATA: TableData = TableData::Person { fixed: &[] };

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
