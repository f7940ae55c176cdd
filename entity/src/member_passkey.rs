use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp};

/// A passkey of a member (Web Authentication).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member_passkeys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub member_id: Uuid,
    /// The id under which devices know it.
    #[sea_orm(unique)]
    pub credential_id: Vec<u8>,
    /// The public key and what sign-ins are checked against, sealed by the member's key.
    pub passkey: Vec<u8>,
    /// The member's name for it.
    pub label: String,
    /// Whether it is copied to other devices of the member.
    pub is_backed_up: bool,
    pub created_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("of members, who are not verified here");

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
