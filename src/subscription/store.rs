//! SQL queries of events. They do not know the caller: each event is checked against the scope of each
//! subscriber before it is sent.

use entity::event::{Column, Entity, Model};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    Result,
    db::{Store, column::column},
};

/// Returns the sequence numbers of the newest events below one, newest first.
pub async fn newest(store: &Store, below: i64, most: u64) -> Result<Vec<i64>> {
    let rows = Entity::find().filter(Column::Sequence.lt(below)).select_only().column(Column::Sequence);
    Ok(rows.order_by_desc(Column::Sequence).limit(most).into_tuple().all(store.read()).await?)
}

/// Returns the events in intervals of sequence numbers, without their bounds, in order.
pub async fn within(store: &Store, intervals: &[(i64, i64)], most: u64) -> Result<Vec<Model>> {
    let within = intervals.iter().fold(Condition::any(), |any, (from, end)| {
        let bounds = Condition::all().add(Column::Sequence.gt(*from));
        any.add(if *end == i64::MAX { bounds } else { bounds.add(Column::Sequence.lt(*end)) })
    });
    let rows = Entity::find().filter(within).order_by_asc(Column::Sequence);
    Ok(rows.limit(most).all(store.read()).await?)
}

/// Returns the events with these sequence numbers, in order.
pub async fn numbered(store: &Store, sequences: &[i64]) -> Result<Vec<Model>> {
    let id_filter = store.dialect().number_in(column::<Entity>(Column::Sequence), sequences);
    Ok(Entity::find().filter(id_filter).order_by_asc(Column::Sequence).all(store.read()).await?)
}
