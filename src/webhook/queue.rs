//! The SQL of delivering: what is due, who has it, how it went. A worker acts for nobody, so nothing here starts at
//! `visible_to`.

use egress::Sent;
use entity::{
    Timestamp, event,
    webhook_delivery::{self as delivery, Column, Entity, Model, Status},
    webhook_subscription as subscription,
};
use sea_orm::{
    ActiveEnum,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter,
    QuerySelect, QueryTrait, UpdateMany,
    sea_query::{Expr, ExprTrait, LockBehavior, LockType, Order, Query, SelectStatement, SimpleExpr},
};
use uuid::Uuid;

use super::{
    rules::{self, EndpointHealth},
    schedule::{is_due, is_open},
};
use crate::{
    Result,
    db::{Store, Transaction, page::column},
};

/// Seconds that a worker has deliveries to itself. A batch takes less: it is cut to what can be sent in the time.
pub const LEASE: i64 = 180;

/// A subscription, and those of its deliveries that a worker has taken, in order, with their events.
#[derive(Clone, Debug)]
pub struct ClaimedBatch {
    pub subscription: subscription::Model,
    pub deliveries: Vec<(Model, event::Model)>,
}

/// Takes what is due of a subscription, at most so many, and only one while its endpoint fails. Nobody else takes it
/// before the lease is over, so what a worker that died had taken comes again then.
///
/// # Errors
///
/// When the database fails.
pub async fn claim(store: &Store, now: Timestamp, id: Uuid, most: u64) -> Result<Option<ClaimedBatch>> {
    let transaction = store.begin().await?;
    let Some(subscription) = locked(&transaction, id, Some(is_open(&Expr::val(now.0)))).await? else {
        return Ok(None);
    };
    let (until, is_failing) = (now.plus_seconds(LEASE), health(&subscription).is_open());
    let first = in_order(now, id, if is_failing { 1 } else { most });
    let taken = Query::update()
        .table(Entity)
        .value(Column::LeasedUntil, until.0)
        .and_where(Expr::col(Column::Id).in_subquery(first))
        .returning_all()
        .take();
    let taken = transaction.query_all(&taken).await?;
    let taken: Vec<Model> =
        taken.iter().map(|row| Model::from_query_result(row, "")).collect::<Result<_, _>>()?;
    if taken.is_empty() {
        // Given back now: dropped, it would stay locked for as long as the pool takes to roll back.
        transaction.rollback().await?;
        return Ok(None);
    }
    if is_failing {
        // Until it is known how this one went, no other worker tries another.
        let mut change = subscription.clone().into_active_model();
        change.paused_until = Set(Some(until));
        subscription::Entity::update(change).exec(&transaction).await?;
    }
    let ids: Vec<Uuid> = taken.iter().map(|row| row.event_id).collect();
    let events = store.dialect().id_in(column::<event::Entity>(event::Column::Id), &ids);
    let events = event::Entity::find().filter(events).all(&transaction).await?;
    transaction.commit().await?;
    let mut deliveries: Vec<_> = taken
        .into_iter()
        .filter_map(|row| Some((events.iter().find(|event| event.id == row.event_id)?.clone(), row)))
        .map(|(event, row)| (row, event))
        .collect();
    deliveries.sort_by_key(|(row, _)| row.event_sequence);
    Ok(Some(ClaimedBatch { subscription, deliveries }))
}

/// Writes down that a delivery arrived. Whatever else was found out about it meanwhile, this is so. An endpoint that is
/// known to have failed before does well again; others are not written to, so their deliveries do not wait for each other.
///
/// # Errors
///
/// When the database fails.
pub async fn arrived(store: &Store, now: Timestamp, row: &Model, sent: Sent, has_failed: bool) -> Result<()> {
    outcome(row, now, sent, Status::Delivered, None).exec(store.write()).await?;
    if !has_failed {
        return Ok(());
    }
    subscription::Entity::update_many()
        .col_expr(subscription::Column::ConsecutiveFailures, Expr::val(0))
        .col_expr(subscription::Column::FailingSince, Expr::val(None::<i64>))
        .col_expr(subscription::Column::PausedUntil, Expr::val(None::<i64>))
        .filter(subscription::Column::Id.eq(row.subscription_id))
        .filter(subscription::Column::ConsecutiveFailures.gt(0))
        .exec(store.write())
        .await?;
    Ok(())
}

