use sea_orm::entity::prelude::*;

use crate::{Timestamp, from_row_by_index};

/// Something that happened to an object. Written with the change itself. The erasure of its user blanks the detail.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "events")]
pub struct Model {
    #[sea_orm(unique)]
    pub id: Uuid,
    /// Later events of one object have larger numbers. Between objects it says nothing.
    #[sea_orm(primary_key)]
    pub sequence: i64,
    pub project_id: Uuid,
    /// Its stable name, for example `User.Created`.
    pub kind: String,
    /// The object that it happened to.
    pub resource_id: Uuid,
    /// Whom it is about, if it is about somebody.
    pub user_id: Option<Uuid>,
    /// What a body needs besides: ids and states, nothing personal.
    pub detail: Option<Json>,
    pub created_at: Timestamp,
    /// The version of the object that this made, where objects have versions: an earlier one is older news.
    pub version: Option<i32>,
}

from_row_by_index! { id sequence project_id kind resource_id user_id detail created_at version }

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
