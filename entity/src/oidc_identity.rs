use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp};

/// A person as an identity provider knows it, and the member that it is here.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "oidc_identities")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub provider_id: Uuid,
    /// Keyed hash of the provider's `sub`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject_hash: Vec<u8>,
    pub member_id: Uuid,
    pub created_at: Timestamp,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("of members, who are not verified here");

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::oidc_provider::Entity",
        from = "Column::ProviderId",
        to = "super::oidc_provider::Column::Id"
    )]
    Provider,
}

impl Related<super::oidc_provider::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Provider.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
