//! Who may read which fields of this concept.

use crate::auth::{
    Permission::{WebhooksManage, WebhooksView},
    policy::rule::{
        DataClass::Plain,
        Requirement::{FreshOrRejected, One, OrRejected, Token},
        Row,
    },
};

/// The fields.
pub const FIELDS: &[Row] = &[
    (
        "Query",
        One(WebhooksView),
        Plain,
        &["webhookSubscription", "webhookSubscriptions", "webhookEventTypes"],
    ),
    ("Query", One(WebhooksView), Plain, &["webhookEventLog", "webhookEventLogs", "webhookHealth"]),
    ("WebhookHealth", One(WebhooksView), Plain, &["subscription", "arrived", "failed", "waiting"]),
    ("WebhookHealth", One(WebhooksView), Plain, &["oldestWaitingAt", "p95Milliseconds"]),
    ("Mutation", FreshOrRejected(WebhooksManage), Plain, &["addWebhookSubscription"]),
    ("Mutation", FreshOrRejected(WebhooksManage), Plain, &["updateWebhookSubscription"]),
    ("Mutation", OrRejected(WebhooksManage), Plain, &["removeWebhookSubscription"]),
    ("Mutation", OrRejected(WebhooksManage), Plain, &["replayWebhookEvent", "probeWebhookEndpoint"]),
    ("Mutation", OrRejected(WebhooksManage), Plain, &["replayFailedWebhookEvents"]),
    ("ReplayFailedWebhookEventsSuccessPayload", One(WebhooksView), Plain, &["webhookSubscription"]),
    ("ReplayFailedWebhookEventsSuccessPayload", Token, Plain, &["replayed", "remaining"]),
    ("WebhookSubscriptionConnection", One(WebhooksView), Plain, &["edges", "pageInfo", "totalCount"]),
    ("WebhookSubscriptionEdge", One(WebhooksView), Plain, &["node", "cursor"]),
    ("WebhookSubscription", One(WebhooksView), Plain, &["id", "label", "endpoint", "bodyKind", "eventTypes"]),
    ("WebhookSubscription", One(WebhooksView), Plain, &["status", "consecutiveFailures", "failingSince"]),
    ("WebhookSubscription", One(WebhooksView), Plain, &["previousSecretUntil", "createdAt", "updatedAt"]),
    ("WebhookEventLogConnection", One(WebhooksView), Plain, &["edges", "pageInfo", "totalCount"]),
    ("WebhookEventLogEdge", One(WebhooksView), Plain, &["node", "cursor"]),
    ("WebhookEventLog", One(WebhooksView), Plain, &["id", "eventType", "eventId", "resourceId", "status"]),
    (
        "WebhookEventLog",
        One(WebhooksView),
        Plain,
        &["attempts", "nextAttemptAt", "lastAttemptAt", "createdAt"],
    ),
    (
        "WebhookEventLog",
        One(WebhooksView),
        Plain,
        &["lastStatusCode", "lastDurationMilliseconds", "lastError"],
    ),
    // The values of some bodies need another permission too: see `body::permission`.
    ("WebhookEventLog", One(WebhooksView), Plain, &["webhookSubscription", "attemptLog", "body"]),
    ("DeliveryAttempt", One(WebhooksView), Plain, &["at", "statusCode", "durationMilliseconds", "error"]),
    ("WebhookSubscriptionSuccessPayload", One(WebhooksView), Plain, &["webhookSubscription"]),
    // A caller that may create the subscription must be able to read its secret.
    ("WebhookSubscriptionSuccessPayload", Token, Plain, &["secret"]),
    ("RemoveWebhookSubscriptionSuccessPayload", Token, Plain, &["webhookSubscriptionId"]),
    ("ReplayWebhookEventSuccessPayload", One(WebhooksView), Plain, &["webhookEventLog"]),
    ("ProbeWebhookEndpointSuccessPayload", Token, Plain, &["statusCode", "milliseconds", "failure"]),
];
