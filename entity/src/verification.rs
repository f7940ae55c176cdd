use sea_orm::entity::prelude::*;

use crate::{Timestamp, from_row_by_index};

/// One grant of a verification level to a user. Rows are only ever added; the erasure of the user blanks the reason.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "verifications")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    pub user_id: Uuid,
    /// Counts the grants of a project from 1.
    pub number: i32,
    /// Counts the grants of the user from 1: unique for the user, so that a history cannot fork.
    pub step: i32,
    pub current_level_id: Uuid,
    /// Null only for the user's first grant.
    pub previous_level_id: Option<Uuid>,
    /// Why, in the words of whoever granted it. Empty once the user is erased.
    pub reason: String,
    /// The credential that granted. Null when the system did.
    pub granted_by: Option<Uuid>,
    pub created_at: Timestamp,
}

from_row_by_index! {
    id project_id user_id number step current_level_id previous_level_id reason granted_by created_at
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
