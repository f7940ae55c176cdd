use keyset::from_row_by_index;
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{TableData, Timestamp};

/// The credential with which a client authenticates.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credentials")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    /// Numbers the credentials of a project from 1: the admin's `userId` of the verification history.
    pub number: i64,
    /// The public client id, unique over all projects.
    #[sea_orm(unique)]
    pub client_id: String,
    pub label: String,
    /// The names of the permissions.
    pub permissions: Strings,
    /// Limits the credential to users that carry one of these tags. `None`: no limit.
    pub tag_limits: Option<Strings>,
    /// The integration whose results this credential can read, and no others. Null without a relying party.
    pub integration_id: Option<Uuid>,
    pub created_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
    /// The hour in which a token was last issued or the API key was last used.
    pub last_used_at: Option<Timestamp>,
    /// The credential that created this one. Both null: the command line.
    pub created_by_credential: Option<Uuid>,
    /// The membership that created it.
    pub created_by_membership: Option<Uuid>,
}

from_row_by_index! {
    id project_id number client_id label permissions tag_limits integration_id created_at revoked_at
    last_used_at created_by_credential created_by_membership
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("of callers");

/// A list of strings in one JSON column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Strings(pub Vec<String>);

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::project::Entity",
        from = "Column::ProjectId",
        to = "super::project::Column::Id"
    )]
    Project,
}

impl Related<super::project::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Project.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
