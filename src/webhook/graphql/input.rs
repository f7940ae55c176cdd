//! Validation of the inputs of webhook subscriptions.

use async_graphql::{ID, InputObject};
use entity::webhook_subscription::{BodyKind, Status};

use super::{WebhookBodyKind, WebhookSubscriptionStatus};
use crate::{
    Error, Result,
    event::{Kind, store::EVERYTHING},
    graphql::IdInput,
    webhook::{
        EgressPolicy, Secret,
        graphql::rejection::{
            InvalidWebhookEndpointRejection, InvalidWebhookSecretRejection, UnknownEventTypeRejection,
        },
    },
};

/// Maximum length of a label, in characters.
const LABEL: usize = 255;

/// Input of the `addWebhookSubscription` mutation.
#[derive(Clone, InputObject)]
pub struct AddWebhookSubscriptionInput {
    /// Label of the subscription: 1 to 255 characters.
    pub label: String,
    /// URL that deliveries are sent to: an `https://` address of the public internet.
    pub endpoint: String,
    /// Secret that deliveries are signed with: `whsec_` and the base64 of 24 to 64 bytes. Default: the server
    /// generates a secret and returns it once.
    pub secret: Option<String>,
    /// Names of the event types to send, at least one. `*` selects every type that the kind of body can
    /// carry.
    pub event_types: Vec<ID>,
    /// Content of the body of deliveries. Default: `EVENT`.
    pub body_kind: Option<WebhookBodyKind>,
    /// Status of the subscription, `Active` or `Disabled`. Default: `Active`.
    pub status: Option<WebhookSubscriptionStatus>,
    /// Idempotency key, 1 to 255 characters of A-Z, a-z, 0-9, _ and -. A repeated request with the same key
    /// and input returns the first result for 24 hours.
    pub idempotency_key: Option<String>,
}

/// Input of the `updateWebhookSubscription` mutation. Fields that are omitted keep their values.
#[derive(Clone, InputObject)]
pub struct UpdateWebhookSubscriptionInput {
    /// Id of the subscription.
    pub id: IdInput,
    /// New label of the subscription: 1 to 255 characters.
    pub label: Option<String>,
    /// New URL that deliveries are sent to.
    pub endpoint: Option<String>,
    /// New names of the event types to send.
    pub event_types: Option<Vec<ID>>,
    /// New status, `Active` or `Disabled`. `Active` repairs a broken subscription: pending deliveries are
    /// sent.
    pub status: Option<WebhookSubscriptionStatus>,
    /// New secret. For one day, deliveries are also signed with the previous secret.
    pub secret: Option<String>,
    /// Whether the server generates a new secret and returns it once. Cannot be combined with `secret`.
    pub rotate_secret: Option<bool>,
}

/// Error of a subscription's input.
pub enum SubscriptionInputError {
    Endpoint(InvalidWebhookEndpointRejection),
    Secret(InvalidWebhookSecretRejection),
    EventType(UnknownEventTypeRejection),
}

/// Validates a label and trims the space around it.
pub fn label(text: &str) -> Result<String> {
    let text = text.trim();
    // PostgreSQL rejects texts that contain NUL.
    if text.is_empty() || text.chars().count() > LABEL || text.contains('\0') {
        let reason = format!("must have 1 to {LABEL} characters, not only spaces, and no NUL");
        return Err(Error::argument("label", reason));
    }
    Ok(text.to_owned())
}

/// Validates the URL of an endpoint against the egress policy.
pub fn endpoint(policy: EgressPolicy, text: &str) -> Result<String, SubscriptionInputError> {
    let refused = |reason| SubscriptionInputError::Endpoint(InvalidWebhookEndpointRejection::because(reason));
    policy.parse(text).map(String::from).map_err(|error| refused(error.text()))
}

/// Validates a secret that the client chose.
pub fn secret(text: &str) -> Result<Secret, SubscriptionInputError> {
    Secret::parse(text).ok_or_else(|| SubscriptionInputError::Secret(InvalidWebhookSecretRejection::new()))
}

/// Validates a status that a client may set.
pub fn status(status: WebhookSubscriptionStatus) -> Result<Status> {
    match status {
        WebhookSubscriptionStatus::Active => Ok(Status::Active),
        WebhookSubscriptionStatus::Disabled => Ok(Status::Disabled),
        WebhookSubscriptionStatus::Broken => {
            Err(Error::argument("status", "only the server sets `Broken`: set `Active` or `Disabled`"))
        }
    }
}

/// Validates names of event types against the kind of body. Returns each name once, in order.
pub fn event_types(names: &[ID], body: BodyKind) -> Result<Vec<String>, SubscriptionInputError> {
    let refused = |text: String| SubscriptionInputError::EventType(UnknownEventTypeRejection::because(text));
    if names.is_empty() {
        return Err(refused("set at least one event type, or `*` for all".to_owned()));
    }
    if names.iter().any(|name| name.as_str() == EVERYTHING) {
        return Ok(vec![EVERYTHING.to_owned()]);
    }
    for name in names {
        match Kind::named(name).filter(|kind| kind.can_be_subscribed()) {
            None => return Err(refused(format!("unknown event type `{}`", name.as_str()))),
            Some(kind) if !kind.bodies().contains(&body) => {
                return Err(refused(format!("a body of this kind cannot carry `{kind}`")));
            }
            Some(_) => {}
        }
    }
    let wanted = |kind: &Kind| names.iter().any(|name| name.as_str() == kind.name());
    Ok(Kind::ALL.iter().copied().filter(wanted).map(|kind| kind.name().to_owned()).collect())
}
