use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp};

/// The use of an idempotency key: the same key and input return the first result, to the same credential or
/// membership only.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    /// The credential or the membership that used the key.
    pub actor_id: Uuid,
    /// A keyed hash of the key as the client sent it: clients put names into keys.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// A keyed hash of the operation's name and its input.
    pub digest: Vec<u8>,
    /// Id of the created row; nil if the request was rejected. While the key is claimed, the id of the claim.
    pub result: Uuid,
    /// The returned rejection, sealed with a key that is derived from the key as the client sent it.
    pub refusal: Option<Json>,
    pub created_at: Timestamp,
    /// Time until which a running request holds the key, by the machine's clock; `None` once the request is
    /// answered.
    pub claimed_until: Option<Timestamp>,
}

/// What the table says about persons.
pub const DATA: TableData =
    TableData::NoPerson("keyed hashes, and rejections that only the caller's key opens, for a day");

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
