//! SQL queries of events. They do not know the caller: each event is checked against the scope of each
//! subscriber before it is sent.

use entity::event::{Column, Entity, Model};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    Result,
    db::{Store, column::column},
};

/// Returns the sequence numbers of the newest events, newest first.
pub async fn newest(store: &Store, most: u64) -> Result<Vec<i64>> {
    let rows = Entity::find().select_only().column(Column::Sequence).order_by_desc(Column::Sequence);
    Ok(rows.limit(most).into_tuple().all(store.read()).await?)
}

/// Returns the events after a sequence number, in order.
pub async fn after(store: &Store, sequence: i64, most: u64) -> Result<Vec<Model>> {
    let rows = Entity::find().filter(Column::Sequence.gt(sequence)).order_by_asc(Column::Sequence);
    Ok(rows.limit(most).all(store.read()).await?)
}

/// Returns the events with these sequence numbers, in order.
pub async fn numbered(store: &Store, sequences: &[i64]) -> Result<Vec<Model>> {
    let id_filter = store.dialect().number_in(column::<Entity>(Column::Sequence), sequences);
    Ok(Entity::find().filter(id_filter).order_by_asc(Column::Sequence).all(store.read()).await?)
}
