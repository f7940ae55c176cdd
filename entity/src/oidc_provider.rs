use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp, credential::Strings};

/// An identity provider, with which people sign in.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "oidc_providers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its name on the sign-in page and in commands.
    #[sea_orm(unique)]
    pub label: String,
    /// Exactly as its discovery document has it.
    pub issuer: String,
    pub client_id: String,
    /// Sealed. Null for a client without a secret.
    pub client_secret: Option<Vec<u8>>,
    /// Scopes besides `openid`.
    pub scopes: Strings,
    /// The claim that has the person's groups, or a path of names with dots between them.
    pub groups_claim: Option<String>,
    /// Whether other ways to sign in are switched off, but for recovery links.
    pub is_exclusive: bool,
    pub is_active: bool,
    pub created_at: Timestamp,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("settings");

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
