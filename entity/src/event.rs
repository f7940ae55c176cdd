use keyset::from_row_by_index;
use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp};

/// An event: a change of an object, inserted with the change. The erasure of its user blanks the detail.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "events")]
pub struct Model {
    #[sea_orm(unique)]
    pub id: Uuid,
    /// Later events of one object have larger numbers. Across objects the order has no meaning.
    #[sea_orm(primary_key)]
    pub sequence: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    /// The stable name, for example `User.Created`.
    pub kind: String,
    /// The changed object.
    pub resource_id: Uuid,
    /// The user whom the event concerns, if any.
    pub user_id: Option<Uuid>,
    /// Additional values for a body: ids and states, no personal data.
    pub detail: Option<Json>,
    pub created_at: Timestamp,
    /// The version of the object after the change, if objects have versions: a lower version is outdated.
    pub version: Option<i32>,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::Person { fixed: &["kind"] };

from_row_by_index! { id sequence project_id kind resource_id user_id created_at; detail version }

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
