use keyset::from_row_by_index;
use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp};

/// An audited change, inserted with the change. Rows are never updated or deleted: the database rejects both.
/// They contain no personal data, so they outlive the person.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_events")]
pub struct Model {
    #[sea_orm(unique)]
    pub id: Uuid,
    /// Later entries have larger numbers.
    #[sea_orm(primary_key)]
    pub sequence: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    /// The stable name of the action, for example `User.Updated`.
    pub action: String,
    /// The changed object.
    pub resource_id: Uuid,
    /// The user whom the change concerns, if any.
    pub user_id: Option<Uuid>,
    /// The credential that made the change; `None` for the timer, the operator, and holders of a signed URL.
    pub credential_id: Option<Uuid>,
    /// The id of the request that made the change, as logged.
    pub request_id: Option<String>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub created_at: Timestamp,
    /// The membership whose member made the change, if a member made it.
    pub membership_id: Option<Uuid>,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("never changed: ids, and request ids of hexadecimal digits");

from_row_by_index! {
    id sequence project_id action resource_id user_id credential_id request_id created_at membership_id
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
