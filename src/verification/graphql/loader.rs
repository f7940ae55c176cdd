use std::{collections::HashMap, sync::Arc};

use entity::{credential, verification, verification_level};
use uuid::Uuid;

use crate::{
    Result,
    auth::Caller,
    db::Store,
    graphql::{Request, loader::Batched},
    verification::store,
};

/// Loader key: the grant with an id, if it is visible to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VerificationById(pub Uuid);

impl Batched for VerificationById {
    type Value = verification::Model;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, Self::Value>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let rows = store::by_ids(store, caller, &ids).await?;
        Ok(rows.into_iter().map(|row| (Self(row.id), row)).collect())
    }
}

/// Returns the verification level with an id, within the caller's project. It is read once.
pub async fn level_by_id(request: &Request, id: Uuid) -> Result<Option<Arc<verification_level::Model>>> {
    if let Some(level) = request.levels.get(request.caller.project_id(), id) {
        return Ok(Some(level));
    }
    let level = request.load(LevelById(id)).await?;
    if let Some(level) = &level {
        request.levels.keep(level);
    }
    Ok(level)
}

/// Loader key: the verification level with an id, within the caller's project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct LevelById(Uuid);

impl Batched for LevelById {
    type Value = Arc<verification_level::Model>;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, Self::Value>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let rows = store::levels_by_ids(store, caller, &ids).await?;
        Ok(rows.into_iter().map(|row| (Self(row.id), Arc::new(row))).collect())
    }
}

/// Loader key: the current verification level of a user that is visible to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CurrentLevelOf(pub Uuid);

impl Batched for CurrentLevelOf {
    type Value = verification_level::Model;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, Self::Value>> {
        let users: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let levels = store::current_levels_of(store, caller, &users).await?;
        Ok(levels.into_iter().map(|(user, level)| (Self(user), level)).collect())
    }
}

/// Loader key: the credential with an id, within the caller's project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CredentialById(pub Uuid);

impl Batched for CredentialById {
    type Value = credential::Model;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, Self::Value>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let rows = crate::auth::credential::by_ids(store, caller, &ids).await?;
        Ok(rows.into_iter().map(|row| (Self(row.id), row)).collect())
    }
}
