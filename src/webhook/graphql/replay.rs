use async_graphql::{Context, InputObject, Object, SimpleObject, Union};

use super::WebhookSubscription;
use crate::{
    Result,
    graphql::{DateTimeRange, IdInput, mutate, rejection::ForbiddenRejection},
    webhook::{
        graphql::rejection::WebhookSubscriptionNotFoundRejection,
        store::replay::{self, ReplayedDeliveries},
    },
};

/// Input of the `replayFailedWebhookEvents` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct ReplayFailedWebhookEventsInput {
    /// Id of the subscription.
    webhook_subscription_id: IdInput,
    /// Only deliveries that were created in this time range. Default: all.
    created_at: Option<DateTimeRange>,
}

/// Success result of the `replayFailedWebhookEvents` mutation.
#[derive(SimpleObject)]
pub struct ReplayFailedWebhookEventsSuccessPayload {
    /// The subscription. Null if the token may not read it.
    webhook_subscription: Option<WebhookSubscription>,
    /// Number of deliveries that are sent again.
    replayed: u64,
    /// Number of failed deliveries that match and are left. Call the mutation again for these.
    remaining: u64,
}

/// Result of the `replayFailedWebhookEvents` mutation.
#[derive(Union)]
pub enum ReplayFailedWebhookEventsPayload {
    Success(ReplayFailedWebhookEventsSuccessPayload),
    NotFound(WebhookSubscriptionNotFoundRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutation that sends many deliveries again.
#[derive(Default)]
pub struct WebhookReplayMutation;

#[Object]
impl WebhookReplayMutation {
    /// Sends the failed deliveries to an endpoint again, at most 1,000, those of the oldest events first, each under
    /// the same `webhook-id`. Null only if the mutation failed; see `errors`.
    async fn replay_failed_webhook_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: ReplayFailedWebhookEventsInput,
    ) -> Result<Option<ReplayFailedWebhookEventsPayload>> {
        use ReplayFailedWebhookEventsPayload as Payload;

        mutate(ctx, |request| async move {
            let (id, range) = (input.webhook_subscription_id.uuid(), input.created_at.map(Into::into));
            let found =
                replay::replay_failed(&request.store, &request.caller, &request.clock, id, range).await?;
            let Some(ReplayedDeliveries { subscription, replayed, remaining }) = found else {
                return Ok(Payload::NotFound(WebhookSubscriptionNotFoundRejection::new()));
            };
            let webhook_subscription = Some(WebhookSubscription(subscription));
            Ok(Payload::Success(ReplayFailedWebhookEventsSuccessPayload {
                webhook_subscription,
                replayed,
                remaining,
            }))
        })
        .await
        .map(Some)
    }
}
