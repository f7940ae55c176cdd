use std::{collections::HashMap, sync::Arc, time::Duration};

use entity::{Timestamp, credential, project};
use moka::future::Cache;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    Error, Result,
    auth::{Audience, Permissions, Signer, caller::Caller, credential as credentials},
    crypto::RootKey,
    db::{Store, column::column},
};

/// How long a server caches a credential. A revoked credential may be accepted for as long.
pub(super) const CREDENTIAL_LIVES: Duration = Duration::from_secs(2);

/// The subject and permissions of a token, with its expiry.
#[derive(Clone, Copy, Debug)]
pub struct TokenGrant {
    pub credential: Uuid,
    pub scope: Permissions,
    /// Time at which the token expires.
    pub until: Timestamp,
}

impl TokenGrant {
    /// Returns whether the token has expired.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        now >= self.until
    }

    /// Narrows a caller of the credential to the token's permissions.
    #[must_use]
    pub fn narrow(&self, mut caller: Caller) -> Caller {
        caller.permissions = caller.permissions.and(self.scope);
        caller
    }
}

/// Authenticates callers by token or API key.
#[derive(Clone)]
pub struct Authenticator {
    store: Store,
    signer: Signer,
    known: Cache<Uuid, Option<Caller>>,
    root: RootKey,
    /// By the hash of an API key: its credential and its expiry.
    keys: Cache<Vec<u8>, Option<(Uuid, Option<Timestamp>)>>,
}

impl Authenticator {
    /// Creates an authenticator with empty caches.
    #[must_use]
    pub fn new(store: Store, signer: Signer, root: RootKey) -> Self {
        let known = Cache::builder().max_capacity(10_000).time_to_live(CREDENTIAL_LIVES).build();
        let keys = Cache::builder().max_capacity(10_000).time_to_live(CREDENTIAL_LIVES).build();
        Self { store, signer, known, root, keys }
    }

    /// Returns the caller of a token. Runs no SQL statement if the credential is cached.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`] if the token or its credential is not valid.
    pub async fn of_token(&self, token: &str, audience: Audience, now: Timestamp) -> Result<Caller> {
        Ok(self.admit(token, audience, now).await?.0)
    }

    /// Returns the caller of a token, with the token's grant.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`], as for [`Authenticator::of_token`].
    pub async fn admit(
        &self,
        token: &str,
        audience: Audience,
        now: Timestamp,
    ) -> Result<(Caller, TokenGrant)> {
        let pass = self.signer.pass(token, audience, now).await?;
        let caller = self
            .live(pass.credential)
            .await?
            .ok_or(Error::Unauthenticated("the credential of this access token has been revoked"))?;
        Ok((pass.narrow(caller), pass))
    }

    /// Reads the callers of these credentials from the database, without the revoked ones.
    pub async fn reread(&self, credentials: &[Uuid]) -> Result<HashMap<Uuid, Caller>> {
        let id = column::<credential::Entity>(credential::Column::Id);
        let rows = credential::Entity::find()
            .find_also_related(project::Entity)
            .filter(self.store.dialect().id_in(id, credentials))
            .filter(credential::Column::RevokedAt.is_null())
            .all(self.store.read())
            .await?;
        let caller = |(row, project): (credential::Model, Option<project::Model>)| {
            Some((row.id, Self::caller(row, project?)))
        };
        Ok(rows.into_iter().filter_map(caller).collect())
    }

    /// Returns the caller of an API key. Runs no SQL statement if the key is cached.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`] if the key or its credential is not valid.
    pub async fn of_key(&self, key: &str, now: Timestamp) -> Result<Caller> {
        const BAD: Error = Error::Unauthenticated("this is not an API key of this server, or no longer");
        let hash = self.root.hash_api_key(key);
        let read = credentials::of_key(&self.store, &hash);
        let found = self.keys.try_get_with_by_ref(&hash, read).await.map_err(|error| Error::clone(&error))?;
        let live = found.filter(|(_, end)| end.is_none_or(|end| now < end));
        let (credential, _) = live.ok_or(BAD)?;
        self.live(credential).await?.ok_or(BAD)
    }

    /// Returns the caller of a credential that is not revoked, with all its permissions.
    async fn live(&self, credential: Uuid) -> Result<Option<Caller>> {
        let caller = self.known.try_get_with(credential, self.read(credential)).await;
        let caller = caller.map_err(|error| Error::clone(&error))?;
        Ok(caller.filter(|caller| caller.credential.revoked_at.is_none()))
    }

    async fn read(&self, id: Uuid) -> Result<Option<Caller>> {
        let row = credential::Entity::find_by_id(id)
            .find_also_related(project::Entity)
            .one(self.store.read())
            .await?;
        Ok(row.and_then(|(credential, project)| Some(Self::caller(credential, project?))))
    }

    fn caller(credential: credential::Model, project: project::Model) -> Caller {
        let permissions = Permissions::of(&credential);
        Caller { project: Arc::new(project), credential: Arc::new(credential), permissions }
    }
}
