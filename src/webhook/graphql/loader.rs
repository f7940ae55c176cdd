use std::collections::HashMap;

use entity::{webhook_delivery, webhook_subscription};
use uuid::Uuid;

use crate::{Result, auth::Caller, db::Store, graphql::loader::Batched, webhook::store};

/// Loader key: the subscription with an id, if it is visible to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WebhookSubscriptionById(pub Uuid);

impl Batched for WebhookSubscriptionById {
    type Value = webhook_subscription::Model;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, Self::Value>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let rows = store::by_ids(store, caller, &ids).await?;
        Ok(rows.into_iter().map(|row| (Self(row.id), row)).collect())
    }
}

/// Loader key: the delivery with an id, if it is visible to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WebhookEventLogById(pub Uuid);

impl Batched for WebhookEventLogById {
    type Value = webhook_delivery::Model;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, Self::Value>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let rows = store::deliveries_by_ids(store, caller, &ids).await?;
        Ok(rows.into_iter().map(|row| (Self(row.id), row)).collect())
    }
}
