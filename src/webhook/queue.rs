//! The SQL of the delivery queue: claims, outcomes and cleanup. The worker runs without a caller, so no
//! select here starts at `visible_to`.

use egress::Sent;
use entity::{
    Timestamp, event,
    webhook_delivery::{self as delivery, Attempt, Column, Entity, Model, Status},
    webhook_subscription as subscription,
};
use sea_orm::{
    ActiveEnum,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter,
    QuerySelect, QueryTrait, UpdateMany,
    sea_query::{Expr, ExprTrait, LockType, Order, Query, SelectStatement, SimpleExpr},
};
use uuid::Uuid;

use super::{
    rules::{self, EndpointHealth},
    schedule::{is_due, is_open},
};
use crate::{
    Result,
    db::{
        Store, Transaction,
        column::column,
        locked::{LOCKED, with_locked},
    },
};

/// Lease on claimed deliveries, in seconds. A batch takes less: it is limited to what can be sent in this
/// time.
pub const LEASE: i64 = 180;

/// The primary key of a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubscriptionKey {
    pub project: Uuid,
    pub id: Uuid,
}

impl SubscriptionKey {
    const fn of(row: &Model) -> Self {
        Self { project: row.project_id, id: row.subscription_id }
    }
}

/// A subscription with its claimed deliveries and their events, in order.
#[derive(Clone, Debug)]
pub struct ClaimedBatch {
    pub subscription: subscription::Model,
    pub deliveries: Vec<(Model, event::Model)>,
}

/// Claims due deliveries of a subscription, at most `most`, and only one while its endpoint fails. Other
/// workers skip them until the lease expires, so deliveries that a dead worker has claimed are retried then.
pub async fn claim(
    store: &Store,
    now: Timestamp,
    of: SubscriptionKey,
    most: u64,
) -> Result<Option<ClaimedBatch>> {
    let transaction = store.begin().await?;
    let Some(subscription) = locked(&transaction, of, Some(is_open(&Expr::val(now.0)))).await? else {
        return Ok(None);
    };
    let (until, is_failing) = (now.plus_seconds(LEASE), health(&subscription).is_open());
    let first = in_order(now, of, if is_failing { 1 } else { most });
    let due = Query::select().column(Column::Id).from(LOCKED).take();
    let taken = Query::update()
        .table(Entity)
        .value(Column::LeasedUntil, until.0)
        .and_where(Expr::col(Column::ProjectId).eq(of.project))
        .and_where(Expr::col(Column::Id).in_subquery(due))
        .returning_all()
        .take()
        .with(with_locked(first, [Column::Id]));
    let taken = transaction.query_all(&taken).await?;
    let taken: Vec<Model> =
        taken.iter().map(|row| Model::from_query_result(row, "")).collect::<Result<_, _>>()?;
    if taken.is_empty() {
        // Roll back now: a dropped transaction keeps its locks for as long as the pool takes to roll back.
        transaction.rollback().await?;
        return Ok(None);
    }
    if is_failing {
        // Until the result of this delivery is known, no other worker tries another.
        let mut change = subscription.clone().into_active_model();
        change.paused_until = Set(Some(until));
        subscription::Entity::update(change).exec(&transaction).await?;
    }
    let ids: Vec<Uuid> = taken.iter().map(|row| row.event_id).collect();
    let events = store.dialect().id_in(column::<event::Entity>(event::Column::Id), &ids);
    let of_project = event::Column::ProjectId.eq(of.project);
    let events = event::Entity::find().filter(of_project).filter(events).all(&transaction).await?;
    transaction.commit().await?;
    let mut deliveries: Vec<_> = taken
        .into_iter()
        .filter_map(|row| Some((events.iter().find(|event| event.id == row.event_id)?.clone(), row)))
        .map(|(event, row)| (row, event))
        .collect();
    deliveries.sort_by_key(|(row, _)| row.event_sequence);
    Ok(Some(ClaimedBatch { subscription, deliveries }))
}

/// Records that a delivery arrived, whatever else has been recorded about it. Marks an endpoint as healthy if
/// it is known to have failed before; rows of other endpoints are not written, so their deliveries do not
/// wait for each other.
pub async fn arrived(store: &Store, now: Timestamp, row: &Model, sent: Sent, has_failed: bool) -> Result<()> {
    outcome(row, now, sent, Status::Delivered, None).exec(store.write()).await?;
    if !has_failed {
        return Ok(());
    }
    subscription::Entity::update_many()
        .col_expr(subscription::Column::ConsecutiveFailures, Expr::val(0))
        .col_expr(subscription::Column::FailingSince, Expr::val(None::<i64>))
        .col_expr(subscription::Column::PausedUntil, Expr::val(None::<i64>))
        .filter(subscription::Column::ProjectId.eq(row.project_id))
        .filter(subscription::Column::Id.eq(row.subscription_id))
        .filter(subscription::Column::ConsecutiveFailures.gt(0))
        .exec(store.write())
        .await?;
    Ok(())
}

