use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp};

/// A key of a project, wrapped by the root key. It wraps the keys of the project's users, and key rotation
/// replaces it with a newer one.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "project_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    pub wrapped: Vec<u8>,
    /// The key for personal data without a user, wrapped by this key. Key rotation does not change it.
    pub common: Vec<u8>,
    pub created_at: Timestamp,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("keys of projects");

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
