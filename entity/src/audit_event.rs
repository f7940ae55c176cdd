use sea_orm::entity::prelude::*;

use crate::{Timestamp, from_row_by_index};

/// Something that somebody changed. Written with the change itself, never changed and never deleted: the database refuses
/// both. Nothing in it is personal, so it outlives the person.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_events")]
pub struct Model {
    #[sea_orm(unique)]
    pub id: Uuid,
    /// Later entries have larger numbers.
    #[sea_orm(primary_key)]
    pub sequence: i64,
    pub project_id: Uuid,
    /// What was done: a stable name, for example `User.Updated`.
    pub action: String,
    /// The object that it was done to.
    pub resource_id: Uuid,
    /// Whom it is about, if it is about somebody.
    pub user_id: Option<Uuid>,
    /// Who did it; `None`: nobody asked for it, whoever runs the server did, or whoever held a signed address.
    pub credential_id: Option<Uuid>,
    /// The id of the request that asked for it, as the log has it.
    pub request_id: Option<String>,
    pub created_at: Timestamp,
}

from_row_by_index! { id sequence project_id action resource_id user_id credential_id request_id created_at }

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
