//! What clients say about subscriptions, checked.

use async_graphql::{ID, InputObject};
use entity::webhook_subscription::{BodyKind, Status};

use super::{WebhookBodyKind, WebhookSubscriptionStatus};
use crate::webhook::{EgressPolicy, Secret};
use crate::{
    Error, Result,
    event::{Kind, store::EVERYTHING},
    graphql::rejection::{
        InvalidWebhookEndpointRejection, InvalidWebhookSecretRejection, UnknownEventTypeRejection,
    },
};

/// The longest label, in characters.
const LABEL: usize = 255;

/// An endpoint to be told what happens.
#[derive(Clone, Debug, InputObject)]
pub struct AddWebhookSubscriptionInput {
    /// What you call it: 1 to 255 characters.
    pub label: String,
    /// Where deliveries are sent to: an `https://` address of the public internet.
    pub endpoint: String,
    /// What deliveries are signed with: `whsec_` and the base64 of 24 to 64 bytes. Left out: the server makes one and
    /// shows it once.
    pub secret: Option<String>,
    /// The names of the events to tell, at least one; `*` for all that the kind of body can tell.
    pub event_types: Vec<ID>,
    /// What the body of a delivery says. Left out: `EVENT`.
    pub body_kind: Option<WebhookBodyKind>,
    /// Whether events go out, `Active` or `Disabled`. Left out: they do.
    pub status: Option<WebhookSubscriptionStatus>,
    /// Idempotency key, 1 to 255 characters of A-Z, a-z, 0-9, _ and -. A repeated request with the same key
    /// and input returns the first result for 24 hours.
    pub idempotency_key: Option<String>,
}

/// What is to change about an endpoint. What is left out stays.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateWebhookSubscriptionInput {
    /// The id of the subscription.
    pub id: ID,
    /// What you call it: 1 to 255 characters.
    pub label: Option<String>,
    /// Where deliveries are sent to from now on.
    pub endpoint: Option<String>,
    /// The names of the events to tell from now on.
    pub event_types: Option<Vec<ID>>,
    /// Whether events go out, `Active` or `Disabled`. `Active` heals a broken endpoint: what was pending goes out.
    pub status: Option<WebhookSubscriptionStatus>,
    /// A new secret. For a day deliveries are signed with the one before as well.
    pub secret: Option<String>,
    /// Whether the server makes a new secret and shows it once. Not together with `secret`.
    pub rotate_secret: Option<bool>,
}

/// What is wrong with what a client says.
pub enum SubscriptionInputError {
    Endpoint(InvalidWebhookEndpointRejection),
    Secret(InvalidWebhookSecretRejection),
    EventType(UnknownEventTypeRejection),
}

/// A label without the space around it.
pub fn label(text: &str) -> Result<String> {
    let text = text.trim();
    // PostgreSQL refuses a text with a NUL in it.
    if text.is_empty() || text.chars().count() > LABEL || text.contains('\0') {
        let reason = format!("write 1 to {LABEL} characters, not only spaces and none of them NUL");
        return Err(Error::argument("label", reason));
    }
    Ok(text.to_owned())
}

/// An endpoint that deliveries may go to.
pub fn endpoint(policy: EgressPolicy, text: &str) -> Result<String, SubscriptionInputError> {
    let refused = |reason| SubscriptionInputError::Endpoint(InvalidWebhookEndpointRejection::because(reason));
    policy.parse(text).map(String::from).map_err(|error| refused(error.text()))
}

/// A secret that somebody chose.
pub fn secret(text: &str) -> Result<Secret, SubscriptionInputError> {
    Secret::parse(text).ok_or_else(|| SubscriptionInputError::Secret(InvalidWebhookSecretRejection::new()))
}

/// A status that somebody may set.
pub fn status(status: WebhookSubscriptionStatus) -> Result<Status> {
    match status {
        WebhookSubscriptionStatus::Active => Ok(Status::Active),
        WebhookSubscriptionStatus::Disabled => Ok(Status::Disabled),
        WebhookSubscriptionStatus::Broken => {
            Err(Error::argument("status", "only the server finds an endpoint Broken: set Active or Disabled"))
        }
    }
}

/// The names of events that a body can tell, each once and in order.
pub fn event_types(names: &[ID], body: BodyKind) -> Result<Vec<String>, SubscriptionInputError> {
    let refused = |text: String| SubscriptionInputError::EventType(UnknownEventTypeRejection::because(text));
    if names.is_empty() {
        return Err(refused("give at least one event type, or `*` for all".to_owned()));
    }
    if names.iter().any(|name| name.as_str() == EVERYTHING) {
        return Ok(vec![EVERYTHING.to_owned()]);
    }
    for name in names {
        match Kind::named(name).filter(|kind| kind.can_be_subscribed()) {
            None => return Err(refused(format!("there is no event type `{}`", name.as_str()))),
            Some(kind) if !kind.bodies().contains(&body) => {
                return Err(refused(format!("this kind of body cannot tell `{kind}`")));
            }
            Some(_) => {}
        }
    }
    let wanted = |kind: &Kind| names.iter().any(|name| name.as_str() == kind.name());
    Ok(Kind::ALL.into_iter().filter(wanted).map(|kind| kind.name().to_owned()).collect())
}
