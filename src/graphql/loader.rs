//! Batches of look-ups: fields of many objects ask for one row each, and one statement answers them all.
//!
//! A key's type names its query. The batch goes out once every field of the level has asked, which is found by
//! yielding, not by waiting: no timer delays a level.

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

use super::ContextExt;
use crate::{Error, Result, auth::Caller, db::Store};

/// More keys than one request can ask for, so that a level is always one batch.
const WHOLE_LEVEL: usize = 50_000;

/// What can be looked up in a batch.
pub trait Batched: Clone + Eq + Hash + Debug + Send + Sync + 'static {
    /// What one key finds.
    type Value: Clone + Send + Sync + 'static;

    /// Finds the values of all keys, as far as the caller may see them.
    fn batch(
        keys: &[Self],
        store: &Store,
        caller: &Caller,
    ) -> impl Future<Output = Result<HashMap<Self, Self::Value>>> + Send;
}

/// The loader of one type of key.
pub type LoaderOf<K> = cached::Loader<K, Result<Option<<K as Batched>::Value>>, Batch<K>>;

/// The loaders of one request, each made when it is first used. What they found is remembered for that request only.
#[derive(Default)]
pub struct Loaders(Mutex<Vec<Entry>>);

/// A loader, and its type. A request uses few, so that they are found faster in a list than in a map.
type Entry = (TypeId, Box<dyn Any + Send + Sync>);

impl Loaders {
    /// The loader of a type of key.
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

    /// Forgets what was found.
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
        // Boxed, so that what is built of every field that loads something does not contain the statements of the batch.
        let batch: BoxFuture<'_, _> = Box::pin(K::batch(keys, &self.store, &self.caller));
        match batch.await {
            Ok(mut found) => keys.iter().map(|key| (key.clone(), Ok(found.remove(key)))).collect(),
            Err(error) => keys.iter().map(|key| (key.clone(), Err(error.clone()))).collect(),
        }
    }
}

/// What a key finds, in the batch of its level.
///
/// # Errors
///
/// When the batch fails, for every key in it.
pub async fn load<K: Batched>(ctx: &Context<'_>, key: K) -> Result<Option<K::Value>> {
    let request = ctx.request()?;
    let found = request.loaders.of::<K>(&request.store, &request.caller).try_load(key).await;
    found.unwrap_or(Err(Error::Fault("a batch left out one of its keys")))
}
