use sea_orm::entity::prelude::*;

use crate::TableData;

/// The single row that identifies the root key of this database.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "instance")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// A keyed hash made with the root key: detects a wrong key before anything is signed with it.
    pub root_key_fingerprint: Vec<u8>,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("of the installation");

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
