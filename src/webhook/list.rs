use entity::{Positional, Timestamp, webhook_delivery as delivery, webhook_subscription as subscription};
use futures_util::FutureExt;
use sea_orm::{EntityTrait, Select};
use uuid::Uuid;

use super::{WebhookEventLog, WebhookEventLogFilters, WebhookSubscription, store};
use crate::{
    Result,
    db::{Cell, Direction, Key, Ordering, keyset::Kind},
    graphql::{Connection, ContextExt, Listed, PageArgs, Request, Total},
};

/// The subscriptions of the project, the latest first.
pub async fn subscriptions(page: &PageArgs, request: &Request) -> Result<Connection<WebhookSubscription>> {
    use subscription::{Column, Entity};
    let keys =
        latest::<Entity>((Column::CreatedAt, |row| at(row.created_at)), (Column::Id, |row| id(row.id)));
    connection("webhookSubscriptions", page, store::visible_to(&request.caller), keys, request).await
}

/// The deliveries of the project, the latest first.
pub async fn event_logs(
    page: &PageArgs,
    filters: Option<WebhookEventLogFilters>,
    request: &Request,
) -> Result<Connection<WebhookEventLog>> {
    use delivery::{Column, Entity};
    let keys =
        latest::<Entity>((Column::CreatedAt, |row| at(row.created_at)), (Column::Id, |row| id(row.id)));
    let rows = store::filtered(&request.store, &request.caller, &filters.unwrap_or_default());
    connection("webhookEventLogs", page, rows, keys, request).await
}

/// A list that belongs to no user, so it has no loaders: it is at the root only.
async fn connection<N, E>(
    name: &str,
    page: &PageArgs,
    rows: Select<E>,
    keys: Vec<Key<E::Model>>,
    request: &Request,
) -> Result<Connection<N>>
where
    N: Listed<Row = E::Model>,
    E: EntityTrait<Model: Positional>,
{
    let order = Ordering::new(name, request.caller.project_id(), keys);
    let window = page.window(&order, request)?;
    let page = request.store.page(&rows, &order, &window).await?;
    let count = Total::Later(Box::new(move |ctx| {
        let rows = rows.clone();
        async move { ctx.store()?.count(&rows).await }.boxed()
    }));
    Ok(Connection::new(page, order, count))
}

type By<E> = (<E as EntityTrait>::Column, fn(&<E as EntityTrait>::Model) -> Cell);

fn latest<E: EntityTrait>(created_at: By<E>, id: By<E>) -> Vec<Key<E::Model>> {
    let key = |(column, cell): By<E>, kind| Key::of::<E>(column, Direction::Desc, kind, cell);
    vec![key(created_at, Kind::Integer), key(id, Kind::Id)]
}

const fn at(at: Timestamp) -> Cell {
    Cell::Integer(at.0)
}

const fn id(id: Uuid) -> Cell {
    Cell::Id(id)
}
