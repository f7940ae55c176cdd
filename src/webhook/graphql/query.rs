use async_graphql::{Context, ID, Object};
use uuid::Uuid;

use super::{
    WebhookEventLog, WebhookEventLogById, WebhookEventLogFilters, WebhookSubscription,
    WebhookSubscriptionById, list,
};
use crate::{
    Result,
    event::Kind,
    graphql::{Connection, ContextExt, PageArgs, loader::load},
};

/// Root fields of webhooks.
#[derive(Default)]
pub struct WebhookQuery;

#[Object]
impl WebhookQuery {
    /// An endpoint that is told what happens. `null` if there is none of that id that you may see.
    async fn webhook_subscription(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the subscription.")] id: ID,
    ) -> Result<Option<WebhookSubscription>> {
        let Ok(id) = Uuid::try_parse(&id) else { return Ok(None) };
        Ok(load(ctx, WebhookSubscriptionById(id)).await?.map(WebhookSubscription))
    }

    /// The endpoints that are told what happens in the project, the latest first.
    async fn webhook_subscriptions(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            default = 50,
            desc = "How many subscriptions to take from the front of the list; at most 100."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only subscriptions after the one with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many subscriptions to take from the back of the list; at most 100.")]
        last: Option<i32>,
        #[graphql(desc = "Only subscriptions before the one with this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<WebhookSubscription>>> {
        list::subscriptions(&PageArgs::of(ctx, first, after, last, before), ctx.request()?).await.map(Some)
    }

    /// One event on its way to one endpoint. `null` if there is none of that id that you may see.
    async fn webhook_event_log(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the entry.")] id: ID,
    ) -> Result<Option<WebhookEventLog>> {
        let Ok(id) = Uuid::try_parse(&id) else { return Ok(None) };
        Ok(load(ctx, WebhookEventLogById(id)).await?.map(WebhookEventLog))
    }

    /// What became of the events of the project on their way to its endpoints, the latest first.
    async fn webhook_event_logs(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 50, desc = "How many entries to take from the front of the list; at most 100.")]
        first: Option<i32>,
        #[graphql(desc = "Only entries after the one with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many entries to take from the back of the list; at most 100.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Only entries before the one with this cursor.")] before: Option<String>,
        #[graphql(desc = "Which entries to list. Left out: all.")] filters: Option<WebhookEventLogFilters>,
    ) -> Result<Option<Connection<WebhookEventLog>>> {
        let page = PageArgs::of(ctx, first, after, last, before);
        list::event_logs(&page, filters, ctx.request()?).await.map(Some)
    }

    /// The names of the events that an endpoint can be told of.
    async fn webhook_event_types(&self) -> Option<Vec<&'static str>> {
        let kinds = Kind::ALL.into_iter().filter(|kind| kind.can_be_subscribed());
        Some(kinds.map(Kind::name).collect())
    }
}