/// Records a failed attempt and updates the endpoint's health. If the lease has expired and another worker
/// has tried since, that worker's result counts. Returns the endpoint's health, unless the subscription was
/// deleted.
pub async fn failed(
    store: &Store,
    now: Timestamp,
    row: &Model,
    sent: Sent,
    jitter: u16,
) -> Result<Option<EndpointHealth>> {
    let transaction = store.begin().await?;
    let Some(subscription) = locked(&transaction, SubscriptionKey::of(row), None).await? else {
        return Ok(None);
    };
    let next = rules::next_attempt(row.attempts.saturating_add(1), now, jitter);
    let status = if next.is_some() { Status::Pending } else { Status::Failed };
    let attempt = outcome(row, now, sent, status, next).filter(Column::Attempts.eq(row.attempts));
    if attempt.exec(&transaction).await?.rows_affected == 0 {
        return Ok(Some(health(&subscription)));
    }
    let after = health(&subscription).after_failure(now, sent.outcome.ok());
    let mut change = subscription.into_active_model();
    change.status = Set(after.status);
    change.consecutive_failures = Set(after.failures);
    change.failing_since = Set(after.failing_since);
    change.paused_until = Set(after.paused_until);
    subscription::Entity::update(change).exec(&transaction).await?;
    transaction.commit().await?;
    Ok((after.status != subscription::Status::Removed).then_some(after))
}

/// Records the outcome of an attempt, unless the delivery arrived before.
fn outcome(
    row: &Model,
    now: Timestamp,
    sent: Sent,
    status: Status,
    next: Option<Timestamp>,
) -> UpdateMany<Entity> {
    let time = |at: Option<Timestamp>| Expr::val(at.map(|at| at.0));
    let error = sent.outcome.err().map(|failure| failure.name().to_owned());
    let status_code = sent.outcome.ok().map(i32::from);
    let attempt = Attempt { at: now.0, status_code, duration: sent.milliseconds, error: error.clone() };
    let log = row.attempt_log.clone().unwrap_or_default().with(attempt);
    Entity::update_many()
        .col_expr(Column::Status, Expr::val(status.to_value()))
        .col_expr(Column::Attempts, Expr::val(row.attempts.saturating_add(1)))
        .col_expr(Column::NextAttemptAt, time(next))
        .col_expr(Column::LeasedUntil, time(None))
        .col_expr(Column::LastAttemptAt, time(Some(now)))
        .col_expr(Column::LastStatusCode, Expr::val(status_code))
        .col_expr(Column::LastDuration, Expr::val(sent.milliseconds))
        .col_expr(Column::LastError, Expr::val(error))
        .col_expr(Column::AttemptLog, Expr::val(log))
        .filter(Column::ProjectId.eq(row.project_id))
        .filter(Column::Id.eq(row.id))
        .filter(Column::Status.eq(Status::Pending))
}

/// Releases claimed deliveries that were not attempted.
pub async fn release(store: &Store, project: Uuid, rows: &[Uuid]) -> Result<()> {
    let id_filter = store.dialect().id_in(column::<Entity>(Column::Id), rows);
    let update = Entity::update_many().col_expr(Column::LeasedUntil, Expr::val(None::<i64>));
    update.filter(Column::ProjectId.eq(project)).filter(id_filter).exec(store.write()).await?;
    Ok(())
}

/// Deletes deliveries that arrived before a time, at most `most`. Returns their number.
pub async fn forget(store: &Store, project: Uuid, before: Timestamp, most: u64) -> Result<u64> {
    let old = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(Expr::col(Column::ProjectId).eq(project))
        .and_where(Expr::col(Column::Status).eq(Status::Delivered.to_value()))
        .and_where(Expr::col(Column::LastAttemptAt).lt(before.0))
        .limit(most)
        .take();
    let delete =
        Entity::delete_many().filter(Column::ProjectId.eq(project)).filter(Column::Id.in_subquery(old));
    Ok(delete.exec(store.write()).await?.rows_affected)
}

/// Returns the health of a subscription's endpoint.
#[must_use]
pub const fn health(row: &subscription::Model) -> EndpointHealth {
    EndpointHealth {
        status: row.status,
        failures: row.consecutive_failures,
        failing_since: row.failing_since,
        paused_until: row.paused_until,
    }
}

/// Loads and locks a subscription until the transaction ends. New events may reference it meanwhile: on
/// PostgreSQL this is the weaker lock, which does not block them.
async fn locked(
    transaction: &Transaction,
    of: SubscriptionKey,
    filter: Option<Condition>,
) -> Result<Option<subscription::Model>> {
    let row =
        subscription::Entity::find_by_id((of.id, of.project)).filter(filter.unwrap_or_else(Condition::all));
    Ok(row.lock(LockType::NoKeyUpdate).one(transaction).await?)
}

/// Selects the first due deliveries of a subscription, without those that must wait for an earlier one of the
/// same object.
fn in_order(now: Timestamp, subscription: SubscriptionKey, most: u64) -> SelectStatement {
    let of = |of: Column| Expr::col(column::<Entity>(of));
    let earlier = |of: Column| -> SimpleExpr { Expr::col(("earlier", of)) };
    let waits = Query::select()
        .expr(Expr::cust("1"))
        .from_as(Entity, "earlier")
        .and_where(earlier(Column::ProjectId).eq(subscription.project))
        .and_where(earlier(Column::SubscriptionId).eq(subscription.id))
        .and_where(earlier(Column::ResourceId).eq(of(Column::ResourceId)))
        .and_where(earlier(Column::Status).eq(Status::Pending.to_value()))
        .and_where(earlier(Column::EventSequence).lt(of(Column::EventSequence)))
        .take();
    let mut rows = Entity::find().select_only().column(delivery::Column::Id).into_query();
    rows.and_where(of(Column::ProjectId).eq(subscription.project))
        .and_where(of(Column::SubscriptionId).eq(subscription.id))
        .cond_where(is_due(&Expr::val(now.0)))
        .and_where(Expr::not_exists(waits))
        .order_by(column::<Entity>(Column::EventSequence), Order::Asc)
        .limit(most);
    rows
}
