use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp};

/// A key that signs access tokens. The row only identifies it: the bytes are derived from the root key and
/// this id, so that a copy of the database cannot sign.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signing_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub created_at: Timestamp,
    /// Time from which its signatures are rejected. `None`: the key is the current one.
    pub expires_at: Option<Timestamp>,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("of the installation");

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
