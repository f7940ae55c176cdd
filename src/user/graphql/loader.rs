use std::collections::HashMap;

use entity::user;
use uuid::Uuid;

use crate::{Result, auth::Caller, db::Store, graphql::loader::Batched, user::store};

/// Loader key: the user with an id, if it is visible to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UserById(pub Uuid);

impl Batched for UserById {
    type Value = user::Model;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, user::Model>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let rows = store::by_ids(store, caller, &ids).await?;
        Ok(rows.into_iter().map(|row| (Self(row.id), row)).collect())
    }
}

/// Loader key: the tags of a user that is visible to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TagsOf(pub Uuid);

impl Batched for TagsOf {
    type Value = Vec<String>;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, Vec<String>>> {
        let users: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let tags = store::tags_of(store, caller, &users).await?;
        Ok(tags.into_iter().map(|(user, tags)| (Self(user), tags)).collect())
    }
}
