use async_graphql::{Context, Enum, ID, Object};
use entity::{webhook_delivery as delivery, webhook_subscription as table};

use super::WebhookSubscriptionById;
use crate::{
    Result,
    graphql::{ConnectionNode, DateTime, loader::load},
};

/// Content of the body of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "table::BodyKind")]
pub enum WebhookBodyKind {
    /// `{eventType, eventId, eventDate, projectId, resourceId, version}`, for every event type. `version` is
    /// present if the object has a version.
    Event,
    /// `{status, refId, userId}`, for events of verification sessions.
    Session,
    /// `{type, verificationId, traceId, correlationId, timestamp}`, for events of verification results.
    Result,
}

/// Status of a webhook subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(rename_items = "PascalCase")]
pub enum WebhookSubscriptionStatus {
    /// Events are sent.
    Active,
    /// Events are not sent, because a client disabled the subscription. Events that occur meanwhile are not
    /// sent later.
    Disabled,
    /// Events are not sent, because the endpoint failed for five days or responded with 410. Set the status
    /// to `Active` to resume.
    Broken,
}

impl From<table::Status> for WebhookSubscriptionStatus {
    fn from(status: table::Status) -> Self {
        match status {
            table::Status::Active => Self::Active,
            table::Status::Broken => Self::Broken,
            // A removed subscription is never returned to clients.
            table::Status::Disabled | table::Status::Removed => Self::Disabled,
        }
    }
}

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

/// A webhook subscription: an endpoint that receives the project's events.
pub struct WebhookSubscription(pub table::Model);

impl ConnectionNode for WebhookSubscription {
    type Row = table::Model;

    const SYNC_FIELDS: &'static [&'static str] = &[
        "id",
        "label",
        "endpoint",
        "bodyKind",
        "eventTypes",
        "status",
        "consecutiveFailures",
        "failingSince",
        "previousSecretUntil",
        "createdAt",
        "updatedAt",
    ];

    fn of(row: table::Model) -> Self {
        Self(row)
    }

    fn row(&self) -> &table::Model {
        &self.0
    }
}

/// A webhook subscription: an endpoint that receives the project's events. Its secret is returned only once,
/// when it is created.
#[Object]
impl WebhookSubscription {
    /// Id of the subscription.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Label that the client chose.
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// URL that deliveries are sent to, by POST.
    async fn endpoint(&self) -> &str {
        &self.0.endpoint
    }

    /// Content of the body of deliveries.
    async fn body_kind(&self) -> WebhookBodyKind {
        self.0.body_kind.into()
    }

    /// Names of the event types that the endpoint receives. `*` stands for every type that the kind of body
    /// can carry.
    async fn event_types(&self) -> &[String] {
        &self.0.event_types.0
    }

    /// Status of the subscription.
    async fn status(&self) -> WebhookSubscriptionStatus {
        self.0.status.into()
    }

    /// Number of failed deliveries since the last success. From five on, deliveries are sent one at a time.
    async fn consecutive_failures(&self) -> i32 {
        self.0.consecutive_failures
    }

    /// Time since which every delivery has failed. Null if the last one succeeded.
    async fn failing_since(&self) -> Option<DateTime> {
        self.0.failing_since.map(DateTime)
    }

    /// Time until which deliveries are also signed with the previous secret. Null if the secret was never
    /// replaced.
    async fn previous_secret_until(&self) -> Option<DateTime> {
        self.0.previous_secret_until.map(DateTime)
    }

    /// Time of creation.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Time of the last update by a client.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
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

    /// The subscription of the delivery. Null if the subscription was removed.
    async fn webhook_subscription(&self, ctx: &Context<'_>) -> Result<Option<WebhookSubscription>> {
        Ok(load(ctx, WebhookSubscriptionById(self.0.subscription_id)).await?.map(WebhookSubscription))
    }
}
