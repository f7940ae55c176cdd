//! Batched lookups: fields of many objects each request one row, and one statement loads all of them.
//!
//! The type of a key determines its query. A batch runs once every field of the level has requested its key.
//! The loader detects this by yielding, not by waiting, so no timer delays a level.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    fmt::Debug,
    future::Future,
    hash::Hash,
    marker::PhantomData,
    sync::{Mutex, PoisonError},
};

use async_graphql::Context;
use dataloader::{BatchFn, cached};
use futures_util::future::BoxFuture;

use super::{ContextExt, Request};
use crate::{Error, Result, auth::Caller, db::Store};

/// Maximum number of keys in a batch. More than one request can ask for, so that a level is always one batch.
const WHOLE_LEVEL: usize = 50_000;

/// A key that is looked up in batches.
pub trait Batched: Clone + Eq + Hash + Debug + Send + Sync + 'static {
    /// Type of the value of a key.
    type Value: Clone + Send + Sync + 'static;

    /// Loads the values of all keys that are visible to the caller.
    fn batch(
        keys: &[Self],
        store: &Store,
        caller: &Caller,
    ) -> impl Future<Output = Result<HashMap<Self, Self::Value>>> + Send;
}

/// Loader of one type of key.
pub type LoaderOf<K> = cached::Loader<K, Result<Option<<K as Batched>::Value>>, Batch<K>>;

/// Loaders of one request, each created on first use. They cache values for that request only.
#[derive(Default)]
pub struct Loaders(Mutex<Vec<Entry>>);

/// A loader and its type. A request uses few loaders, so a list is faster than a map.
type Entry = (TypeId, Box<dyn Any + Send + Sync>);

impl Loaders {
    /// Returns the loader of a type of key.
    fn of<K: Batched>(&self, store: &Store, caller: &Caller) -> LoaderOf<K> {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let id = TypeId::of::<K>();
        let known = entries.iter().find(|(known, _)| *known == id);
        if let Some(loader) = known.and_then(|(_, loader)| loader.downcast_ref::<LoaderOf<K>>()) {
            return loader.clone();
        }
        let batch = Batch { store: store.clone(), caller: caller.clone(), key: PhantomData };
        let loader: LoaderOf<K> = cached::Loader::new(batch).with_max_batch_size(WHOLE_LEVEL);
        entries.push((id, Box::new(loader.clone())));
        loader
    }

    /// Clears the cached values.
    pub(super) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// Runs the batches of one type of key.
pub struct Batch<K> {
    store: Store,
    caller: Caller,
    key: PhantomData<fn() -> K>,
}

impl<K: Batched> BatchFn<K, Result<Option<K::Value>>> for Batch<K> {
    async fn load(&mut self, keys: &[K]) -> HashMap<K, Result<Option<K::Value>>> {
        // Boxed, so that the future of every field that uses a loader does not contain the statements of the
        // batch.
        let batch: BoxFuture<'_, _> = Box::pin(K::batch(keys, &self.store, &self.caller));
        match batch.await {
            Ok(mut found) => keys.iter().map(|key| (key.clone(), Ok(found.remove(key)))).collect(),
            Err(error) => keys.iter().map(|key| (key.clone(), Err(error.clone()))).collect(),
        }
    }
}

impl Request {
    /// Loads the value of a key, in the batch of its level.
    ///
    /// # Errors
    ///
    /// When the batch fails, for every key in it.
    pub async fn load<K: Batched>(&self, key: K) -> Result<Option<K::Value>> {
        let found = self.loaders.of::<K>(&self.store, &self.caller).try_load(key).await;
        found.unwrap_or(Err(Error::Fault("a batch returned no result for one of its keys")))
    }
}

/// Loads the value of a key, in the batch of the running field's level.
///
/// # Errors
///
/// When the batch fails, for every key in it.
pub async fn load<K: Batched>(ctx: &Context<'_>, key: K) -> Result<Option<K::Value>> {
    ctx.request()?.load(key).await
}
