use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp};

/// A sign-in that is not complete, between two requests.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_attempts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    /// Keyed hash of the token that the client holds.
    pub token_hash: Vec<u8>,
    pub kind: Kind,
    /// The member that signs in. Null if no member has the e-mail address: the answers do not differ.
    pub member_id: Option<Uuid>,
    /// What the next step needs, sealed.
    pub state: Vec<u8>,
    /// Number of wrong codes. Five end the attempt.
    pub failures: i32,
    pub expires_at: Timestamp,
    /// Keyed hash of the network that started it. Null if the client has proved who it is.
    pub source: Option<Vec<u8>>,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("of members, who are not verified here");

/// What an attempt is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Kind {
    /// A sign-in by password, which waits for the second factor.
    #[sea_orm(string_value = "PASSWORD")]
    Password,
    /// An account that waits for the first code of its authenticator app.
    #[sea_orm(string_value = "LINK")]
    Link,
    /// A proof of identity of a member that is signed in.
    #[sea_orm(string_value = "STEP_UP")]
    StepUp,
    /// A sign-in by passkey, which waits for the device.
    #[sea_orm(string_value = "PASSKEY")]
    Passkey,
    /// A new passkey of a member that is signed in.
    #[sea_orm(string_value = "NEW_PASSKEY")]
    NewPasskey,
    /// A new authenticator app of a member that is signed in.
    #[sea_orm(string_value = "AUTHENTICATOR")]
    Authenticator,
    /// A person that is at an identity provider.
    #[sea_orm(string_value = "OIDC")]
    Oidc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
