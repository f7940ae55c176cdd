//! The outbox: inserts an event and its deliveries in the transaction of the change.

use entity::{Timestamp, event, webhook_delivery, webhook_subscription as subscription};
use sea_orm::{
    ActiveEnum,
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryTrait,
    sea_query::{Expr, ExprTrait, Query, SimpleExpr},
};
use serde_json::Value;
use uuid::Uuid;

use super::Kind;
use crate::{
    Error, Result,
    audit::{self, Action, Entry},
    clock::Clock,
    db::{Store, Transaction, column::column, dialect::Dialect},
};

/// The wildcard by which a subscription requests every event.
pub const EVERYTHING: &str = "*";

/// An event: its type, resource and details.
#[derive(Clone, Debug)]
pub struct NewEvent {
    pub project: Uuid,
    pub kind: Kind,
    /// The changed object. Events of one object are delivered in the order in which they were recorded.
    pub resource: Uuid,
    /// The user whom the event concerns, if any.
    pub user: Option<Uuid>,
    /// Additional fields for the bodies of sessions and results: ids and states, no personal data.
    pub detail: Option<Value>,
    /// The version of the object after the change, if the object has versions.
    pub version: Option<i32>,
}

/// Records an event, its caller, and one delivery for every active subscription of the project that matches.
/// The caller of this function has locked or just created the object, so that the object's events are
/// ordered.
pub async fn record(transaction: &Transaction, clock: &Clock, happened: NewEvent) -> Result<()> {
    // This future is part of the future of every change, so it has to stay small.
    Box::pin(write(transaction, clock, happened)).await
}

async fn write(transaction: &Transaction, clock: &Clock, happened: NewEvent) -> Result<()> {
    let NewEvent { project, kind, resource, user, detail, version } = happened;
    let now = clock.now();
    let event = event::ActiveModel {
        id: Set(clock.new_id()),
        sequence: NotSet,
        project_id: Set(project),
        kind: Set(kind.name().to_owned()),
        resource_id: Set(resource),
        user_id: Set(user),
        detail: Set(detail),
        created_at: Set(now),
        version: Set(version),
    };
    let id = event.id.clone().take().ok_or(Error::Fault("an event has no id"))?;
    transaction.insert_later::<event::Entity>(event::Entity::insert(event).into_query()).await?;
    let deliveries = deliveries(Dialect::of(transaction.get_database_backend()), clock, (id, project), kind)?;
    transaction.insert_later::<webhook_delivery::Entity>(deliveries).await?;
    audit::store::record(transaction, clock, Entry { project, action: Action::Told(kind), resource, user })
        .await
}

/// Inserts a delivery for each subscription that matches an event. The database computes them from its own
/// rows, so that no subscription that exists at the time of the change is missed, however many there are.
fn deliveries(
    dialect: Dialect,
    clock: &Clock,
    (event, project): (Uuid, Uuid),
    kind: Kind,
) -> Result<sea_orm::sea_query::InsertStatement> {
    use webhook_delivery::{Column, Entity, Status};

    let of_event = |column: event::Column| Expr::col((event::Entity, column));
    let of_subscription = |column: subscription::Column| Expr::col((subscription::Entity, column));
    let bodies = kind.bodies().iter().map(ActiveEnum::to_value);
    let types = (subscription::Entity, subscription::Column::EventTypes);
    let wants = dialect.lists(types, kind.name()).or(dialect.lists(types, EVERYTHING));
    let wanted = Query::select()
        .expr(dialect.new_id(clock))
        .expr(of_event(event::Column::ProjectId))
        .expr(of_subscription(subscription::Column::Id))
        .expr(of_event(event::Column::Id))
        .expr(of_event(event::Column::Sequence))
        .expr(of_event(event::Column::Kind))
        .expr(of_event(event::Column::ResourceId))
        .expr(Expr::val(Status::Pending.to_value()))
        .expr(Expr::val(0))
        .expr(of_event(event::Column::CreatedAt))
        .expr(of_event(event::Column::CreatedAt))
        .from(event::Entity)
        .inner_join(
            subscription::Entity,
            of_subscription(subscription::Column::ProjectId).eq(of_event(event::Column::ProjectId)),
        )
        .and_where(of_event(event::Column::Id).eq(event))
        .and_where(of_event(event::Column::ProjectId).eq(project))
        .and_where(of_subscription(subscription::Column::Status).eq(subscription::Status::Active.to_value()))
        .and_where(of_subscription(subscription::Column::BodyKind).is_in(bodies))
        .and_where(wants)
        .take();
    let columns = [
        Column::Id,
        Column::ProjectId,
        Column::SubscriptionId,
        Column::EventId,
        Column::EventSequence,
        Column::EventType,
        Column::ResourceId,
        Column::Status,
        Column::Attempts,
        Column::NextAttemptAt,
        Column::CreatedAt,
    ];
    let mut insert = Query::insert().into_table(Entity).columns(columns).take();
    insert
        .select_from(wanted)
        .map_err(|_| Error::Fault("deliveries have a different number of values and columns"))?;
    Ok(insert)
}

/// Deletes events before a time that no delivery refers to, at most `most`. Returns their number.
///
/// The newest event stays, whatever its age: event numbers continue from the largest existing number, and no
/// number may be used twice.
pub async fn delete_old(store: &Store, project: Uuid, before: Timestamp, most: u64) -> Result<u64> {
    let of = |of: event::Column| Expr::col(column::<event::Entity>(of));
    let delivery = Query::select()
        .expr(Expr::cust("1"))
        .from(webhook_delivery::Entity)
        .and_where(webhook_delivery::Column::ProjectId.eq(project))
        .and_where(
            Expr::col(column::<webhook_delivery::Entity>(webhook_delivery::Column::EventId))
                .eq(of(event::Column::Id)),
        )
        .take();
    let newest = Query::select()
        .expr(Expr::col(event::Column::Sequence).max())
        .from(event::Entity)
        .and_where(event::Column::ProjectId.eq(project))
        .take();
    let old = Query::select()
        .column(column::<event::Entity>(event::Column::Sequence))
        .from(event::Entity)
        .and_where(of(event::Column::ProjectId).eq(project))
        .and_where(of(event::Column::CreatedAt).lt(before.0))
        .and_where(of(event::Column::Sequence).lt(SimpleExpr::SubQuery(None, Box::new(newest.into()))))
        .and_where(store.dialect().exists(delivery).not())
        .limit(most)
        .take();
    let delete = event::Entity::delete_many()
        .filter(event::Column::ProjectId.eq(project))
        .filter(event::Column::Sequence.in_subquery(old));
    Ok(delete.exec(store.write()).await?.rows_affected)
}
