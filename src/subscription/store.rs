//! The SQL of what has happened. It knows no caller: each event is put to each subscriber's own scope before it is told.

use entity::event::{Column, Entity, Model};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    Result,
    db::{Store, page::column},
};

/// The numbers of the newest events, the newest first.
///
/// # Errors
///
/// When the database fails.
pub async fn newest(store: &Store, most: u64) -> Result<Vec<i64>> {
    let rows = Entity::find().select_only().column(Column::Sequence).order_by_desc(Column::Sequence);
    Ok(rows.limit(most).into_tuple().all(store.read()).await?)
}

/// The events after a number, in order.
///
/// # Errors
///
/// When the database fails.
pub async fn after(store: &Store, sequence: i64, most: u64) -> Result<Vec<Model>> {
    let rows = Entity::find().filter(Column::Sequence.gt(sequence)).order_by_asc(Column::Sequence);
    Ok(rows.limit(most).all(store.read()).await?)
}

/// The events of these numbers, in order.
///
/// # Errors
///
/// When the database fails.
pub async fn numbered(store: &Store, sequences: &[i64]) -> Result<Vec<Model>> {
    let mine = store.dialect().number_in(column::<Entity>(Column::Sequence), sequences);
    Ok(Entity::find().filter(mine).order_by_asc(Column::Sequence).all(store.read()).await?)
}
