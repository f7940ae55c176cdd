crate::rejections! {
    /// The webhook subscription does not exist in the project.
    WebhookSubscriptionNotFoundRejection: "the webhook subscription does not exist"
    /// Deliveries to the URL of the endpoint are not allowed.
    InvalidWebhookEndpointRejection: "deliveries to this endpoint are not allowed"
    /// The project has the maximum number of webhook subscriptions.
    TooManyWebhookSubscriptionsRejection: "the project has the maximum number of webhook subscriptions"
    /// The project reached the maximum number of endpoint probes per minute.
    TooManyWebhookProbesRejection: "the project reached the maximum number of endpoint probes per minute"
    /// The secret does not have the format of Standard Webhooks.
    InvalidWebhookSecretRejection: "write a secret as `whsec_` and the base64 of 24 to 64 bytes, or omit it"
    /// The event type does not exist, or the kind of body cannot carry it.
    UnknownEventTypeRejection: "unknown event type"
    /// The log entry does not exist, or its subscription was removed.
    WebhookEventLogNotFoundRejection: "the log entry does not exist"
    /// The delivery is still pending, so it cannot be replayed.
    WebhookEventPendingRejection: "the delivery of this event to this endpoint is still pending"
}
