use sea_orm::entity::prelude::*;

use crate::{TableData, credential::Strings};

/// The role that a group of an identity provider has in a project.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "oidc_mappings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub provider_id: Uuid,
    /// The value of the groups claim.
    pub group_name: String,
    pub project_id: Uuid,
    pub role_id: Uuid,
    /// Limits the membership to users that carry one of these tags. `None`: no limit.
    pub tag_limits: Option<Strings>,
    /// Of the groups of a person the lowest rank counts.
    pub rank: i32,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("settings");

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
