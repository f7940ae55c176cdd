use sea_orm::entity::prelude::*;

/// What an imported record is called where it comes from, where its row is called otherwise.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_sources")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    /// What sort of record it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// A keyed hash of it: what others call their records may say who they are about.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source_id: String,
    pub resource_id: Uuid,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
