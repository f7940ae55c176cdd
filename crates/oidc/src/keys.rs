use std::sync::{Arc, Mutex, PoisonError};

use jsonwebtoken::{Algorithm, jwk::Jwk};
use serde::Deserialize;
use serde_json::Value;

use crate::{ClientConfig, Document, Fetch, SignInError, discovery::Metadata, signature::VerifyingKey};

/// How long the discovery document and the keys are kept, in seconds.
const KEPT: i64 = 600;
/// Seconds after which an unknown key id may cause another request for the keys.
const REREAD: i64 = 60;

/// The keys of a provider.
pub(crate) struct Keys(Vec<VerifyingKey>);

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

impl Keys {
    async fn fetch(url: &str, fetch: &impl Fetch) -> Result<Self, SignInError> {
        let document = Document::Keys;
        let response = fetch.get(url).await;
        let set: KeySet =
            response.map_err(|source| SignInError::Unreachable { document, source })?.json(document)?;
        // A key of a type that came later does not make the others unreadable.
        let keys = set.keys.into_iter().filter_map(|key| serde_json::from_value::<Jwk>(key).ok());
        Ok(Self(keys.filter_map(|key| VerifyingKey::from_jwk(&key)).collect()))
    }

    /// The keys with which a token with this header may be signed.
    pub(crate) fn matching(&self, algorithm: Algorithm, id: Option<&str>) -> Vec<&VerifyingKey> {
        self.0.iter().filter(|key| key.is_for(algorithm, id)).collect()
    }

    pub(crate) const fn count(&self) -> usize {
        self.0.len()
    }
}

/// What is kept of a provider. No lock is held during a request: of several at the same time, the last answer
/// is kept.
#[derive(Default)]
pub(crate) struct Cache(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    metadata: Option<(i64, Arc<Metadata>)>,
    keys: Option<(i64, Arc<Keys>)>,
    reread_at: Option<i64>,
}

impl Cache {
    pub(crate) async fn metadata(
        &self,
        config: &ClientConfig,
        fetch: &impl Fetch,
        now: i64,
    ) -> Result<Arc<Metadata>, SignInError> {
        if let Some(kept) = self.with(|kept| current(kept.metadata.as_ref(), now)) {
            return Ok(kept);
        }
        let metadata = Arc::new(Metadata::fetch(config, fetch).await?);
        self.with(|kept| kept.metadata = Some((now, metadata.clone())));
        Ok(metadata)
    }

    pub(crate) async fn keys(
        &self,
        url: &str,
        fetch: &impl Fetch,
        now: i64,
    ) -> Result<Arc<Keys>, SignInError> {
        if let Some(kept) = self.with(|kept| current(kept.keys.as_ref(), now)) {
            return Ok(kept);
        }
        self.read(url, fetch, now).await
    }

    /// Reads the keys anew because a token names one that is not among them. `None` if they were read for such
    /// a reason within the last minute: tokens are made by anybody, and must not cause requests at will.
    pub(crate) async fn reread(
        &self,
        url: &str,
        fetch: &impl Fetch,
        now: i64,
    ) -> Result<Option<Arc<Keys>>, SignInError> {
        let is_due = self.with(|kept| {
            let is_due = kept.reread_at.is_none_or(|at| !(at..at.saturating_add(REREAD)).contains(&now));
            if is_due {
                kept.reread_at = Some(now);
            }
            is_due
        });
        if is_due { self.read(url, fetch, now).await.map(Some) } else { Ok(None) }
    }

    async fn read(&self, url: &str, fetch: &impl Fetch, now: i64) -> Result<Arc<Keys>, SignInError> {
        let keys = Arc::new(Keys::fetch(url, fetch).await?);
        self.with(|kept| kept.keys = Some((now, keys.clone())));
        Ok(keys)
    }

    fn with<T>(&self, act: impl FnOnce(&mut Kept) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What was read within the last 10 minutes.
fn current<T>(kept: Option<&(i64, Arc<T>)>, now: i64) -> Option<Arc<T>> {
    let (at, kept) = kept?;
    (*at..at.saturating_add(KEPT)).contains(&now).then(|| kept.clone())
}
