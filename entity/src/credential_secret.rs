use sea_orm::entity::prelude::*;

use crate::Timestamp;

/// The keyed hash of one secret of a credential. Two of a kind can be live while one is rotated.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credential_secrets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub credential_id: Uuid,
    pub kind: Kind,
    pub hash: Vec<u8>,
    pub created_at: Timestamp,
    /// From when on it is refused. `None`: until it is rotated or the credential revoked.
    pub expires_at: Option<Timestamp>,
}

/// What a secret is sent as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Kind {
    /// Beside the client id, for an access token.
    #[sea_orm(string_value = "secret")]
    Secret,
    /// Alone, with every request.
    #[sea_orm(string_value = "api_key")]
    ApiKey,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
