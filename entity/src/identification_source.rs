use sea_orm::entity::prelude::*;

use crate::TableData;

/// The source of an identification of another provider. Each of the provider's results is stored once.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identification_sources")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub identification_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    pub provider: String,
    /// The provider's id of the identification.
    pub reference: String,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::Person { fixed: &[] };

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
