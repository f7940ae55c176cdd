use keyset::from_row_by_index;
use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp, grant_policy::Level, identification::Status};

/// A transition of a level of an identification: the history of who had which level when. Rows are never
/// deleted and never changed, except for the reason, which the erasure of the user blanks.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "level_changes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    pub user_id: Uuid,
    pub identification_id: Uuid,
    pub level: Level,
    pub status: Status,
    /// Expiry of the level, if it is valid and has one.
    pub valid_until: Option<Timestamp>,
    /// The reason, as stated by the client that made the change.
    pub reason: Option<String>,
    pub created_at: Timestamp,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::Person { fixed: &["level", "status"] };

from_row_by_index! { id project_id user_id identification_id level status valid_until reason created_at }

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
