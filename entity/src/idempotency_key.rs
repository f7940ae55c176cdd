use sea_orm::entity::prelude::*;

use crate::Timestamp;

/// What a credential's key was used for: the same key and input give the same result again, to the same credential.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub credential_id: Uuid,
    /// A keyed hash of the key as the caller wrote it: callers put names into keys.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// A keyed hash of the operation's name and its input.
    pub digest: Vec<u8>,
    /// The row it made; nil if it was refused. While the key is claimed, the claim.
    pub result: Uuid,
    /// The refusal that it was answered with, sealed by a key that derives from the key as the caller wrote it.
    pub refusal: Option<Json>,
    pub created_at: Timestamp,
    /// Until when, by the machine's clock, the key belongs to whoever is still at work under it; `None` once it is answered.
    pub claimed_until: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
