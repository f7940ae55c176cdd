use std::{future::Future, sync::Arc};

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{DataKey, ProjectKeys, Vault, Wrapped, vault::rows};
use crate::{Error, Result};

/// Source of keys that are not in memory: [`Vault`] takes a connection from the pool, [`Within`] uses the
/// connection of a transaction.
pub trait KeySource: Sync {
    /// Returns the keys of a project.
    ///
    /// # Errors
    ///
    /// When the database fails, or contains keys of another root key.
    fn project(&self, project: Uuid) -> impl Future<Output = Result<Arc<ProjectKeys>>> + Send;

    /// Returns the key of a user.
    ///
    /// # Errors
    ///
    /// When the database fails, or the key was modified.
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
        // The keys were rotated a moment ago.
        self.known.invalidate(&project).await;
        Self::project(self, project).await?.user(user, wrapped)
    }
}

/// Reads keys on the connection of a transaction. A transaction that took a second connection from the pool
/// would wait for others that do the same, until all of them time out.
#[derive(Clone, Copy, Debug)]
pub struct Within<'a, C> {
    vault: &'a Vault,
    db: &'a C,
}

impl Vault {
    /// Returns the key source for use inside a transaction. It does not create a project's first key:
    /// [`Vault::project`] does, before the transaction starts.
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
        // Not `try_get_with`: it would wait for a task that reads the keys on a connection from the pool.
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
        // The keys were rotated a moment ago.
        self.read(project).await?.user(user, wrapped)
    }
}
