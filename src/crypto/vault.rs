use std::{collections::HashMap, sync::Arc, time::Duration};

use entity::{Timestamp, project, project_key};
use moka::future::Cache;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use sealing::{AssociatedData, DataKey};
use uuid::Uuid;

use super::RootKey;
use crate::{
    Error, Result,
    clock::Clock,
    db::{Store, Transaction},
};

/// How long a server caches the keys of a project. Key rotation waits for as long before it deletes an old
/// key.
pub const KEYS_LIVE: Duration = Duration::from_secs(10);

/// The keys that seal personal data: each user has a key, wrapped by the project's key, which is wrapped by
/// the root key.
///
/// A copy of the database is unreadable without the root key. To erase a user, the service deletes one key:
/// from the database, and by the erasure ledger from older copies of the database when they are restored.
#[derive(Clone, Debug)]
pub struct Vault {
    store: Store,
    root: RootKey,
    clock: Clock,
    pub(super) known: Cache<Uuid, Arc<ProjectKeys>>,
}

/// A user's wrapped key, as stored in the row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrapped {
    pub project_key: Uuid,
    pub key: Vec<u8>,
}

/// The unwrapped keys of a project.
#[derive(Debug)]
pub struct ProjectKeys {
    project: Uuid,
    /// Id of the key that wraps new users' keys.
    current: Uuid,
    keys: HashMap<Uuid, DataKey>,
    common: DataKey,
}

impl Vault {
    /// Creates a vault with an empty cache.
    #[must_use]
    pub fn new(store: Store, root: RootKey, clock: Clock) -> Self {
        let known = Cache::builder().max_capacity(10_000).time_to_live(KEYS_LIVE).build();
        Self { store, root, clock, known }
    }

    /// Returns the keys of a project and creates the first one on first use. It takes a connection from the
    /// pool: inside a transaction, use [`Vault::within`].
    ///
    /// # Errors
    ///
    /// When the database fails, or contains keys of another root key.
    pub async fn project(&self, project: Uuid) -> Result<Arc<ProjectKeys>> {
        let keys = self.known.try_get_with(project, async {
            match self.read(project).await? {
                Some(keys) => Ok(Arc::new(keys)),
                None => self.create_keys(project).await.map(Arc::new),
            }
        });
        keys.await.map_err(|error: Arc<Error>| Error::clone(&error))
    }

    /// Clears the key cache.
    pub fn forget(&self) {
        self.known.invalidate_all();
    }

    /// Returns the keyed hash that finds a sealed value of a project: half of [`RootKey::lookup`]. The root
    /// key, not the project's keys, keys the hash, so that key rotation does not change it.
    #[must_use]
    pub fn lookup(&self, project: Uuid, what: &str, value: &str) -> Uuid {
        let hash = self.root.lookup(project, what, value);
        // An HMAC-SHA256 block is twice as long.
        hash.first_chunk().map(|half| Uuid::from_bytes(*half)).unwrap_or_default()
    }

    /// Creates a project key, which wraps users' keys from now on.
    pub async fn rotate(&self, project: Uuid) -> Result<Arc<ProjectKeys>> {
        let transaction = self.store.begin().await?;
        lock(&transaction, project).await?;
        let rows = rows(&transaction, project).await?;
        let old = self.unwrap(project, &rows)?;
        self.insert(&transaction, project, old.as_ref()).await?;
        transaction.commit().await?;
        self.known.invalidate(&project).await;
        self.project(project).await
    }

    async fn read(&self, project: Uuid) -> Result<Option<ProjectKeys>> {
        self.unwrap(project, &rows(self.store.read(), project).await?)
    }

    async fn create_keys(&self, project: Uuid) -> Result<ProjectKeys> {
        let transaction = self.store.begin().await?;
        // Two servers may need the first key at once; the second finds the key of the first.
        lock(&transaction, project).await?;
        if rows(&transaction, project).await?.is_empty() {
            self.insert(&transaction, project, None).await?;
        }
        let keys = self.unwrap(project, &rows(&transaction, project).await?)?;
        transaction.commit().await?;
        keys.ok_or(Error::Fault("a project's key is missing right after its creation"))
    }

