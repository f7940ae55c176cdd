use sea_orm::{EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select, sea_query::SelectStatement};
use uuid::Uuid;

use super::{Store, column::column};

impl Store {
    /// Narrows a select to the rows with these ids.
    pub fn with_ids<E: EntityTrait>(&self, rows: Select<E>, id: E::Column, ids: &[Uuid]) -> Select<E> {
        rows.filter(self.dialect().id_in(column::<E>(id), ids))
    }

    /// Selects those of `ids` that a select finds.
    pub fn ids_among<E: EntityTrait>(&self, rows: Select<E>, id: E::Column, ids: &[Uuid]) -> SelectStatement {
        self.with_ids(rows, id, ids).select_only().column(id).into_query()
    }
}
