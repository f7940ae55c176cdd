use sea_orm::entity::prelude::*;

use crate::Timestamp;

/// The keyed hash of one secret of a credential. Two can be live while a secret is rotated.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credential_secrets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub credential_id: Uuid,
    pub hash: Vec<u8>,
    pub created_at: Timestamp,
    /// From when on it is refused. `None`: until it is rotated or the credential revoked.
    pub expires_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
