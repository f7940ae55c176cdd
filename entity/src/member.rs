use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp};

/// A person with an account of this installation.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "members")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The member's key, wrapped by a key derived from the root key. Empty once the member is erased.
    pub wrapped_key: Vec<u8>,
    /// Name and e-mail address, sealed by the member's key.
    pub personal: Vec<u8>,
    /// Keyed hash of the e-mail address in lowercase, which finds the member.
    #[sea_orm(unique)]
    pub email_hash: Vec<u8>,
    /// Language of the dashboard, `en` or `fr`. Null: the browser's.
    pub locale: Option<String>,
    pub status: Status,
    /// Whether the member may create projects and configure single sign-on.
    pub is_operator: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("of members, who are not verified here");

/// Whether a member can sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Status {
    #[sea_orm(string_value = "ACTIVE")]
    Active,
    /// Cannot sign in until an operator lifts the suspension.
    #[sea_orm(string_value = "SUSPENDED")]
    Suspended,
    /// Erased: the key that sealed its name is deleted.
    #[sea_orm(string_value = "REMOVED")]
    Removed,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
