use async_graphql::{Enum, ID, Object};
use entity::webhook_subscription as table;

use crate::graphql::{ConnectionNode, DateTime};

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
