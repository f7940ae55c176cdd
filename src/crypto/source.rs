use std::{future::Future, sync::Arc};

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{DataKey, ProjectKeys, Vault, Wrapped, vault::rows};
use crate::{Error, Result};

/// Where keys that are not in memory are read from: [`Vault`] takes a connection from the pool, [`Within`] uses the
/// connection of a transaction.
pub trait KeySource: Sync {
    /// The keys of a project.
    ///
    /// # Errors
    ///
    /// When the database fails, or holds keys of another root key.
    fn project(&self, project: Uuid) -> impl Future<Output = Result<Arc<ProjectKeys>>> + Send;

    /// The key of a user.
    ///
    /// # Errors
    ///
    /// When the database fails, or the key was changed.
    fn user(
        &self,
        project: Uuid,
        user: Uuid,
        wrapped: &Wrapped,
    ) -> impl Future<Output = Result<DataKey>> + Send;
}

impl KeySource for Vault {
    async fn project(&self, project: Uuid) -> Result<Arc<ProjectKeys>> {
        Self::project(self, project).await
    }

    async fn user(&self, project: Uuid, user: Uuid, wrapped: &Wrapped) -> Result<DataKey> {
        let keys = Self::project(self, project).await?;
        if keys.has(wrapped) {
            return keys.user(user, wrapped);
        }
        // Keys were rotated a moment ago.
        self.known.invalidate(&project).await;
        Self::project(self, project).await?.user(user, wrapped)
    }
}

/// The keys as a transaction reads them, on its own connection. A transaction that took a second connection from the pool
/// would wait for others that do the same, until all of them time out.
#[derive(Clone, Copy, Debug)]
pub struct Within<'a, C> {
    vault: &'a Vault,
    db: &'a C,
}

impl Vault {
    /// The keys for use inside of a transaction. It makes no first key for a project: [`Vault::project`] does, before the
    /// transaction begins.
    #[must_use]
    pub const fn within<'a, C: ConnectionTrait>(&'a self, transaction: &'a C) -> Within<'a, C> {
        Within { vault: self, db: transaction }
    }
}

impl<C: ConnectionTrait> Within<'_, C> {
    async fn read(&self, project: Uuid) -> Result<Arc<ProjectKeys>> {
        let keys = self.vault.unwrap(project, &rows(self.db, project).await?)?;
        let keys = Arc::new(keys.ok_or(Error::Fault("a project has no key when a transaction needs one"))?);
        self.vault.known.insert(project, keys.clone()).await;
        Ok(keys)
    }
}

impl<C: ConnectionTrait> KeySource for Within<'_, C> {
    async fn project(&self, project: Uuid) -> Result<Arc<ProjectKeys>> {
        // Not `try_get_with`: that would wait for whoever is reading the keys on a connection from the pool.
        match self.vault.known.get(&project).await {
            Some(keys) => Ok(keys),
            None => self.read(project).await,
        }
    }

    async fn user(&self, project: Uuid, user: Uuid, wrapped: &Wrapped) -> Result<DataKey> {
        let keys = self.project(project).await?;
        if keys.has(wrapped) {
            return keys.user(user, wrapped);
        }
        // Keys were rotated a moment ago.
        self.read(project).await?.user(user, wrapped)
    }
}
