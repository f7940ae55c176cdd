//! Loads the lists of many users, with one statement for each kind of list.

use std::{collections::HashMap, fmt::Debug, hash::Hash, sync::Arc};

use keyset::Page;
use uuid::Uuid;

use super::{ListQuery, ListSource};
use crate::{Result, auth::Caller, db::Store, graphql::loader::Batched};

/// Loader key: a page of a user's list. One statement serves all users whose lists have the same query.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageOf<L: ListSource> {
    pub user: Uuid,
    pub list: Arc<ListQuery<L>>,
}

impl<L: ListSource> Batched for PageOf<L> {
    type Value = Arc<Page<L::Row>>;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, Self::Value>> {
        let mut found = HashMap::new();
        for (list, users) in grouped(keys.iter().map(|key| (&key.list, key.user))) {
            for (user, page) in list.pages_of(store, caller, users).await? {
                found.insert(Self { user, list: list.clone() }, Arc::new(page));
            }
        }
        Ok(found)
    }
}

/// Loader key: the length of a user's list. One statement serves all users with the same filter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CountOf<L: ListSource> {
    pub user: Uuid,
    pub filters: L::Filters,
}

impl<L: ListSource> Batched for CountOf<L> {
    type Value = u64;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, u64>> {
        let mut found = HashMap::new();
        for (filters, users) in grouped(keys.iter().map(|key| (&key.filters, key.user))) {
            let rows = L::filtered(store, caller, filters);
            for (user, count) in store.counts_of(&rows, L::user(), &users).await? {
                found.insert(Self { user, filters: filters.clone() }, count);
            }
        }
        Ok(found)
    }
}

/// Groups the users by query.
fn grouped<'a, T: Eq + Hash>(keys: impl Iterator<Item = (&'a T, Uuid)>) -> HashMap<&'a T, Vec<Uuid>> {
    let mut groups: HashMap<&T, Vec<Uuid>> = HashMap::new();
    for (list, user) in keys {
        groups.entry(list).or_default().push(user);
    }
    groups
}
