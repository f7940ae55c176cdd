use async_graphql::{Context, ID, InputObject, Object, SimpleObject, Union};
use entity::webhook_subscription::{BodyKind, Model, Status};

use super::{
    WebhookSubscription,
    input::{self, AddWebhookSubscriptionInput, SubscriptionInputError, UpdateWebhookSubscriptionInput},
};
use crate::{
    CheckError, Error, Result,
    graphql::{
        IdInput, Request, mutate, mutate_fresh,
        payload::idempotency_key,
        rejection::{ForbiddenRejection, FreshSignInNeededRejection, IdempotencyKeyReusedRejection},
    },
    idempotency, payload,
    webhook::{
        Secret,
        graphql::rejection::{
            InvalidWebhookEndpointRejection, InvalidWebhookSecretRejection,
            TooManyWebhookSubscriptionsRejection, UnknownEventTypeRejection,
            WebhookSubscriptionNotFoundRejection,
        },
        store::change::{self, AddOutcome, NewSubscription, SubscriptionChange, UpdateOutcome},
    },
};

/// Success result of the mutations that add or update a webhook subscription.
#[derive(SimpleObject)]
pub struct WebhookSubscriptionSuccessPayload {
    /// The subscription. Null if the token may not read it.
    webhook_subscription: Option<WebhookSubscription>,
    /// The secret, if the server generated it in this mutation. It cannot be read again.
    secret: Option<String>,
}

payload! {
    /// Result of the `addWebhookSubscription` mutation.
    AddWebhookSubscriptionPayload: WebhookSubscriptionSuccessPayload,
    InvalidEndpoint(InvalidWebhookEndpointRejection),
    InvalidSecret(InvalidWebhookSecretRejection),
    UnknownEventType(UnknownEventTypeRejection),
    TooMany(TooManyWebhookSubscriptionsRejection),
    KeyReused(IdempotencyKeyReusedRejection),
    FreshSignInNeeded(FreshSignInNeededRejection),
    Forbidden(ForbiddenRejection),
}

/// Result of the `updateWebhookSubscription` mutation.
#[derive(Union)]
pub enum UpdateWebhookSubscriptionPayload {
    Success(WebhookSubscriptionSuccessPayload),
    NotFound(WebhookSubscriptionNotFoundRejection),
    InvalidEndpoint(InvalidWebhookEndpointRejection),
    InvalidSecret(InvalidWebhookSecretRejection),
    UnknownEventType(UnknownEventTypeRejection),
    FreshSignInNeeded(FreshSignInNeededRejection),
    Forbidden(ForbiddenRejection),
}

/// Input of the `removeWebhookSubscription` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct RemoveWebhookSubscriptionInput {
    /// Id of the subscription.
    id: IdInput,
}

/// Success result of the `removeWebhookSubscription` mutation.
#[derive(SimpleObject)]
pub struct RemoveWebhookSubscriptionSuccessPayload {
    /// Id of the removed subscription.
    webhook_subscription_id: ID,
}

