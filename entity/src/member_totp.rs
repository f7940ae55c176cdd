use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp};

/// The secret of a member's authenticator app (RFC 6238).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member_totps")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: Uuid,
    /// Sealed by the member's key.
    pub secret: Vec<u8>,
    pub confirmed_at: Timestamp,
    /// Time step of the last accepted code: a code is accepted once.
    pub last_step: i64,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("of members, who are not verified here");

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
