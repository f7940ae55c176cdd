use sea_orm::entity::prelude::*;

use crate::{Timestamp, from_row_by_index, grant_policy::Level, identification::Status};

/// That a level of an identification went to a status. Never deleted, and never changed but for the reason, which the
/// erasure of the user blanks: it says who had which level when.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "level_changes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    pub user_id: Uuid,
    pub identification_id: Uuid,
    pub level: Level,
    pub status: Status,
    /// Until when the level is valid, once it is and if there is an end.
    pub valid_until: Option<Timestamp>,
    /// Why, in the words of whoever changed it.
    pub reason: Option<String>,
    pub created_at: Timestamp,
}

from_row_by_index! { id project_id user_id identification_id level status valid_until reason created_at }

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
