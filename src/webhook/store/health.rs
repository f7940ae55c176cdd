//! How the deliveries of each subscription went.

use std::collections::HashMap;

use entity::{
    Timestamp,
    webhook_delivery::{Column, Status},
    webhook_subscription as subscription,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, Func, Query},
};
use uuid::Uuid;

use super::{visible_deliveries, visible_to};
use crate::{Result, auth::Caller, db::Store};

/// The deliveries of a subscription, in numbers.
#[derive(Clone, Debug)]
pub struct SubscriptionHealth {
    pub subscription: subscription::Model,
    pub counts: DeliveryCounts,
    /// 95 of 100 attempts took at most this long, in milliseconds.
    pub p95: Option<i32>,
}

/// Numbers of deliveries.
#[derive(Clone, Copy, Debug, Default)]
pub struct DeliveryCounts {
    /// Of those created in the period.
    pub delivered: i64,
    /// Of those created in the period.
    pub failed: i64,
    /// Whenever they were created.
    pub pending: i64,
    pub oldest_pending: Option<Timestamp>,
}

/// Returns the health of the visible subscriptions, newest first, since a time.
pub async fn health(store: &Store, caller: &Caller, since: Timestamp) -> Result<Vec<SubscriptionHealth>> {
    let rows = visible_to(caller)
        .order_by_desc(subscription::Column::CreatedAt)
        .order_by_desc(subscription::Column::Id)
        .all(store.read())
        .await?;
    let (mut counts, durations) =
        (counts(store, caller, since).await?, durations(store, caller, since).await?);
    let healthy = |row: subscription::Model| SubscriptionHealth {
        counts: counts.remove(&row.id).unwrap_or_default(),
        p95: durations.get(&row.id).copied(),
        subscription: row,
    };
    Ok(rows.into_iter().map(healthy).collect())
}

async fn counts(store: &Store, caller: &Caller, since: Timestamp) -> Result<HashMap<Uuid, DeliveryCounts>> {
    let ended = Column::CreatedAt.gte(since).and(Column::Status.ne(Status::Pending));
    let mut found: HashMap<Uuid, DeliveryCounts> = HashMap::new();
    for rows in [ended, Column::Status.eq(Status::Pending)] {
        let rows: Vec<(Uuid, Status, i64, Option<Timestamp>)> = visible_deliveries(caller)
            .filter(rows)
            .select_only()
            .column(Column::SubscriptionId)
            .column(Column::Status)
            .column_as(Column::Id.count(), "count")
            .column_as(Column::CreatedAt.min(), "oldest")
            .group_by(Column::SubscriptionId)
            .group_by(Column::Status)
            .into_tuple()
            .all(store.read())
            .await?;
        for (subscription, status, count, oldest) in rows {
            let counts = found.entry(subscription).or_default();
            match status {
                Status::Delivered => counts.delivered = count,
                Status::Failed => counts.failed = count,
                Status::Pending => (counts.pending, counts.oldest_pending) = (count, oldest),
            }
        }
    }
    Ok(found)
}

/// Returns the duration below which 95 of 100 last attempts of each subscription stayed.
async fn durations(store: &Store, caller: &Caller, since: Timestamp) -> Result<HashMap<Uuid, i32>> {
    let mut timed = visible_deliveries(caller)
        .filter(Column::CreatedAt.gte(since))
        .filter(Column::LastDuration.is_not_null())
        .select_only()
        .column(Column::SubscriptionId)
        .column(Column::LastDuration)
        .into_query();
    let share = "CUME_DIST() OVER (PARTITION BY subscription_id ORDER BY last_duration)";
    timed.expr_as(Expr::cust(share), "share");
    let mut slow = Query::select();
    slow.column(("timed", Column::SubscriptionId))
        .expr_as(Func::min(Expr::col(("timed", Column::LastDuration))), "duration")
        .from_subquery(timed, "timed")
        .and_where(Expr::col(("timed", "share")).gte(0.95))
        .group_by_col(("timed", Column::SubscriptionId));
    let rows = store.read().query_all(&slow).await?;
    let read =
        |row: &sea_orm::QueryResult| Ok((row.try_get("", "subscription_id")?, row.try_get("", "duration")?));
    rows.iter().map(read).collect()
}