/// Result of the `removeWebhookSubscription` mutation.
#[derive(Union)]
pub enum RemoveWebhookSubscriptionPayload {
    Success(RemoveWebhookSubscriptionSuccessPayload),
    NotFound(WebhookSubscriptionNotFoundRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations of webhook subscriptions.
#[derive(Default)]
pub struct WebhookSubscriptionMutation;

#[Object]
impl WebhookSubscriptionMutation {
    /// Adds an endpoint that receives the project's events from now on. Deliveries are signed as Standard
    /// Webhooks specifies. Null only if the mutation failed; see `errors`.
    async fn add_webhook_subscription(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: AddWebhookSubscriptionInput,
    ) -> Result<Option<AddWebhookSubscriptionPayload>> {
        use AddWebhookSubscriptionPayload as Payload;

        mutate_fresh(ctx, |request| async move {
            let new = match new(request, input) {
                Ok(new) => new,
                Err(error) => return error.map(Payload::from).into_outcome(),
            };
            let attempt = || async {
                let added =
                    change::add(&request.store, &request.vault, &request.caller, &request.clock, &new).await?;
                Ok(match added {
                    AddOutcome::Done(row, secret) => Payload::Success(success(row, secret.as_ref())),
                    AddOutcome::TooMany => {
                        let most = request.limits.webhook_subscriptions;
                        let text = format!(
                            "a project has at most {most} webhook subscriptions (`limits.webhook_subscriptions`): remove \
                             one first"
                        );
                        Payload::TooMany(TooManyWebhookSubscriptionsRejection::because(text))
                    }
                    AddOutcome::KeyReused => Payload::KeyReused(IdempotencyKeyReusedRejection::new()),
                })
            };
            idempotency::run(request.op(), new.key.as_ref(), attempt).await
        })
        .await
        .map(Some)
    }

    /// Updates a webhook subscription: its label, endpoint, event types, status or secret. Null only if the
    /// mutation failed; see `errors`.
    async fn update_webhook_subscription(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: UpdateWebhookSubscriptionInput,
    ) -> Result<Option<UpdateWebhookSubscriptionPayload>> {
        use UpdateWebhookSubscriptionPayload as Payload;

        mutate_fresh(ctx, |request| async move {
            let id = input.id.uuid();
            let changes = match changes(request, &input) {
                Ok(changes) => changes,
                Err(error) => return error.map(Payload::from).into_outcome(),
            };
            // The allowed event types depend on the kind of body, which cannot be changed.
            let types = input.event_types.as_deref();
            let check = |row: &Model| {
                types.map_or(Ok(()), |types| input::event_types(types, row.body_kind).map(drop))
            };
            let generated = changes.secret.clone().filter(|_| input.secret.is_none());
            let parts = request.op();
            let updated = change::update(parts, id, &changes, check).await?;
            Ok(match updated {
                UpdateOutcome::Updated(row) => Payload::Success(success(row, generated.as_ref())),
                UpdateOutcome::NotFound => Payload::NotFound(WebhookSubscriptionNotFoundRejection::new()),
                UpdateOutcome::Invalid(error) => error.into(),
            })
        })
        .await
        .map(Some)
    }

    /// Removes a webhook subscription. Pending deliveries to its endpoint are discarded. Null only if the
    /// mutation failed; see `errors`.
    async fn remove_webhook_subscription(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: RemoveWebhookSubscriptionInput,
    ) -> Result<Option<RemoveWebhookSubscriptionPayload>> {
        use RemoveWebhookSubscriptionPayload as Payload;

        mutate(ctx, |request| async move {
            let id = input.id.uuid();
            let is_removed = change::remove(&request.store, &request.caller, &request.clock, id).await?;
            Ok(if is_removed {
                Payload::Success(RemoveWebhookSubscriptionSuccessPayload {
                    webhook_subscription_id: id.into(),
                })
            } else {
                Payload::NotFound(WebhookSubscriptionNotFoundRejection::new())
            })
        })
        .await
        .map(Some)
    }
}

impl From<SubscriptionInputError> for AddWebhookSubscriptionPayload {
    fn from(error: SubscriptionInputError) -> Self {
        match error {
            SubscriptionInputError::Endpoint(rejection) => Self::InvalidEndpoint(rejection),
            SubscriptionInputError::Secret(rejection) => Self::InvalidSecret(rejection),
            SubscriptionInputError::EventType(rejection) => Self::UnknownEventType(rejection),
        }
    }
}

impl From<SubscriptionInputError> for UpdateWebhookSubscriptionPayload {
    fn from(error: SubscriptionInputError) -> Self {
        match error {
            SubscriptionInputError::Endpoint(rejection) => Self::InvalidEndpoint(rejection),
            SubscriptionInputError::Secret(rejection) => Self::InvalidSecret(rejection),
            SubscriptionInputError::EventType(rejection) => Self::UnknownEventType(rejection),
        }
    }
}

fn success(row: Model, generated: Option<&Secret>) -> WebhookSubscriptionSuccessPayload {
    let secret = generated.map(Secret::expose);
    WebhookSubscriptionSuccessPayload { webhook_subscription: Some(WebhookSubscription(row)), secret }
}

fn new(
    request: &Request,
    input: AddWebhookSubscriptionInput,
) -> Result<NewSubscription, CheckError<SubscriptionInputError>> {
    let label = input::label(&input.label)?;
    let status = input.status.map_or(Ok(Status::Active), input::status)?;
    let body_kind = input.body_kind.map_or(BodyKind::Event, Into::into);
    let key_input = serde_json::json!([
        input.label,
        input.endpoint,
        input.secret,
        input.event_types.iter().map(|name| name.as_str()).collect::<Vec<_>>(),
        format!("{body_kind:?} {status:?}"),
    ]);
    let key = idempotency_key(request, input.idempotency_key, "addWebhookSubscription", &key_input)?;
    let checked = || {
        Ok(NewSubscription {
            label,
            endpoint: input::endpoint(request.sender.policy(), &input.endpoint)?,
            body_kind,
            event_types: input::event_types(&input.event_types, body_kind)?,
            status,
            secret: input.secret.as_deref().map(input::secret).transpose()?,
            most: request.limits.webhook_subscriptions,
            key,
        })
    };
    checked().map_err(CheckError::Rejected)
}

fn changes(
    request: &Request,
    input: &UpdateWebhookSubscriptionInput,
) -> Result<SubscriptionChange, CheckError<SubscriptionInputError>> {
    let label = input.label.as_deref().map(input::label).transpose()?;
    let status = input.status.map(input::status).transpose()?;
    let generated = match (&input.secret, input.rotate_secret) {
        (Some(_), Some(true)) => {
            return Err(Error::argument("rotateSecret", "set `secret` or `rotateSecret`, not both").into());
        }
        (None, Some(true)) => Some(Secret::random()?),
        (_, Some(false) | None) => None,
    };
    let checked = || {
        let given = input.secret.as_deref().map(input::secret).transpose()?;
        let endpoint = input.endpoint.as_deref();
        // Every kind of body except the thin one carries fewer types than `Event` does; the row's own kind is
        // checked when the row is locked.
        let types = input.event_types.as_deref().map(|types| input::event_types(types, BodyKind::Event));
        Ok(SubscriptionChange {
            label,
            endpoint: endpoint.map(|text| input::endpoint(request.sender.policy(), text)).transpose()?,
            event_types: types.transpose()?,
            status,
            secret: given.or(generated),
        })
    };
    checked().map_err(CheckError::Rejected)
}
