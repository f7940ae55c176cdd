use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp};

/// A device on which a member is signed in.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member_sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub member_id: Uuid,
    /// Keyed hash of the cookie's value.
    #[sea_orm(unique)]
    pub token_hash: Vec<u8>,
    pub method: Method,
    /// The browser, as it names itself.
    pub user_agent: Option<String>,
    /// The network of the client: /24 of IPv4, /56 of IPv6.
    pub source: Option<String>,
    pub created_at: Timestamp,
    /// Time of the last request that followed an activity of the person.
    pub last_seen_at: Timestamp,
    /// Time of the last proof of identity.
    pub authenticated_at: Timestamp,
    pub expires_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    /// Minutes without activity after which the session ends.
    pub idle_minutes: i32,
    /// Whether the last proof of identity was by passkey.
    pub is_by_passkey: bool,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("of members, who are not verified here");

/// How a member proved its identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Method {
    /// Password and a second factor.
    #[sea_orm(string_value = "PASSWORD")]
    Password,
    #[sea_orm(string_value = "PASSKEY")]
    Passkey,
    #[sea_orm(string_value = "OIDC")]
    Oidc,
    /// An invitation, set-up or recovery link.
    #[sea_orm(string_value = "LINK")]
    Link,
    /// One click, in a demo only.
    #[sea_orm(string_value = "DEMO")]
    Demo,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
}

impl Related<super::member::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Member.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
