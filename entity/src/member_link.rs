use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp, credential::Strings};

/// A link that creates an account, adds a membership, or gives access back. Valid once.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member_links")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Keyed hash of the token in the link.
    #[sea_orm(unique)]
    pub token_hash: Vec<u8>,
    pub purpose: Purpose,
    /// The member that the link gives access back to. Null for a new member.
    pub member_id: Option<Uuid>,
    pub project_id: Option<Uuid>,
    pub role_id: Option<Uuid>,
    pub tag_limits: Option<Strings>,
    /// The invited e-mail address, sealed. Null for a set-up link.
    pub email: Option<Vec<u8>>,
    /// Whether the new member is an operator.
    pub is_operator: bool,
    /// The membership that invited. Null for links of the command line.
    pub created_by: Option<Uuid>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("of members, who are not verified here");

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Purpose {
    /// Creates the first owner of an installation.
    #[sea_orm(string_value = "SET_UP")]
    SetUp,
    #[sea_orm(string_value = "INVITE")]
    Invite,
    /// Replaces the password and the authenticator app of a member.
    #[sea_orm(string_value = "RECOVER")]
    Recover,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
