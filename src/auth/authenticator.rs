use std::{collections::HashMap, sync::Arc, time::Duration};

use entity::{Timestamp, credential, project};
use moka::future::Cache;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{session, session::LiveSession};
use crate::{
    Error, Result,
    auth::{
        Audience, Permissions, Principal, Signer, TokenGrant, TokenSubject, caller::Caller,
        credential as credentials,
    },
    crypto::RootKey,
    db::{Store, column::column},
};

/// How long a server caches a credential or a session. One that is revoked may be accepted for as long.
pub(super) const CREDENTIAL_LIVES: Duration = Duration::from_secs(2);

/// Seconds of an hour.
const HOUR: i64 = 60 * 60;

const NO_SESSION: Error = Error::Unauthenticated("the session has ended: sign in again");

/// Authenticates callers by token, API key or cookie.
#[derive(Clone)]
pub struct Authenticator {
    store: Store,
    signer: Signer,
    known: Cache<TokenSubject, Option<Caller>>,
    root: RootKey,
    /// By the hash of an API key: its credential and its expiry.
    keys: Cache<Vec<u8>, Option<(Uuid, Option<Timestamp>)>>,
    /// By the hash of a cookie's value.
    sessions: Cache<Vec<u8>, Option<LiveSession>>,
    /// By credential: the hour in which its use was last recorded.
    used: moka::sync::Cache<Uuid, i64>,
}

impl Authenticator {
    /// Creates an authenticator with empty caches.
    #[must_use]
    pub fn new(store: Store, signer: Signer, root: RootKey) -> Self {
        let known = Cache::builder()
            .max_capacity(10_000)
            .time_to_live(CREDENTIAL_LIVES)
            .support_invalidation_closures()
            .build();
        let keys = Cache::builder().max_capacity(10_000).time_to_live(CREDENTIAL_LIVES).build();
        let sessions = Cache::builder().max_capacity(10_000).time_to_live(CREDENTIAL_LIVES).build();
        let used = moka::sync::Cache::new(10_000);
        Self { store, signer, known, root, keys, sessions, used }
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
        let grant = self.signer.grant(token, audience, now).await?;
        let caller = self.live(grant.subject, now).await?;
        let caller = caller.ok_or(Error::Unauthenticated(grant.subject.revoked()))?;
        Ok((grant.narrow(caller), grant))
    }

    /// Reads the callers of these subjects from the database, without those that lost their access.
    pub async fn reread(
        &self,
        subjects: &[TokenSubject],
        now: Timestamp,
    ) -> Result<HashMap<TokenSubject, Caller>> {
        let mut sessions = Vec::new();
        let mut ids = Vec::new();
        for subject in subjects {
            match *subject {
                TokenSubject::Credential(id) => ids.push(id),
                TokenSubject::Session { id, project } => sessions.push((id, project)),
            }
        }
        let mut callers = HashMap::new();
        if !ids.is_empty() {
            let id = column::<credential::Entity>(credential::Column::Id);
            let rows = credential::Entity::find()
                .find_also_related(project::Entity)
                .filter(self.store.dialect().id_in(id, &ids))
                .filter(credential::Column::RevokedAt.is_null())
                .all(self.store.read())
                .await?;
            let caller = |(row, project): (credential::Model, Option<project::Model>)| {
                Some((TokenSubject::Credential(row.id), Self::caller(row, project?)))
            };
            callers.extend(rows.into_iter().filter_map(caller));
        }
        if !sessions.is_empty() {
            callers.extend(session::callers(&self.store, &sessions, now).await?);
        }
        Ok(callers)
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
        let caller = self.live(TokenSubject::Credential(credential), now).await?.ok_or(BAD)?;
        self.record_use(credential, now);
        Ok(caller)
    }

    /// Records that a credential is used, once in an hour, apart from the request: reads go on while the database
    /// takes no writes.
    pub fn record_use(&self, credential: Uuid, now: Timestamp) {
        let hour = now.seconds() / HOUR;
        if self.used.get(&credential) == Some(hour) {
            return;
        }
        self.used.insert(credential, hour);
        let store = self.store.clone();
        tokio::spawn(async move {
            if let Err(error) = credentials::record_use(store.write(), now, credential).await {
                tracing::warn!(fault = error.fault(), "failed to record the use of a credential: {error}");
            }
        });
    }

    /// Returns the session of a cookie's value, with its member. Runs no SQL statement if it is cached.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`] if there is no such session, or it has ended.
    pub async fn session_of(&self, cookie: &str, now: Timestamp) -> Result<LiveSession> {
        let hash = self.root.session_token(cookie);
        let read = session::of_token(&self.store, &hash);
        let found = self.sessions.try_get_with_by_ref(&hash, read).await;
        let found = found.map_err(|error| Error::clone(&error))?;
        found.filter(|session| session.is_live(now)).ok_or(NO_SESSION)
    }

    /// Returns the caller of a cookie's value in a project. `None` if the member has no access to the project.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`], as for [`Authenticator::session_of`].
    pub async fn of_session(
        &self,
        cookie: &str,
        project: Uuid,
        now: Timestamp,
    ) -> Result<Option<(Caller, TokenGrant)>> {
        let session = self.session_of(cookie, now).await?;
        let subject = TokenSubject::Session { id: session.row.id, project };
        let caller = self.live(subject, now).await?;
        let until = session.row.expires_at;
        let grant = |caller: Caller| (caller, TokenGrant { subject, scope: Permissions::all(), until });
        Ok(caller.map(grant))
    }

    /// Forgets what is cached of sessions: one of them has changed.
    pub fn forget_sessions(&self) {
        self.sessions.invalidate_all();
        let of_session =
            |subject: &TokenSubject, _: &Option<Caller>| matches!(subject, TokenSubject::Session { .. });
        // Fails only if the cache was built without support for closures.
        if self.known.invalidate_entries_if(of_session).is_err() {
            self.known.invalidate_all();
        }
    }

    /// Returns the caller of a subject that has access, with all its permissions.
    async fn live(&self, subject: TokenSubject, now: Timestamp) -> Result<Option<Caller>> {
        let caller = self.known.try_get_with(subject, self.read(subject, now)).await;
        let caller = caller.map_err(|error| Error::clone(&error))?;
        Ok(caller.filter(|caller| match &caller.principal {
            Principal::Credential(credential) => credential.revoked_at.is_none(),
            Principal::Member(access) => session::is_live(&access.session, now),
        }))
    }

    async fn read(&self, subject: TokenSubject, now: Timestamp) -> Result<Option<Caller>> {
        match subject {
            TokenSubject::Credential(id) => {
                let row = credential::Entity::find_by_id(id)
                    .find_also_related(project::Entity)
                    .one(self.store.read())
                    .await?;
                Ok(row.and_then(|(credential, project)| Some(Self::caller(credential, project?))))
            }
            TokenSubject::Session { id, project } => {
                Ok(session::callers(&self.store, &[(id, project)], now).await?.remove(&subject))
            }
        }
    }

    fn caller(credential: credential::Model, project: project::Model) -> Caller {
        let permissions = Permissions::of(&credential);
        let principal = Principal::Credential(Arc::new(credential));
        Caller { project: Arc::new(project), principal, permissions }
    }
}
