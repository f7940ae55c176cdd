use sea_orm::entity::prelude::*;

/// Where an identification comes from that another provider made. One of its results is kept once.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identification_sources")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub identification_id: Uuid,
    pub project_id: Uuid,
    pub provider: String,
    /// What the provider calls it.
    pub reference: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
