//! The erasure ledger: which users' keys were destroyed, kept outside of the database. A backup of the database that is older
//! than an erasure has the user's wrapped key; after it is restored, the ledger says whose keys are destroyed again.

use std::{sync::Arc, time::Duration};

use entity::{
    Timestamp,
    erased_user::{Column, Entity, Model},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Schema, sea_query::OnConflict,
};
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::{
    Error, Result,
    db::{OpenError, Pools, Store},
};

/// How long the ledger may take to connect, and for a statement.
const PATIENCE: Duration = Duration::from_secs(5);
/// Entries that are written in one statement.
const BATCH: usize = 500;

/// The ledger at a URL. Opened when it is first needed. Cheap to clone.
#[derive(Clone)]
pub struct Ledger {
    url: Arc<str>,
    store: Arc<OnceCell<Store>>,
}

impl std::fmt::Debug for Ledger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The URL may have a password.
        f.write_str("Ledger")
    }
}

impl Ledger {
    /// A ledger that is not opened yet: `sqlite://PATH` or `postgres://USER:PASSWORD@HOST/DATABASE`.
    #[must_use]
    pub fn at(url: &str) -> Self {
        Self { url: Arc::from(url), store: Arc::default() }
    }

    /// Opens it, and creates its table if it is new.
    ///
    /// # Errors
    ///
    /// [`OpenError`], which says what to do.
    pub async fn open(&self) -> Result<&Store, OpenError> {
        let open = async || {
            // Commits are synced to the disk: `Store::open` checks the settings that say so.
            let pools = Pools { connections: 1, wait: PATIENCE, statement: PATIENCE };
            let store = Store::open(&self.url, pools).await?;
            let backend = store.dialect().backend();
            let mut table = Schema::new(backend).create_table_from_entity(Entity);
            store.write().execute(table.if_not_exists()).await?;
            Ok(store)
        };
        self.store.get_or_try_init(open).await
    }

    async fn opened(&self) -> Result<&Store> {
        self.open().await.map_err(|error| {
            tracing::error!("the erasure ledger cannot be opened: {error}");
            Error::Fault("the erasure ledger cannot be opened")
        })
    }

    /// Records erasures. They are on the disk when it returns. What is there already stays as it is.
    ///
    /// # Errors
    ///
    /// When the ledger fails.
    pub async fn record(&self, entries: Vec<Model>) -> Result<()> {
        let store = self.opened().await?;
        for some in entries.chunks(BATCH) {
            let rows = some.iter().map(|entry| entry.clone().into_active_model().reset_all());
            let known = OnConflict::column(Column::UserId).do_nothing().to_owned();
            Entity::insert_many(rows).on_conflict(known).exec_without_returning(store.write()).await?;
        }
        Ok(())
    }

    /// Its entries after a user, in the order of the users' ids, at most so many.
    ///
    /// # Errors
    ///
    /// When the ledger fails.
    pub async fn entries(&self, after: Uuid, most: u64) -> Result<Vec<Model>> {
        let rows = Entity::find().filter(Column::UserId.gt(after)).order_by_asc(Column::UserId).limit(most);
        Ok(rows.all(self.opened().await?.read()).await?)
    }

    /// Closes it, if it was opened.
    pub async fn close(&self) {
        if let Some(store) = self.store.get() {
            store.close().await;
        }
    }
}

/// The entry of an erasure.
#[must_use]
pub const fn entry(project_id: Uuid, user_id: Uuid, erased_at: Timestamp) -> Model {
    Model { user_id, project_id, erased_at }
}
