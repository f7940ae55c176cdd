use sea_orm::entity::prelude::*;

use crate::TableData;

/// The id of an imported record in its source system, if it differs from the id of its row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_sources")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    /// The type of the record.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// A keyed hash of the id: other systems' ids may contain the name of a person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source_id: String,
    pub resource_id: Uuid,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("keyed hashes");

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
