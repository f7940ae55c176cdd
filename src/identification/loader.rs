use std::{collections::HashMap, sync::Arc};

use entity::identification;
use uuid::Uuid;

use super::{IdentificationFilters, IdentificationLevels, List, store};
use crate::{
    Result,
    auth::Caller,
    db::{Page, Store},
    graphql::loader::{Batched, LoaderOf, Loaders},
};

/// Asks for the identification of an id, if the caller may see it.
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

    fn loader(loaders: &Loaders) -> &LoaderOf<Self> {
        &loaders.identification_by_id
    }
}

/// Asks for a page of the identifications of a user. One statement for all users with the same list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageOf {
    pub user: Uuid,
    pub list: Arc<List>,
}

impl Batched for PageOf {
    type Value = Arc<Page<identification::Model>>;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, Self::Value>> {
        let mut found = HashMap::new();
        for (list, users) in grouped(keys.iter().map(|key| (&key.list, key.user))) {
            for (user, page) in store::pages_of(store, caller, &users, list).await? {
                found.insert(Self { user, list: list.clone() }, Arc::new(page));
            }
        }
        Ok(found)
    }

    fn loader(loaders: &Loaders) -> &LoaderOf<Self> {
        &loaders.page_of
    }
}

/// Asks for the number of a user's identifications. One statement for all users with the same filter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CountOf {
    pub user: Uuid,
    pub filters: IdentificationFilters,
}

impl Batched for CountOf {
    type Value = u64;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, u64>> {
        let mut found = HashMap::new();
        for (filters, users) in grouped(keys.iter().map(|key| (&key.filters, key.user))) {
            for (user, count) in store::counts_of(store, caller, &users, filters).await? {
                found.insert(Self { user, filters: filters.clone() }, count);
            }
        }
        Ok(found)
    }

    fn loader(loaders: &Loaders) -> &LoaderOf<Self> {
        &loaders.count_of
    }
}

/// Asks which levels a user holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LevelsOf(pub Uuid);

impl Batched for LevelsOf {
    type Value = IdentificationLevels;

    async fn batch(
        keys: &[Self],
        store: &Store,
        caller: &Caller,
    ) -> Result<HashMap<Self, IdentificationLevels>> {
        let users: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let levels = store::levels_of(store, caller, &users).await?;
        Ok(levels.into_iter().map(|(user, levels)| (Self(user), levels)).collect())
    }

    fn loader(loaders: &Loaders) -> &LoaderOf<Self> {
        &loaders.levels_of
    }
}

/// The users by what is asked about them.
fn grouped<'a, T: Eq + std::hash::Hash>(
    keys: impl Iterator<Item = (&'a T, Uuid)>,
) -> HashMap<&'a T, Vec<Uuid>> {
    let mut groups: HashMap<&T, Vec<Uuid>> = HashMap::new();
    for (asked, user) in keys {
        groups.entry(asked).or_default().push(user);
    }
    groups
}
