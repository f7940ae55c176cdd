//! Batches of look-ups: fields of many objects ask for one row each, and one statement answers them all.
//!
//! A key's type names its query. The batch goes out once every field of the level has asked, which is found by
//! yielding, not by waiting: no timer delays a level.

use std::{collections::HashMap, fmt::Debug, future::Future, hash::Hash, marker::PhantomData};

use async_graphql::Context;
use dataloader::{BatchFn, cached};

use super::{
    ContextExt,
    list::{ListLoaders, Listing},
};
use crate::{
    Error, Result,
    audit::AuditEventById,
    auth::Caller,
    db::Store,
    document::{DocumentsOf, ImagesOf},
    graphql::node::KindOf,
    identification::{IdentificationById, Identifications, LevelsOf},
    level::{LevelLapseById, LevelLapses, LevelsAt},
    proofing::{ProofingRequestById, ProofingRequests},
    result::{ResultById, Results},
    sandbox::ConsentOf,
    session::{VerificationSessionById, VerificationSessions},
    user::{TagsOf, UserById, Users},
    verification::{CredentialById, CurrentLevelOf, LevelById, VerificationById, Verifications},
    webhook::{WebhookEventLogById, WebhookSubscriptionById},
};

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

    /// Which of a request's loaders it is.
    fn loader(loaders: &Loaders) -> &LoaderOf<Self>;
}

/// The loader of one type of key.
pub type LoaderOf<K> = cached::Loader<K, Result<Option<<K as Batched>::Value>>, Batch<K>>;

/// The loaders of one request. What they found is remembered for that request only.
pub struct Loaders {
    pub(super) kind_of: LoaderOf<KindOf>,
    pub(crate) user_by_id: LoaderOf<UserById>,
    pub(crate) tags_of: LoaderOf<TagsOf>,
    pub(crate) identification_by_id: LoaderOf<IdentificationById>,
    pub(crate) identifications: ListLoaders<Identifications>,
    pub(crate) users: ListLoaders<Users>,
    pub(crate) levels_of: LoaderOf<LevelsOf>,
    pub(crate) levels_at: LoaderOf<LevelsAt>,
    pub(crate) consent_of: LoaderOf<ConsentOf>,
    pub(crate) level_lapses: ListLoaders<LevelLapses>,
    pub(crate) verification_by_id: LoaderOf<VerificationById>,
    pub(crate) verifications: ListLoaders<Verifications>,
    pub(crate) level_by_id: LoaderOf<LevelById>,
    pub(crate) current_level_of: LoaderOf<CurrentLevelOf>,
    pub(crate) credential_by_id: LoaderOf<CredentialById>,
    pub(crate) audit_event_by_id: LoaderOf<AuditEventById>,
    pub(crate) level_lapse_by_id: LoaderOf<LevelLapseById>,
    pub(crate) proofing_request_by_id: LoaderOf<ProofingRequestById>,
    pub(crate) proofing_requests: ListLoaders<ProofingRequests>,
    pub(crate) result_by_id: LoaderOf<ResultById>,
    pub(crate) results: ListLoaders<Results>,
    pub(crate) webhook_subscription_by_id: LoaderOf<WebhookSubscriptionById>,
    pub(crate) webhook_event_log_by_id: LoaderOf<WebhookEventLogById>,
    pub(crate) verification_session_by_id: LoaderOf<VerificationSessionById>,
    pub(crate) verification_sessions: ListLoaders<VerificationSessions>,
    pub(crate) documents_of: LoaderOf<DocumentsOf>,
    pub(crate) images_of: LoaderOf<ImagesOf>,
}

impl Loaders {
    /// The loaders of a request by this caller.
    #[must_use]
    pub fn new(store: &Store, caller: &Caller) -> Self {
        Self {
            kind_of: loader(store, caller),
            user_by_id: loader(store, caller),
            tags_of: loader(store, caller),
            identification_by_id: loader(store, caller),
            identifications: lists(store, caller),
            users: lists(store, caller),
            levels_of: loader(store, caller),
            levels_at: loader(store, caller),
            consent_of: loader(store, caller),
            level_lapses: lists(store, caller),
            verification_by_id: loader(store, caller),
            verifications: lists(store, caller),
            level_by_id: loader(store, caller),
            current_level_of: loader(store, caller),
            credential_by_id: loader(store, caller),
            audit_event_by_id: loader(store, caller),
            level_lapse_by_id: loader(store, caller),
            proofing_request_by_id: loader(store, caller),
            proofing_requests: lists(store, caller),
            result_by_id: loader(store, caller),
            results: lists(store, caller),
            webhook_subscription_by_id: loader(store, caller),
            webhook_event_log_by_id: loader(store, caller),
            verification_session_by_id: loader(store, caller),
            verification_sessions: lists(store, caller),
            documents_of: loader(store, caller),
            images_of: loader(store, caller),
        }
    }
}

fn loader<K: Batched>(store: &Store, caller: &Caller) -> LoaderOf<K> {
    let batch = Batch { store: store.clone(), caller: caller.clone(), key: PhantomData };
    cached::Loader::new(batch).with_max_batch_size(WHOLE_LEVEL)
}

fn lists<L: Listing>(store: &Store, caller: &Caller) -> ListLoaders<L> {
    ListLoaders { pages: loader(store, caller), counts: loader(store, caller) }
}

/// Runs the batches of one type of key.
pub struct Batch<K> {
    store: Store,
    caller: Caller,
    key: PhantomData<fn() -> K>,
}

impl<K: Batched> BatchFn<K, Result<Option<K::Value>>> for Batch<K> {
    async fn load(&mut self, keys: &[K]) -> HashMap<K, Result<Option<K::Value>>> {
        match K::batch(keys, &self.store, &self.caller).await {
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
    let loaders = ctx.request()?.loaders();
    let found = K::loader(&loaders).try_load(key).await;
    found.unwrap_or(Err(Error::Fault("a batch left out one of its keys")))
}
