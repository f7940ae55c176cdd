use keyset::from_row_by_index;
use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp, credential::Strings};

/// A member's access to one project.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "memberships")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    pub member_id: Uuid,
    /// Numbers the memberships and credentials of a project: the admin's `userId` of the verification history.
    pub number: i64,
    pub role_id: Uuid,
    /// Limits the membership to users that carry one of these tags. `None`: no limit.
    pub tag_limits: Option<Strings>,
    pub origin: Origin,
    pub created_at: Timestamp,
    /// Time from which the membership gives no access. It can be resumed under the same number.
    pub ended_at: Option<Timestamp>,
    /// Time from which the membership gives no access until the suspension is lifted.
    pub suspended_at: Option<Timestamp>,
}

from_row_by_index! { id project_id member_id number role_id tag_limits origin created_at ended_at suspended_at }

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("of members, who are not verified here");

/// How a membership was created.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Origin {
    /// By an invitation of another member.
    #[sea_orm(string_value = "INVITED")]
    Invited,
    /// By a group of an identity provider.
    #[sea_orm(string_value = "OIDC")]
    Oidc,
    /// By a command of the operator.
    #[sea_orm(string_value = "CLI")]
    Cli,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::role::Entity", from = "Column::RoleId", to = "super::role::Column::Id")]
    Role,
    #[sea_orm(
        belongs_to = "super::project::Entity",
        from = "Column::ProjectId",
        to = "super::project::Column::Id"
    )]
    Project,
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
    #[sea_orm(
        belongs_to = "super::member_session::Entity",
        from = "Column::MemberId",
        to = "super::member_session::Column::MemberId"
    )]
    Session,
}

impl Related<super::role::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Role.def()
    }
}

impl Related<super::project::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Project.def()
    }
}

impl Related<super::member::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Member.def()
    }
}

impl Related<super::member_session::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Session.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
