use std::collections::HashMap;

use async_graphql::SimpleObject;
use entity::level_change;
use uuid::Uuid;

use crate::{
    Result,
    auth::Caller,
    db::Store,
    graphql::{DateTime, loader::Batched},
    identification::graphql::{IdentificationLevel, IdentificationStatus},
    level::store,
};

/// A change of a level of an identification.
#[derive(Clone, Debug, SimpleObject)]
pub struct LevelChange {
    /// The level.
    level: IdentificationLevel,
    /// Status after the change.
    status: IdentificationStatus,
    /// Time at which the level expires. Null if it is not valid, or has no end.
    valid_until: Option<DateTime>,
    /// Reason that the client stated. Null if it stated none, or if the user is erased.
    reason: Option<String>,
    /// Time of the change.
    created_at: DateTime,
}

impl From<level_change::Model> for LevelChange {
    fn from(row: level_change::Model) -> Self {
        Self {
            level: row.level.into(),
            status: row.status.into(),
            valid_until: row.valid_until.map(DateTime),
            reason: row.reason,
            created_at: DateTime(row.created_at),
        }
    }
}

/// Loader key: the changes of the levels of an identification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LevelChangesOf(pub Uuid);

impl Batched for LevelChangesOf {
    type Value = Vec<level_change::Model>;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, Self::Value>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let changes = store::changes_of(store, caller, &ids).await?;
        Ok(changes.into_iter().map(|(id, changes)| (Self(id), changes)).collect())
    }
}
