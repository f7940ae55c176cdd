//! The SQL of subscriptions and of the log of deliveries.

pub mod change;

use entity::{
    webhook_delivery::{self as delivery},
    webhook_subscription::{Column, Entity, Model, Status},
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select, sea_query::SelectStatement,
};
use uuid::Uuid;

use super::filter::DeliveryFilter;
use crate::{
    Result,
    auth::Caller,
    db::{Store, page::column},
};

/// The subscriptions a caller may see: its project's. Every select of this table starts here. Permissions to webhooks are
/// not held by callers that are limited to tags, so there is no such limit to keep.
#[must_use]
pub fn visible_to(caller: &Caller) -> Select<Entity> {
    let rows = Entity::find().filter(Column::ProjectId.eq(caller.project_id()));
    rows.filter(Column::Status.ne(Status::Removed))
}

/// The deliveries a caller may see, likewise.
#[must_use]
pub fn visible_deliveries(caller: &Caller) -> Select<delivery::Entity> {
    delivery::Entity::find().filter(delivery::Column::ProjectId.eq(caller.project_id()))
}

/// Those of a caller's deliveries that a filter lets through.
#[must_use]
pub fn filtered(store: &Store, caller: &Caller, filters: &DeliveryFilter) -> Select<delivery::Entity> {
    let mut rows = visible_deliveries(caller);
    for (id, of) in [
        (filters.subscription_id, delivery::Column::SubscriptionId),
        (filters.event_id, delivery::Column::EventId),
        (filters.resource_id, delivery::Column::ResourceId),
    ] {
        if let Some(id) = id {
            rows = rows.filter(of.eq(id));
        }
    }
    if let Some(statuses) = &filters.statuses {
        rows = rows.filter(delivery::Column::Status.is_in(statuses.iter().copied()));
    }
    if let Some(types) = &filters.event_types {
        let of = column::<delivery::Entity>(delivery::Column::EventType);
        rows = rows.filter(store.dialect().text_in(of, types.iter().map(String::as_str)));
    }
    rows
}

/// The ids, of these, of subscriptions that a caller may see.
#[must_use]
pub fn ids_among(store: &Store, caller: &Caller, ids: &[Uuid]) -> SelectStatement {
    let mine = store.dialect().id_in(column::<Entity>(Column::Id), ids);
    visible_to(caller).select_only().column(Column::Id).filter(mine).into_query()
}

/// The ids, of these, of deliveries that a caller may see.
#[must_use]
pub fn delivery_ids_among(store: &Store, caller: &Caller, ids: &[Uuid]) -> SelectStatement {
    let mine = store.dialect().id_in(column::<delivery::Entity>(delivery::Column::Id), ids);
    visible_deliveries(caller).select_only().column(delivery::Column::Id).filter(mine).into_query()
}

/// The subscriptions of these ids.
///
/// # Errors
///
/// When the database fails.
pub async fn by_ids(store: &Store, caller: &Caller, ids: &[Uuid]) -> Result<Vec<Model>> {
    let mine = store.dialect().id_in(column::<Entity>(Column::Id), ids);
    Ok(visible_to(caller).filter(mine).all(store.read()).await?)
}

/// The deliveries of these ids.
///
/// # Errors
///
/// When the database fails.
pub async fn deliveries_by_ids(store: &Store, caller: &Caller, ids: &[Uuid]) -> Result<Vec<delivery::Model>> {
    let mine = store.dialect().id_in(column::<delivery::Entity>(delivery::Column::Id), ids);
    Ok(visible_deliveries(caller).filter(mine).all(store.read()).await?)
}
