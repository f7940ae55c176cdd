use std::{any::TypeId, hash::Hash};

use sea_orm::{
    ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::SelectStatement,
};
use uuid::Uuid;

use super::{Placeholders, Store, column::column};
use crate::Result;

/// What determines the text of a statement that loads rows by their ids.
#[derive(PartialEq, Eq, Hash)]
struct ByIds<S>(TypeId, S, Vec<Uuid>);

impl Store {
    /// Loads the rows with these ids, of those that `rows` selects. `scope` is everything that `rows` depends on.
    pub async fn load<E: EntityTrait, S: Eq + Hash + Send + Sync + 'static>(
        &self,
        scope: S,
        rows: impl Fn() -> Select<E> + Send,
        id: E::Column,
        ids: &[Uuid],
    ) -> Result<Vec<E::Model>> {
        let mut placeholders = Placeholders::default();
        let listed = placeholders.ids(self.dialect(), ids);
        let statement =
            self.statement(ByIds(TypeId::of::<E>(), scope, listed), &placeholders, |ByIds(_, _, ids)| {
                Some(self.with_ids(rows(), id, ids).into_query())
            });
        let Some(statement) = statement else { return Ok(Vec::new()) };
        let rows = self.read().query_all_raw(statement).await?;
        Ok(rows
            .iter()
            .map(|row| E::Model::from_query_result(row, ""))
            .collect::<std::result::Result<_, _>>()?)
    }

    /// Narrows a select to the rows with these ids.
    pub fn with_ids<E: EntityTrait>(&self, rows: Select<E>, id: E::Column, ids: &[Uuid]) -> Select<E> {
        rows.filter(self.dialect().id_in(column::<E>(id), ids))
    }

    /// Selects those of `ids` that a select finds.
    pub fn ids_among<E: EntityTrait>(&self, rows: Select<E>, id: E::Column, ids: &[Uuid]) -> SelectStatement {
        self.with_ids(rows, id, ids).select_only().column(id).into_query()
    }
}
