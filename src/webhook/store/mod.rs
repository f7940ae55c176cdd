//! The SQL of subscriptions and of the delivery log.

pub mod bodies;
pub mod change;
pub mod health;
pub mod replay;

use entity::{
    webhook_delivery as delivery,
    webhook_subscription::{Column, Entity, Model, Status},
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, Select,
    sea_query::{Expr, SelectStatement},
};
use uuid::Uuid;

use super::filter::DeliveryFilter;
use crate::{
    Result,
    auth::Caller,
    db::{Store, column::column},
};

/// Selects the subscriptions that a caller may see: its project's. Every select of this table starts here.
/// Callers with tag limits cannot hold webhook permissions, so tags are not checked.
#[must_use]
pub fn visible_to(caller: &Caller) -> Select<Entity> {
    let rows = Entity::find().filter(Column::ProjectId.eq(caller.project_id()));
    rows.filter(Column::Status.ne(Status::Removed))
}

/// Selects the deliveries that a caller may see: its project's.
#[must_use]
pub fn visible_deliveries(caller: &Caller) -> Select<delivery::Entity> {
    delivery::Entity::find().filter(delivery::Column::ProjectId.eq(caller.project_id()))
}

/// Applies the filters to the visible deliveries.
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
    if let Some(range) = filters.created_at {
        for bound in range.bounds(&Expr::col(column::<delivery::Entity>(delivery::Column::CreatedAt))) {
            rows = rows.filter(bound);
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

/// Selects those of `ids` that are subscriptions visible to the caller.
#[must_use]
pub fn ids_among(store: &Store, caller: &Caller, ids: &[Uuid]) -> SelectStatement {
    store.ids_among(visible_to(caller), Column::Id, ids)
}

/// Selects those of `ids` that are deliveries visible to the caller.
#[must_use]
pub fn delivery_ids_among(store: &Store, caller: &Caller, ids: &[Uuid]) -> SelectStatement {
    store.ids_among(visible_deliveries(caller), delivery::Column::Id, ids)
}

/// Loads the subscriptions with these ids.
pub async fn by_ids(store: &Store, caller: &Caller, ids: &[Uuid]) -> Result<Vec<Model>> {
    store.load(caller.scope(), || visible_to(caller), Column::Id, ids).await
}

/// Loads the deliveries with these ids.
pub async fn deliveries_by_ids(store: &Store, caller: &Caller, ids: &[Uuid]) -> Result<Vec<delivery::Model>> {
    store.load(caller.scope(), || visible_deliveries(caller), delivery::Column::Id, ids).await
}