/// Writes down that an attempt failed, and what that makes of the endpoint. If somebody else has tried since, because the
/// lease was over, it is theirs to say. Returns how the endpoint does, unless it was removed.
///
/// # Errors
///
/// When the database fails.
pub async fn failed(
    store: &Store,
    now: Timestamp,
    row: &Model,
    sent: Sent,
    jitter: u16,
) -> Result<Option<EndpointHealth>> {
    let transaction = store.begin().await?;
    let Some(subscription) = locked(&transaction, row.subscription_id, None).await? else { return Ok(None) };
    let next = rules::next_attempt(row.attempts.saturating_add(1), now, jitter);
    let status = if next.is_some() { Status::Pending } else { Status::Failed };
    let mine = outcome(row, now, sent, status, next).filter(Column::Attempts.eq(row.attempts));
    if mine.exec(&transaction).await?.rows_affected == 0 {
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

/// How an attempt at a delivery went, unless it arrived before.
fn outcome(
    row: &Model,
    now: Timestamp,
    sent: Sent,
    status: Status,
    next: Option<Timestamp>,
) -> UpdateMany<Entity> {
    let time = |at: Option<Timestamp>| Expr::val(at.map(|at| at.0));
    let error = sent.outcome.err().map(|failure| failure.name().to_owned());
    Entity::update_many()
        .col_expr(Column::Status, Expr::val(status.to_value()))
        .col_expr(Column::Attempts, Expr::val(row.attempts.saturating_add(1)))
        .col_expr(Column::NextAttemptAt, time(next))
        .col_expr(Column::LeasedUntil, time(None))
        .col_expr(Column::LastAttemptAt, time(Some(now)))
        .col_expr(Column::LastStatusCode, Expr::val(sent.outcome.ok().map(i32::from)))
        .col_expr(Column::LastDuration, Expr::val(sent.milliseconds))
        .col_expr(Column::LastError, Expr::val(error))
        .filter(Column::Id.eq(row.id))
        .filter(Column::Status.eq(Status::Pending))
}

/// Gives back what was taken and not tried.
///
/// # Errors
///
/// When the database fails.
pub async fn release(store: &Store, rows: &[Uuid]) -> Result<()> {
    let mine = store.dialect().id_in(column::<Entity>(Column::Id), rows);
    let update = Entity::update_many().col_expr(Column::LeasedUntil, Expr::val(None::<i64>));
    update.filter(mine).exec(store.write()).await?;
    Ok(())
}

/// Forgets deliveries that arrived before a moment: at most so many. Returns how many there were.
///
/// # Errors
///
/// When the database fails.
pub async fn forget(store: &Store, before: Timestamp, most: u64) -> Result<u64> {
    let old = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(Expr::col(Column::Status).eq(Status::Delivered.to_value()))
        .and_where(Expr::col(Column::LastAttemptAt).lt(before.0))
        .limit(most)
        .take();
    let delete = Entity::delete_many().filter(Column::Id.in_subquery(old));
    Ok(delete.exec(store.write()).await?.rows_affected)
}

/// Forgets events of before a moment that no delivery refers to: at most so many. Returns how many there were.
///
/// The newest event stays, whatever its age: numbers of events are counted on from the largest that is there, and no
/// number may be given twice.
///
/// # Errors
///
/// When the database fails.
pub async fn forget_events(store: &Store, before: Timestamp, most: u64) -> Result<u64> {
    let of = |of: event::Column| Expr::col(column::<event::Entity>(of));
    let told = Query::select()
        .expr(Expr::cust("1"))
        .from(Entity)
        .and_where(Expr::col(column::<Entity>(Column::EventId)).eq(of(event::Column::Id)))
        .take();
    let newest = Query::select().expr(Expr::col(event::Column::Sequence).max()).from(event::Entity).take();
    let old = Query::select()
        .column(column::<event::Entity>(event::Column::Sequence))
        .from(event::Entity)
        .and_where(of(event::Column::CreatedAt).lt(before.0))
        .and_where(of(event::Column::Sequence).lt(SimpleExpr::SubQuery(None, Box::new(newest.into()))))
        .and_where(store.dialect().exists(told).not())
        .limit(most)
        .take();
    let delete = event::Entity::delete_many().filter(event::Column::Sequence.in_subquery(old));
    Ok(delete.exec(store.write()).await?.rows_affected)
}

/// How the endpoint of a subscription does.
#[must_use]
pub const fn health(row: &subscription::Model) -> EndpointHealth {
    EndpointHealth {
        status: row.status,
        failures: row.consecutive_failures,
        failing_since: row.failing_since,
        paused_until: row.paused_until,
    }
}

/// A subscription that nobody else changes until the transaction ends. Events that are being written may point at it
/// meanwhile: on PostgreSQL this is the weaker lock, which does not wait for them.
async fn locked(
    transaction: &Transaction,
    id: Uuid,
    filter: Option<Condition>,
) -> Result<Option<subscription::Model>> {
    let row = subscription::Entity::find_by_id(id).filter(filter.unwrap_or_else(Condition::all));
    Ok(row.lock(LockType::NoKeyUpdate).one(transaction).await?)
}

/// The first deliveries of a subscription that are due, unless an earlier one about the same object has not arrived yet.
fn in_order(now: Timestamp, subscription: Uuid, most: u64) -> SelectStatement {
    let of = |of: Column| Expr::col(column::<Entity>(of));
    let earlier = |of: Column| -> SimpleExpr { Expr::col(("earlier", of)) };
    let waits = Query::select()
        .expr(Expr::cust("1"))
        .from_as(Entity, "earlier")
        .and_where(earlier(Column::SubscriptionId).eq(subscription))
        .and_where(earlier(Column::ResourceId).eq(of(Column::ResourceId)))
        .and_where(earlier(Column::Status).eq(Status::Pending.to_value()))
        .and_where(earlier(Column::EventSequence).lt(of(Column::EventSequence)))
        .take();
    let mut rows = Entity::find().select_only().column(delivery::Column::Id).into_query();
    rows.and_where(of(Column::SubscriptionId).eq(subscription))
        .cond_where(is_due(&Expr::val(now.0)))
        .and_where(Expr::not_exists(waits))
        .order_by(column::<Entity>(Column::EventSequence), Order::Asc)
        .limit(most)
        // SQLite has one writer and no such words; they are left out there.
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    rows
}
