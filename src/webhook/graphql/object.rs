use async_graphql::{Context, Enum, ID, Object};
use entity::{webhook_delivery as delivery, webhook_subscription as table};

use super::WebhookSubscriptionById;
use crate::{
    Result,
    graphql::{ConnectionNode, DateTime, loader::load},
};

/// What the body of a delivery says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "table::BodyKind")]
pub enum WebhookBodyKind {
    /// `{eventType, eventId, eventDate, projectId, resourceId, version}`, of any event; `version` where objects have one.
    Event,
    /// `{status, refId, userId}`, of events of verification sessions.
    Session,
    /// `{type, verificationId, traceId, correlationId, timestamp}`, of events of verification results.
    Result,
}

/// Whether events go out to an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(rename_items = "PascalCase")]
pub enum WebhookSubscriptionStatus {
    /// They do.
    Active,
    /// They do not, because somebody said so. What happens meanwhile is not told later.
    Disabled,
    /// They do not, because the endpoint failed for five days or answered 410. Make it `Active` to go on.
    Broken,
}

impl From<table::Status> for WebhookSubscriptionStatus {
    fn from(status: table::Status) -> Self {
        match status {
            table::Status::Active => Self::Active,
            table::Status::Broken => Self::Broken,
            // Nobody sees one that is removed.
            table::Status::Disabled | table::Status::Removed => Self::Disabled,
        }
    }
}

/// How far a delivery has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(rename_items = "PascalCase")]
pub enum WebhookEventLogStatus {
    /// It is on its way: not tried yet, or to be tried again.
    Pending,
    /// The endpoint answered with a status of success.
    Delivered,
    /// The last attempt failed. It can be replayed.
    Failed,
}

impl WebhookEventLogStatus {
    /// As rows have it.
    pub(crate) const fn stored(self) -> delivery::Status {
        match self {
            Self::Pending => delivery::Status::Pending,
            Self::Delivered => delivery::Status::Delivered,
            Self::Failed => delivery::Status::Failed,
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

/// An endpoint that is told what happens in the project.
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

/// An endpoint that is told what happens in the project. Its secret is shown once, when it is made, and never again.
#[Object]
impl WebhookSubscription {
    /// The id of the subscription.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// What its owner calls it.
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// Where deliveries are sent to, by POST.
    async fn endpoint(&self) -> &str {
        &self.0.endpoint
    }

    /// What the body of a delivery says.
    async fn body_kind(&self) -> WebhookBodyKind {
        self.0.body_kind.into()
    }

    /// The names of the events it is told of; `*` for all that its kind of body can tell.
    async fn event_types(&self) -> &[String] {
        &self.0.event_types.0
    }

    /// Whether events go out.
    async fn status(&self) -> WebhookSubscriptionStatus {
        self.0.status.into()
    }

    /// How many deliveries have failed since one succeeded. From five on they go out one at a time.
    async fn consecutive_failures(&self) -> i32 {
        self.0.consecutive_failures
    }

    /// Since when deliveries have only failed; `null` if the last one succeeded.
    async fn failing_since(&self) -> Option<DateTime> {
        self.0.failing_since.map(DateTime)
    }

    /// Until when deliveries are signed with the secret before as well; `null` if it was never replaced.
    async fn previous_secret_until(&self) -> Option<DateTime> {
        self.0.previous_secret_until.map(DateTime)
    }

    /// When it was added.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When somebody last changed it.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }
}

/// One event on its way to one endpoint.
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

/// One event on its way to one endpoint: what became of it. Those that arrived are forgotten after a month.
#[Object]
impl WebhookEventLog {
    /// The id of the entry.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The name of the event.
    async fn event_type(&self) -> &str {
        &self.0.event_type
    }

    /// The id of the event: the `webhook-id` of each attempt.
    async fn event_id(&self) -> ID {
        self.0.event_id.into()
    }

    /// The id of the object that the event happened to.
    async fn resource_id(&self) -> ID {
        self.0.resource_id.into()
    }

    /// How far it has come.
    async fn status(&self) -> WebhookEventLogStatus {
        self.0.status.into()
    }

    /// How often it was tried, since the last replay if there was one.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// When it is tried next, if nothing before it has to wait; `null` when it is over.
    async fn next_attempt_at(&self) -> Option<DateTime> {
        self.0.next_attempt_at.map(DateTime)
    }

    /// When it was last tried; `null` if it was not yet.
    async fn last_attempt_at(&self) -> Option<DateTime> {
        self.0.last_attempt_at.map(DateTime)
    }

    /// The status of HTTP that the last attempt was answered with; `null` if there was no answer.
    async fn last_status_code(&self) -> Option<i32> {
        self.0.last_status_code
    }

    /// How many milliseconds the last attempt took; `null` if there was none yet.
    async fn last_duration_milliseconds(&self) -> Option<i32> {
        self.0.last_duration
    }

    /// Why the last attempt had no answer: `address_not_allowed`, `not_connected`, `certificate_refused`, `timeout` or
    /// `no_answer`; `null` if it
    /// had one.
    async fn last_error(&self) -> Option<&str> {
        self.0.last_error.as_deref()
    }

    /// When the event happened.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Where it goes; `null` if the subscription was removed.
    async fn webhook_subscription(&self, ctx: &Context<'_>) -> Result<Option<WebhookSubscription>> {
        Ok(load(ctx, WebhookSubscriptionById(self.0.subscription_id)).await?.map(WebhookSubscription))
    }
}
