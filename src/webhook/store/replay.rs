//! Sends the failed deliveries of a subscription again.

use entity::{
    webhook_delivery::{Column, Entity, Status},
    webhook_subscription as subscription,
};
use sea_orm::{
    ActiveEnum, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use uuid::Uuid;

use super::{filtered, visible_to};
use crate::{
    Result,
    audit::{self, Action, Entry},
    auth::Caller,
    clock::Clock,
    db::{Store, TimeRange, column::column},
    webhook::filter::DeliveryFilter,
};

/// Maximum number of deliveries per call.
pub const MOST: u64 = 1000;

/// Deliveries that were scheduled again.
#[derive(Clone, Debug)]
pub struct ReplayedDeliveries {
    pub subscription: subscription::Model,
    pub replayed: u64,
    /// Number of deliveries that match and still have the status failed.
    pub remaining: u64,
}

/// Schedules the failed deliveries of a subscription again, those of the oldest events first, each starting with
/// its first attempt. Returns `None` if the subscription does not exist.
pub async fn replay_failed(
    store: &Store,
    caller: &Caller,
    clock: &Clock,
    id: Uuid,
    created_at: Option<TimeRange>,
) -> Result<Option<ReplayedDeliveries>> {
    let transaction = store.begin().await?;
    let found = visible_to(caller).filter(subscription::Column::Id.eq(id)).one(&transaction).await?;
    let Some(subscription) = found else { return Ok(None) };
    let statuses = Some(vec![Status::Failed]);
    let filters =
        DeliveryFilter { subscription_id: Some(id), created_at, statuses, ..DeliveryFilter::default() };
    let failed = filtered(store, caller, &filters);
    let ids: Vec<Uuid> = failed
        .clone()
        .order_by_asc(Column::EventSequence)
        .order_by_asc(Column::Id)
        .limit(MOST)
        .lock_exclusive()
        .select_only()
        .column(Column::Id)
        .into_tuple()
        .all(&transaction)
        .await?;
    if !ids.is_empty() {
        Entity::update_many()
            .col_expr(Column::Status, Expr::value(Status::Pending.to_value()))
            .col_expr(Column::Attempts, Expr::value(0))
            .col_expr(Column::NextAttemptAt, Expr::value(clock.now()))
            .filter(Column::ProjectId.eq(caller.project_id()))
            .filter(store.dialect().id_in(column::<Entity>(Column::Id), &ids))
            .exec(&transaction)
            .await?;
    }
    for resource in &ids {
        let action = Action::WebhookEventReplayed;
        let entry = Entry { project: caller.project_id(), action, resource: *resource, user: None };
        audit::store::record(&transaction, clock, entry).await?;
    }
    let remaining = failed.count(&transaction).await?;
    transaction.commit().await?;
    let replayed = u64::try_from(ids.len()).unwrap_or(MOST);
    Ok(Some(ReplayedDeliveries { subscription, replayed, remaining }))
}
