use async_graphql::{Context, Object};

use super::{
    WebhookEventLog, WebhookEventLogById, WebhookEventLogFilters, WebhookSubscription,
    WebhookSubscriptionById, list,
};
use crate::{
    Result,
    event::Kind,
    graphql::{Connection, ContextExt, IdInput, PageArgs, loader::load},
};

/// Query fields of webhooks.
#[derive(Default)]
pub struct WebhookQuery;

#[Object]
impl WebhookQuery {
    /// A webhook subscription. Null if it does not exist or is not visible to the token.
    async fn webhook_subscription(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the object.")] id: IdInput,
    ) -> Result<Option<WebhookSubscription>> {
        Ok(load(ctx, WebhookSubscriptionById(id.uuid())).await?.map(WebhookSubscription))
    }

    /// The project's webhook subscriptions, newest first.
    async fn webhook_subscriptions(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            default = 50,
            desc = "Maximum number of items to return from the start of the list, at most 100."
        )]
        first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "Maximum number of items to return from the end of the list, at most 100.")]
        last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<WebhookSubscription>>> {
        list::subscriptions(&PageArgs::of(ctx, first, after, last, before), ctx.request()?).await.map(Some)
    }

    /// A delivery of one event to one endpoint. Null if it does not exist or is not visible to the token.
    async fn webhook_event_log(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the object.")] id: IdInput,
    ) -> Result<Option<WebhookEventLog>> {
        Ok(load(ctx, WebhookEventLogById(id.uuid())).await?.map(WebhookEventLog))
    }

    /// The project's deliveries, newest first.
    async fn webhook_event_logs(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            default = 50,
            desc = "Maximum number of items to return from the start of the list, at most 100."
        )]
        first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "Maximum number of items to return from the end of the list, at most 100.")]
        last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
        #[graphql(desc = "Filters to apply. Default: all items.")] filters: Option<WebhookEventLogFilters>,
    ) -> Result<Option<Connection<WebhookEventLog>>> {
        let page = PageArgs::of(ctx, first, after, last, before);
        list::event_logs(&page, filters, ctx.request()?).await.map(Some)
    }

    /// Names of the event types that an endpoint can subscribe to.
    async fn webhook_event_types(&self) -> Option<Vec<&'static str>> {
        let kinds = Kind::ALL.iter().copied().filter(|kind| kind.can_be_subscribed());
        Some(kinds.map(Kind::name).collect())
    }
}
