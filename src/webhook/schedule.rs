//! The SQL that finds due deliveries, by the clocks of projects.

use std::collections::BTreeMap;

use entity::{
    Timestamp, project,
    webhook_delivery::{Column, Entity, Status},
    webhook_subscription as subscription,
};
use sea_orm::{
    ActiveEnum, ColumnTrait, Condition, ConnectionTrait, QueryResult,
    sea_query::{Expr, ExprTrait, JoinType, Order, Query, SelectStatement},
};
use uuid::Uuid;

use super::queue::SubscriptionKey;
use crate::{
    Result,
    db::{Store, column::column},
};

/// An active subscription with due deliveries.
#[derive(Clone, Copy, Debug)]
pub struct DueSubscription {
    pub subscription: Uuid,
    pub project: Uuid,
    /// Milliseconds by which the project's clock is ahead of the machine's.
    pub ahead: i64,
}

impl DueSubscription {
    /// Returns the primary key of the subscription.
    #[must_use]
    pub const fn key(&self) -> SubscriptionKey {
        SubscriptionKey { project: self.project, id: self.subscription }
    }
}

/// Lists the active subscriptions that have due deliveries by their projects' clocks, when the machine's
/// clock shows `now`.
pub async fn due(store: &Store, now: Timestamp) -> Result<Vec<DueSubscription>> {
    let ahead = Expr::col(column::<project::Entity>(project::Column::ClockAhead));
    let there = ahead.clone().add(now.0);
    let subscription_id = Expr::col(column::<Entity>(Column::SubscriptionId));
    let active = Query::select()
        .expr(Expr::cust("1"))
        .from(Entity)
        .and_where(subscription_id.eq(Expr::col(column::<subscription::Entity>(subscription::Column::Id))))
        .and_where(of_same_project())
        .cond_where(is_due(&there))
        .take();
    let of_project = Condition::all().add(
        Expr::col(column::<subscription::Entity>(subscription::Column::ProjectId)).equals(column::<
            project::Entity,
        >(
            project::Column::Id,
        )),
    );
    let id = column::<subscription::Entity>(subscription::Column::Id);
    let rows = Query::select()
        .expr_as(Expr::col(id), "id")
        .expr_as(Expr::col(column::<project::Entity>(project::Column::Id)), "project")
        .expr_as(ahead, "ahead")
        .from(subscription::Entity)
        .join(JoinType::InnerJoin, project::Entity, of_project)
        .cond_where(is_open(&there))
        .and_where(store.dialect().exists(active))
        .order_by(id, Order::Asc)
        .take();
    let rows = store.read().query_all(&rows).await?;
    let read = |row: &QueryResult| {
        let (subscription, project) = (row.try_get("", "id")?, row.try_get("", "project")?);
        Ok(DueSubscription { subscription, project, ahead: row.try_get("", "ahead")? })
    };
    rows.iter().map(read).collect()
}

/// Returns the project's subscription with the earliest next delivery, and its time. Ignores deliveries of
/// the subscriptions in `passed` up to their times.
pub async fn next(
    store: &Store,
    project: Uuid,
    passed: &BTreeMap<Uuid, Timestamp>,
) -> Result<Option<(Timestamp, Uuid)>> {
    let of = |of: Column| Expr::col(column::<Entity>(of));
    let of_subscription = |of: subscription::Column| Expr::col(column::<subscription::Entity>(of));
    let (due, paused) = (of(Column::NextAttemptAt), of_subscription(subscription::Column::PausedUntil));
    let at: Expr = Expr::case(paused.clone().gt(due.clone()), paused).finally(due).into();
    let same_subscription = Condition::all()
        .add(of(Column::SubscriptionId).equals(column::<subscription::Entity>(subscription::Column::Id)))
        .add(of_same_project());
    let mut rows = Query::select();
    for (subscription, until) in passed {
        rows.and_where(of(Column::SubscriptionId).ne(*subscription).or(at.clone().gt(until.0)));
    }
    let rows = rows
        .expr_as(at.clone(), "at")
        .expr_as(of(Column::SubscriptionId), "id")
        .from(Entity)
        .join(JoinType::InnerJoin, subscription::Entity, same_subscription)
        .and_where(of(Column::ProjectId).eq(project))
        .and_where(of(Column::Status).eq(Status::Pending.to_value()))
        .and_where(of_subscription(subscription::Column::Status).eq(subscription::Status::Active.to_value()))
        .and_where(Expr::not_exists(earlier()))
        .order_by("at", Order::Asc)
        .order_by("id", Order::Asc)
        .limit(1)
        .take();
    let row = store.write().query_one(&rows).await?;
    row.map(|row| Ok((Timestamp(row.try_get("", "at")?), row.try_get("", "id")?))).transpose()
}

/// Selects deliveries of the same subscription and object that must arrive before a given one.
fn earlier() -> SelectStatement {
    let of = |of: Column| Expr::col(column::<Entity>(of));
    let earlier = |of: Column| Expr::col(("earlier", of));
    Query::select()
        .expr(Expr::cust("1"))
        .from_as(Entity, "earlier")
        .and_where(earlier(Column::ProjectId).eq(of(Column::ProjectId)))
        .and_where(earlier(Column::SubscriptionId).eq(of(Column::SubscriptionId)))
        .and_where(earlier(Column::ResourceId).eq(of(Column::ResourceId)))
        .and_where(earlier(Column::Status).eq(Status::Pending.to_value()))
        .and_where(earlier(Column::EventSequence).lt(of(Column::EventSequence)))
        .take()
}

/// Condition for subscriptions whose deliveries may be sent now.
pub(super) fn is_open(now: &Expr) -> Condition {
    use subscription::Column::{PausedUntil, Status};
    let paused = Expr::col(column::<subscription::Entity>(PausedUntil));
    Condition::all()
        .add(Status.eq(subscription::Status::Active))
        .add(Condition::any().add(PausedUntil.is_null()).add(paused.lte(now.clone())))
}

/// Condition for deliveries that are due and not claimed.
pub(super) fn is_due(now: &Expr) -> Condition {
    let of = |of: Column| Expr::col(column::<Entity>(of));
    let is_free =
        Condition::any().add(of(Column::LeasedUntil).is_null()).add(of(Column::LeasedUntil).lte(now.clone()));
    Condition::all()
        .add(of(Column::Status).eq(Status::Pending.to_value()))
        .add(of(Column::NextAttemptAt).lte(now.clone()))
        .add(is_free)
}

/// Condition that a delivery and a subscription belong to the same project.
fn of_same_project() -> Expr {
    Expr::col(column::<Entity>(Column::ProjectId))
        .equals(column::<subscription::Entity>(subscription::Column::ProjectId))
}
