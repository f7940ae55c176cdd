use std::{collections::HashMap, sync::Arc, time::Duration};

use entity::{Timestamp, credential, project};
use moka::future::Cache;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{Audience, Permission, Permissions, Signer, credential as credentials};
use crate::{
    Error, Result,
    crypto::RootKey,
    db::{Store, page::column},
};

/// How long a server works with what it has read of a credential: so long a revoked one can still be answered.
const CREDENTIAL_LIVES: Duration = Duration::from_secs(2);

/// Who makes a request. Every select of a tenant's rows takes one.
#[derive(Clone, Debug)]
pub struct Caller {
    pub project: Arc<project::Model>,
    pub credential: Arc<credential::Model>,
    /// What it may do: the credential's permissions, narrowed by the token's scope.
    pub permissions: Permissions,
}

impl Caller {
    /// The project whose rows this caller may see.
    #[must_use]
    pub fn project_id(&self) -> Uuid {
        self.project.id
    }

    /// Whether the caller may do something.
    #[must_use]
    pub const fn holds(&self, permission: Permission) -> bool {
        self.permissions.holds(permission)
    }

    /// The tags of which a user has to carry one for this caller to see it. `None`: no such limit.
    #[must_use]
    pub fn tag_limits(&self) -> Option<&[String]> {
        self.credential.tag_limits.as_ref().map(|tags| tags.0.as_slice())
    }
}

/// What a token says, for as long as it is good.
#[derive(Clone, Copy, Debug)]
pub struct TokenGrant {
    pub credential: Uuid,
    pub scope: Permissions,
    /// From when on it is not good any more.
    pub until: Timestamp,
}

impl TokenGrant {
    /// Whether it is not good any more.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        now >= self.until
    }

    /// A caller of the credential, with what the token lets it do.
    #[must_use]
    pub fn narrow(&self, mut caller: Caller) -> Caller {
        caller.permissions = caller.permissions.and(self.scope);
        caller
    }
}

/// Finds out who calls.
#[derive(Clone)]
pub struct Authenticator {
    store: Store,
    signer: Signer,
    known: Cache<Uuid, Option<Caller>>,
    root: RootKey,
    /// By the hash of an API key: whose it is, and until when.
    keys: Cache<Vec<u8>, Option<(Uuid, Option<Timestamp>)>>,
}

impl Authenticator {
    /// Knows nobody yet.
    #[must_use]
    pub fn new(store: Store, signer: Signer, root: RootKey) -> Self {
        let known = Cache::builder().max_capacity(10_000).time_to_live(CREDENTIAL_LIVES).build();
        let keys = Cache::builder().max_capacity(10_000).time_to_live(CREDENTIAL_LIVES).build();
        Self { store, signer, known, root, keys }
    }

    /// The caller whom a token stands for. No statement, if the credential was read a moment ago.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`] when the token or its credential is not good.
    pub async fn of_token(&self, token: &str, audience: Audience, now: Timestamp) -> Result<Caller> {
        Ok(self.admit(token, audience, now).await?.0)
    }

    /// Likewise, with how long that is so.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`], likewise.
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

    /// The callers of those of these credentials that are not revoked, as the database has them now.
    ///
    /// # Errors
    ///
    /// When the database fails.
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

    /// The caller whose API key it is. No statement, if it was read a moment ago.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`] when the key or its credential is not good.
    pub async fn of_key(&self, key: &str, now: Timestamp) -> Result<Caller> {
        const BAD: Error = Error::Unauthenticated("this is not an API key of this server, or no longer");
        let hash = self.root.hash_api_key(key);
        let read = credentials::of_key(&self.store, &hash);
        let found = self.keys.try_get_with_by_ref(&hash, read).await.map_err(|error| Error::clone(&error))?;
        let live = found.filter(|(_, end)| end.is_none_or(|end| now < end));
        let (credential, _) = live.ok_or(BAD)?;
        self.live(credential).await?.ok_or(BAD)
    }

    /// The caller of a credential that is not revoked, with all it may do.
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
