//! What deliveries contain. Bodies are not stored: they are a function of the event, whose details the erasure of its
//! user blanks.

use std::collections::HashMap;

use entity::{
    event,
    webhook_subscription::{self as subscription, BodyKind},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{Result, auth::Caller, db::Store};

/// The event of a delivery, and which body its endpoint receives.
#[derive(Clone, Debug)]
pub struct DeliveryContent {
    pub kind: BodyKind,
    pub event: event::Model,
}

/// Loads the contents of deliveries that are visible to the caller, by event and subscription. The subscription
/// may have been removed.
pub async fn contents(
    store: &Store,
    caller: &Caller,
    deliveries: &[(Uuid, Uuid)],
) -> Result<HashMap<(Uuid, Uuid), DeliveryContent>> {
    let (events, subscriptions): (Vec<Uuid>, Vec<Uuid>) = deliveries.iter().copied().unzip();
    let project = caller.project_id();
    let of_project = || event::Entity::find().filter(event::Column::ProjectId.eq(project));
    let events = store.load(caller.scope(), of_project, event::Column::Id, &events).await?;
    let events: HashMap<Uuid, event::Model> = events.into_iter().map(|row| (row.id, row)).collect();
    let of_project = || subscription::Entity::find().filter(subscription::Column::ProjectId.eq(project));
    // Removed ones too: another statement than that of visible subscriptions.
    let scope = (caller.scope(), "of deliveries");
    let kinds = store.load(scope, of_project, subscription::Column::Id, &subscriptions).await?;
    let kinds: HashMap<Uuid, BodyKind> = kinds.into_iter().map(|row| (row.id, row.body_kind)).collect();
    let content = |key: &(Uuid, Uuid)| {
        let (event, kind) = (events.get(&key.0)?.clone(), *kinds.get(&key.1)?);
        Some((*key, DeliveryContent { kind, event }))
    };
    Ok(deliveries.iter().filter_map(content).collect())
}
