//! The erasure ledger: records whose keys were destroyed, outside of the database. A backup from before an
//! erasure contains the user's wrapped key; after a restore, the ledger says which keys to destroy again.

use std::{sync::Arc, time::Duration};

use entity::{
    Timestamp,
    erased_user::{Column, Entity, Model},
};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    Schema,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::UserKey;
use crate::{
    Error, Result,
    db::{OpenError, Pools, Store},
};

/// Time limit for connecting to the ledger, and for a statement.
const PATIENCE: Duration = Duration::from_secs(5);
/// Number of entries per insert statement.
const BATCH: usize = 500;

/// The ledger at a URL, opened on first use. Cheap to clone.
#[derive(Clone)]
pub struct Ledger {
    url: Arc<str>,
    store: Arc<OnceCell<Store>>,
}

impl std::fmt::Debug for Ledger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The URL may contain a password.
        f.write_str("Ledger")
    }
}

impl Ledger {
    /// Creates a ledger without opening it: `sqlite://PATH` or `postgres://USER:PASSWORD@HOST/DATABASE`.
    #[must_use]
    pub fn at(url: &str) -> Self {
        Self { url: Arc::from(url), store: Arc::default() }
    }

    /// Opens the ledger, and creates its table if necessary.
    ///
    /// # Errors
    ///
    /// [`OpenError`], which says how to fix it.
    pub async fn open(&self) -> Result<&Store, OpenError> {
        let open = async || {
            // Commits are synced to disk: `Store::open` checks the settings for that.
            let pools = Pools { connections: 1, wait: PATIENCE, statement: PATIENCE };
            let store = Store::open(&self.url, pools).await?;
            let backend = store.dialect().backend();
            let mut table = Schema::new(backend).create_table_from_entity(Entity);
            store.write().execute(table.if_not_exists()).await?;
            // A ledger of a build before the first release has the user alone as its key. It is kept, because
            // erasures must not be forgotten.
            let key =
                "CREATE UNIQUE INDEX IF NOT EXISTS erased_users_key ON erased_users (user_id, project_id)";
            store.write().execute_unprepared(key).await?;
            Ok(store)
        };
        self.store.get_or_try_init(open).await
    }

    async fn opened(&self) -> Result<&Store> {
        self.open().await.map_err(|error| {
            tracing::error!("failed to open erasure ledger: {error}");
            Error::Fault("failed to open the erasure ledger")
        })
    }

    /// Records erasures. They are durable when it returns. Existing entries stay unchanged.
    ///
    /// # Errors
    ///
    /// When the ledger fails.
    pub async fn record(&self, entries: Vec<Model>) -> Result<()> {
        let store = self.opened().await?;
        for some in entries.chunks(BATCH) {
            let rows = some.iter().map(|entry| entry.clone().into_active_model().reset_all());
            let known = OnConflict::columns([Column::UserId, Column::ProjectId]).do_nothing().to_owned();
            Entity::insert_many(rows).on_conflict(known).exec_without_returning(store.write()).await?;
        }
        Ok(())
    }

    /// Lists the entries after a user, in the order of user ids and projects, at most `most`.
    ///
    /// # Errors
    ///
    /// When the ledger fails.
    pub async fn entries(&self, after: UserKey, most: u64) -> Result<Vec<Model>> {
        let after = Expr::tuple([after.id.into(), after.project.into()]);
        let key = Expr::tuple([Expr::col(Column::UserId), Expr::col(Column::ProjectId)]);
        let rows = Entity::find()
            .filter(key.gt(after))
            .order_by_asc(Column::UserId)
            .order_by_asc(Column::ProjectId)
            .limit(most);
        Ok(rows.all(self.opened().await?.read()).await?)
    }

    /// Closes the ledger, if it was opened.
    pub async fn close(&self) {
        if let Some(store) = self.store.get() {
            store.close().await;
        }
    }
}

/// Creates the entry of an erasure.
#[must_use]
pub const fn entry(project_id: Uuid, user_id: Uuid, erased_at: Timestamp) -> Model {
    Model { user_id, project_id, erased_at }
}
