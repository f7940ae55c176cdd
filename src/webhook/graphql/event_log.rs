use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::{
    Timestamp,
    webhook_delivery::{self as delivery, Attempt},
};

use super::{WebhookSubscription, WebhookSubscriptionById, loader::ContentOf};
use crate::{
    Result,
    graphql::{ConnectionNode, ContextExt, DateTime, loader::load},
    webhook::body,
};

/// Status of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(rename_items = "PascalCase")]
pub enum WebhookEventLogStatus {
    /// The first attempt or a retry is pending.
    Pending,
    /// The endpoint responded with a success status.
    Delivered,
    /// The last attempt failed. The delivery can be replayed.
    Failed,
}

impl From<WebhookEventLogStatus> for delivery::Status {
    fn from(status: WebhookEventLogStatus) -> Self {
        match status {
            WebhookEventLogStatus::Pending => Self::Pending,
            WebhookEventLogStatus::Delivered => Self::Delivered,
            WebhookEventLogStatus::Failed => Self::Failed,
        }
    }
}

impl From<delivery::Status> for WebhookEventLogStatus {
    fn from(status: delivery::Status) -> Self {
        match status {
            delivery::Status::Pending => Self::Pending,
            delivery::Status::Delivered => Self::Delivered,
            delivery::Status::Failed => Self::Failed,
        }
    }
}

/// An attempt to deliver an event to an endpoint.
#[derive(Clone, Debug, SimpleObject)]
pub struct DeliveryAttempt {
    /// Time of the attempt.
    at: DateTime,
    /// HTTP status code of the response. Null if the endpoint did not respond.
    status_code: Option<i32>,
    /// Duration of the attempt, in milliseconds.
    duration_milliseconds: i32,
    /// Reason why the endpoint did not respond: `address_not_allowed`, `not_connected`, `certificate_refused`,
    /// `timeout` or `no_answer`. Null if it responded.
    error: Option<String>,
}

impl DeliveryAttempt {
    fn of(attempt: &Attempt) -> Self {
        Self {
            at: DateTime(Timestamp(attempt.at)),
            status_code: attempt.status_code,
            duration_milliseconds: attempt.duration,
            error: attempt.error.clone(),
        }
    }
}

/// A delivery of one event to one endpoint.
pub struct WebhookEventLog(pub delivery::Model);

impl ConnectionNode for WebhookEventLog {
    type Row = delivery::Model;

    const SYNC_FIELDS: &'static [&'static str] = &[
        "id",
        "eventType",
        "eventId",
        "resourceId",
        "status",
        "attempts",
        "nextAttemptAt",
        "lastAttemptAt",
        "lastStatusCode",
        "lastDurationMilliseconds",
        "lastError",
        "createdAt",
    ];

    fn of(row: delivery::Model) -> Self {
        Self(row)
    }

    fn row(&self) -> &delivery::Model {
        &self.0
    }
}

/// A delivery of one event to one endpoint. Successful deliveries are deleted after a month.
#[Object]
impl WebhookEventLog {
    /// Id of the entry.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Name of the event type.
    async fn event_type(&self) -> &str {
        &self.0.event_type
    }

    /// Id of the event: the `webhook-id` of each attempt.
    async fn event_id(&self) -> ID {
        self.0.event_id.into()
    }

    /// Id of the object that the event is about.
    async fn resource_id(&self) -> ID {
        self.0.resource_id.into()
    }

    /// Status of the delivery.
    async fn status(&self) -> WebhookEventLogStatus {
        self.0.status.into()
    }

    /// Number of attempts, since the last replay if the delivery was replayed.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// Time of the next attempt, unless an earlier delivery has to wait. Null if no further attempt will be
    /// made.
    async fn next_attempt_at(&self) -> Option<DateTime> {
        self.0.next_attempt_at.map(DateTime)
    }

    /// Time of the last attempt. Null if no attempt was made yet.
    async fn last_attempt_at(&self) -> Option<DateTime> {
        self.0.last_attempt_at.map(DateTime)
    }

    /// HTTP status code of the response to the last attempt. Null if the endpoint did not respond.
    async fn last_status_code(&self) -> Option<i32> {
        self.0.last_status_code
    }

    /// Duration of the last attempt, in milliseconds. Null if no attempt was made yet.
    async fn last_duration_milliseconds(&self) -> Option<i32> {
        self.0.last_duration
    }

    /// Reason why the endpoint did not respond to the last attempt: `address_not_allowed`, `not_connected`,
    /// `certificate_refused`, `timeout` or `no_answer`. Null if it responded.
    async fn last_error(&self) -> Option<&str> {
        self.0.last_error.as_deref()
    }

    /// Time of the event.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Body of the delivery, as each attempt sends it. Null if its values need a permission that the token lacks:
    /// `SESSIONS:VIEW` for `bodyKind: SESSION`, `RESULTS:VIEW` for `bodyKind: RESULT`. The erasure of a user
    /// sets its values to null.
    async fn body(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let key = ContentOf { event: self.0.event_id, subscription: self.0.subscription_id };
        let Some(content) = load(ctx, key).await? else { return Ok(None) };
        let may_read = ctx.caller()?.holds(body::permission(content.kind));
        Ok(may_read.then(|| body::body(content.kind, &content.event).to_string()))
    }

    /// The last ten attempts, the newest first, including those before a replay. Null if the last attempt was
    /// made by a version of the server that did not store them.
    async fn attempt_log(&self) -> Option<Vec<DeliveryAttempt>> {
        match &self.0.attempt_log {
            Some(log) => Some(log.0.iter().rev().map(DeliveryAttempt::of).collect()),
            None => self.0.last_attempt_at.is_none().then(Vec::new),
        }
    }

    /// The subscription of the delivery. Null if the subscription was removed.
    async fn webhook_subscription(&self, ctx: &Context<'_>) -> Result<Option<WebhookSubscription>> {
        Ok(load(ctx, WebhookSubscriptionById(self.0.subscription_id)).await?.map(WebhookSubscription))
    }
}
