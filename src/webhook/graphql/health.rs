use async_graphql::{Context, Object, SimpleObject};
use entity::Timestamp;

use super::WebhookSubscription;
use crate::{
    Error, Result,
    graphql::{ContextExt, DateTime, int},
    webhook::store::health::{self, SubscriptionHealth},
};

const MOST_HOURS: i32 = 30 * 24;

/// How the deliveries to an endpoint went.
#[derive(SimpleObject)]
pub struct WebhookHealth {
    /// The subscription.
    subscription: WebhookSubscription,
    /// Number of deliveries created in the period that arrived.
    arrived: i32,
    /// Number of deliveries created in the period that failed.
    failed: i32,
    /// Number of deliveries that wait for their first attempt or a retry, whenever they were created.
    waiting: i32,
    /// Creation time of the oldest delivery that waits. Null if none does.
    oldest_waiting_at: Option<DateTime>,
    /// Time within which 95 of 100 last attempts of the period ended, in milliseconds. Null without an attempt.
    p95_milliseconds: Option<i32>,
}

impl WebhookHealth {
    fn of(health: SubscriptionHealth) -> Result<Self> {
        let SubscriptionHealth { subscription, counts, p95 } = health;
        Ok(Self {
            subscription: WebhookSubscription(subscription),
            arrived: int(counts.delivered)?,
            failed: int(counts.failed)?,
            waiting: int(counts.pending)?,
            oldest_waiting_at: counts.oldest_pending.map(DateTime),
            p95_milliseconds: p95,
        })
    }
}

/// Query field of the health of endpoints.
#[derive(Default)]
pub struct WebhookHealthQuery;

#[Object]
impl WebhookHealthQuery {
    /// How the deliveries to each endpoint of the project went, newest subscription first.
    async fn webhook_health(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 24, desc = "Length of the period until now, in hours, at most 720.")] hours: i32,
    ) -> Result<Option<Vec<WebhookHealth>>> {
        if !(1..=MOST_HOURS).contains(&hours) {
            return Err(Error::argument("hours", format!("must be between 1 and {MOST_HOURS}")));
        }
        let request = ctx.request()?;
        let since = Timestamp(request.clock.now().0 - i64::from(hours) * 60 * 60 * 1000);
        let rows = health::health(&request.store, &request.caller, since).await?;
        rows.into_iter().map(WebhookHealth::of).collect::<Result<_>>().map(Some)
    }
}
