use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp};

/// The keyed hash of one secret of a credential. During a rotation, two secrets of a kind can be live.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credential_secrets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub credential_id: Uuid,
    pub kind: Kind,
    pub hash: Vec<u8>,
    pub created_at: Timestamp,
    /// Time from which the secret is rejected. `None`: until it is rotated or the credential is revoked.
    pub expires_at: Option<Timestamp>,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("of callers");

/// How a secret is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Kind {
    /// With the client id, to get an access token.
    #[sea_orm(string_value = "secret")]
    Secret,
    /// Alone, with every request.
    #[sea_orm(string_value = "api_key")]
    ApiKey,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
