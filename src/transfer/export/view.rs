use std::collections::HashMap;

use entity::user;
use sea_orm::{ColumnTrait, EntityTrait, ModelTrait, QueryFilter, QueryOrder, QuerySelect, Select, Value};
use uuid::Uuid;

use crate::{
    Result,
    crypto::Vault,
    db::{Store, Transaction, column::column},
};

/// Rows in memory at once.
const PAGE: u64 = 500;

/// A snapshot of a project: no page refers to rows that were created after the snapshot.
pub struct View<'a> {
    pub store: &'a Store,
    pub vault: &'a Vault,
    pub project: Uuid,
    pub db: Transaction,
}

impl<'a> View<'a> {
    pub async fn of(store: &'a Store, vault: &'a Vault, project: Uuid) -> Result<Self> {
        // Before the snapshot: the keys are read over a separate connection.
        vault.project(project).await?;
        let db = store.snapshot().await?;
        Ok(Self { store, vault, project, db })
    }

    /// The project's rows of a table, ordered by id. The columns are those of the project and of the row's
    /// id.
    pub fn pages<E: EntityTrait>(&self, project: E::Column, id: E::Column) -> Pages<'_, E> {
        let rows = E::find().filter(project.eq(self.project)).order_by_asc(id).limit(PAGE);
        Pages { db: &self.db, rows, id, after: Uuid::nil().into() }
    }

    /// Users by id.
    pub async fn people(&self, ids: impl Iterator<Item = Uuid>) -> Result<HashMap<Uuid, user::Model>> {
        let ids: Vec<Uuid> = ids.collect();
        let rows = self.store.dialect().id_in(column::<user::Entity>(user::Column::Id), &ids);
        let rows = user::Entity::find()
            .filter(user::Column::ProjectId.eq(self.project))
            .filter(rows)
            .all(&self.db)
            .await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }
}

/// Iterates over the pages of a table.
pub struct Pages<'v, E: EntityTrait> {
    db: &'v Transaction,
    rows: Select<E>,
    id: E::Column,
    after: Value,
}

impl<E: EntityTrait> Pages<'_, E> {
    /// The next page; `None` after the last.
    pub async fn next(&mut self) -> Result<Option<Vec<E::Model>>> {
        let rows = self.rows.clone().filter(self.id.gt(self.after.clone())).all(self.db).await?;
        let Some(last) = rows.last() else { return Ok(None) };
        self.after = last.get(self.id);
        Ok(Some(rows))
    }
}
