use std::collections::HashMap;

use entity::identification;
use uuid::Uuid;

use crate::{
    Result,
    auth::Caller,
    db::Store,
    graphql::loader::Batched,
    identification::{rules::HeldLevels, store},
};

/// Loader key: the identification with an id, if it is visible to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct IdentificationById(pub Uuid);

impl Batched for IdentificationById {
    type Value = identification::Model;

    async fn batch(
        keys: &[Self],
        store: &Store,
        caller: &Caller,
    ) -> Result<HashMap<Self, identification::Model>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let rows = store::by_ids(store, caller, &ids).await?;
        Ok(rows.into_iter().map(|row| (Self(row.id), row)).collect())
    }
}

/// Loader key: the other provider that made the check of an identification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ProviderOf(pub Uuid);

impl Batched for ProviderOf {
    type Value = String;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, String>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let providers = store::providers_of(store, caller, &ids).await?;
        Ok(providers.into_iter().map(|(id, provider)| (Self(id), provider)).collect())
    }
}

/// Loader key: the levels that a user holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LevelsOf(pub Uuid);

impl Batched for LevelsOf {
    type Value = HeldLevels;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, HeldLevels>> {
        let users: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let levels = store::levels_of(store, caller, &users).await?;
        Ok(levels.into_iter().map(|(user, levels)| (Self(user), levels)).collect())
    }
}
