use entity::{Timestamp, webhook_delivery as delivery, webhook_subscription as subscription};
use keyset::{Cell, CellKind, Direction, Key};
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::{WebhookEventLog, WebhookEventLogFilters, WebhookSubscription};
use crate::{
    Result,
    graphql::{Connection, PageArgs, Request, list::of_project},
    webhook::store,
};

/// Lists the webhook subscriptions of the caller's project, newest first.
pub async fn subscriptions(page: &PageArgs, request: &Request) -> Result<Connection<WebhookSubscription>> {
    use subscription::{Column, Entity};
    let keys =
        latest::<Entity>((Column::CreatedAt, |row| at(row.created_at)), (Column::Id, |row| id(row.id)));
    of_project("webhookSubscriptions", page, store::visible_to(&request.caller), keys, request).await
}

/// Lists the deliveries of the caller's project, newest first.
pub async fn event_logs(
    page: &PageArgs,
    filters: Option<WebhookEventLogFilters>,
    request: &Request,
) -> Result<Connection<WebhookEventLog>> {
    use delivery::{Column, Entity};
    let keys =
        latest::<Entity>((Column::CreatedAt, |row| at(row.created_at)), (Column::Id, |row| id(row.id)));
    let rows = store::filtered(&request.store, &request.caller, &filters.map(Into::into).unwrap_or_default());
    of_project("webhookEventLogs", page, rows, keys, request).await
}

type By<E> = (<E as EntityTrait>::Column, fn(&<E as EntityTrait>::Model) -> Cell);

fn latest<E: EntityTrait>(created_at: By<E>, id: By<E>) -> Vec<Key<E::Model>> {
    let key = |(column, cell): By<E>, kind| Key::of::<E>(column, Direction::Desc, kind, cell);
    vec![key(created_at, CellKind::Integer), key(id, CellKind::Id)]
}

const fn at(at: Timestamp) -> Cell {
    Cell::Integer(at.0)
}

const fn id(id: Uuid) -> Cell {
    Cell::Id(id)
}
