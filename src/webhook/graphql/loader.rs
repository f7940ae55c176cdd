use std::collections::HashMap;

use entity::{webhook_delivery, webhook_subscription};
use uuid::Uuid;

use crate::{
    Result,
    auth::Caller,
    db::Store,
    graphql::loader::Batched,
    webhook::store::{
        self,
        bodies::{self, DeliveryContent},
    },
};

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

/// Loader key: the content of a delivery that the caller has read, by its event and its subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContentOf {
    pub event: Uuid,
    pub subscription: Uuid,
}

impl Batched for ContentOf {
    type Value = DeliveryContent;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, Self::Value>> {
        let deliveries: Vec<_> = keys.iter().map(|key| (key.event, key.subscription)).collect();
        let found = bodies::contents(store, caller, &deliveries).await?;
        let keyed = |((event, subscription), content)| (Self { event, subscription }, content);
        Ok(found.into_iter().map(keyed).collect())
    }
}