    async fn insert(
        &self,
        transaction: &Transaction,
        project: Uuid,
        old: Option<&ProjectKeys>,
    ) -> Result<()> {
        let id = self.clock.new_id();
        let key = DataKey::generate()?;
        let rows = rows(transaction, project).await?;
        let common = match old {
            Some(old) => old.common.clone(),
            None => DataKey::generate()?,
        };
        // The newest key is the current one, so no two keys may have the same time.
        let after_all = rows.last().map(|newest| Timestamp(newest.created_at.0 + 1));
        let row = project_key::ActiveModel {
            id: Set(id),
            project_id: Set(project),
            wrapped: Set(self.root.wrapping_key().wrap_key(of_project(project, id), &key)?),
            common: Set(key.wrap_key(common_of(project, id), &common)?),
            created_at: Set(after_all.unwrap_or_else(|| self.clock.now()).max(self.clock.now())),
        };
        project_key::Entity::insert(row).exec_without_returning(transaction).await?;
        Ok(())
    }

    /// Unwraps the rows of a project, oldest first; `None` if `rows` is empty.
    pub(super) fn unwrap(&self, project: Uuid, rows: &[project_key::Model]) -> Result<Option<ProjectKeys>> {
        let Some(newest) = rows.last() else { return Ok(None) };
        let wrapping = self.root.wrapping_key();
        let mut keys = HashMap::new();
        for row in rows {
            keys.insert(row.id, wrapping.unwrap_key(of_project(project, row.id), &row.wrapped)?);
        }
        let current = newest.id;
        let common = keys[&current].unwrap_key(common_of(project, current), &newest.common)?;
        Ok(Some(ProjectKeys { project, current, keys, common }))
    }
}

impl ProjectKeys {
    /// Creates a key for a new user and returns it with its wrapped form.
    ///
    /// # Errors
    ///
    /// When the operating system provides no randomness.
    pub fn new_user(&self, user: Uuid) -> Result<(DataKey, Wrapped)> {
        let key = DataKey::generate()?;
        let project_key = self.current;
        let sealed = self.keys[&project_key].wrap_key(of_user(self.project, user), &key)?;
        Ok((key, Wrapped { project_key, key: sealed }))
    }

    /// Unwraps the key of a user.
    ///
    /// # Errors
    ///
    /// When the key was modified, or is wrapped by a key that the project does not have.
    pub fn user(&self, user: Uuid, wrapped: &Wrapped) -> Result<DataKey> {
        let outer = self.keys.get(&wrapped.project_key);
        let outer =
            outer.ok_or(Error::Fault("a user's key is wrapped by a key that its project does not have"))?;
        Ok(outer.unwrap_key(of_user(self.project, user), &wrapped.key)?)
    }

    /// Wraps a user's key again with the newest key of the project.
    ///
    /// # Errors
    ///
    /// As for [`ProjectKeys::user`].
    pub fn rewrap(&self, user: Uuid, wrapped: &Wrapped) -> Result<Wrapped> {
        let key = self.user(user, wrapped)?;
        let key = self.keys[&self.current].wrap_key(of_user(self.project, user), &key)?;
        Ok(Wrapped { project_key: self.current, key })
    }

    /// Returns whether the key that wraps a user's key is available.
    #[must_use]
    pub fn has(&self, wrapped: &Wrapped) -> bool {
        self.keys.contains_key(&wrapped.project_key)
    }

    /// Returns the id of the key that wraps new users' keys.
    #[must_use]
    pub const fn current(&self) -> Uuid {
        self.current
    }

    /// Returns the key for personal data that belongs to no user.
    #[must_use]
    pub const fn common(&self) -> &DataKey {
        &self.common
    }
}

async fn lock(transaction: &Transaction, project: Uuid) -> Result<()> {
    let row = project::Entity::find_by_id(project).select_only().column(project::Column::Id).lock_exclusive();
    row.into_tuple::<Uuid>().one(transaction).await?;
    Ok(())
}

pub(super) async fn rows(
    db: &impl sea_orm::ConnectionTrait,
    project: Uuid,
) -> Result<Vec<project_key::Model>> {
    let rows = project_key::Entity::find().filter(project_key::Column::ProjectId.eq(project));
    Ok(rows.order_by_asc(project_key::Column::CreatedAt).all(db).await?)
}

const fn of_project(project: Uuid, row: Uuid) -> AssociatedData<'static> {
    AssociatedData { scope: project, table: "project_keys", column: "wrapped", row }
}

const fn common_of(project: Uuid, row: Uuid) -> AssociatedData<'static> {
    AssociatedData { scope: project, table: "project_keys", column: "common", row }
}

const fn of_user(project: Uuid, row: Uuid) -> AssociatedData<'static> {
    AssociatedData { scope: project, table: "users", column: "wrapped_key", row }
}
