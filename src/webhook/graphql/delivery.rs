use std::time::Duration;

use async_graphql::{Context, InputObject, Object, SimpleObject, Union};

use super::WebhookEventLog;
use crate::{
    Result,
    graphql::{IdInput, mutate, rejection::ForbiddenRejection},
    webhook::{
        Message, body,
        graphql::rejection::{
            TooManyWebhookProbesRejection, WebhookEventLogNotFoundRejection, WebhookEventPendingRejection,
            WebhookSubscriptionNotFoundRejection,
        },
        secrets,
        store::{
            self,
            change::{self, ReplayOutcome},
        },
    },
};

/// Maximum time to wait for the response to a probe: less than the time limit of a request.
const PROBE: Duration = Duration::from_secs(4);

/// Input of the `replayWebhookEvent` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct ReplayWebhookEventInput {
    /// Id of the log entry.
    webhook_event_log_id: IdInput,
}

/// Success result of the `replayWebhookEvent` mutation.
#[derive(SimpleObject)]
pub struct ReplayWebhookEventSuccessPayload {
    /// The log entry. Null if the token may not read it.
    webhook_event_log: Option<WebhookEventLog>,
}

/// Result of the `replayWebhookEvent` mutation.
#[derive(Union)]
pub enum ReplayWebhookEventPayload {
    Success(ReplayWebhookEventSuccessPayload),
    NotFound(WebhookEventLogNotFoundRejection),
    Pending(WebhookEventPendingRejection),
    Forbidden(ForbiddenRejection),
}

/// Input of the `probeWebhookEndpoint` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct ProbeWebhookEndpointInput {
    /// Id of the subscription.
    id: IdInput,
}

/// Success result of the `probeWebhookEndpoint` mutation.
#[derive(SimpleObject)]
pub struct ProbeWebhookEndpointSuccessPayload {
    /// HTTP status code of the response. Null if the endpoint did not respond.
    status_code: Option<i32>,
    /// Duration of the request, in milliseconds.
    milliseconds: i32,
    /// Reason why the endpoint did not respond: `address_not_allowed`, `not_connected`,
    /// `certificate_refused`, `timeout` or `no_answer`. Null if it responded.
    failure: Option<&'static str>,
}

/// Result of the `probeWebhookEndpoint` mutation.
#[derive(Union)]
pub enum ProbeWebhookEndpointPayload {
    Success(ProbeWebhookEndpointSuccessPayload),
    NotFound(WebhookSubscriptionNotFoundRejection),
    TooMany(TooManyWebhookProbesRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations that send requests to webhook endpoints.
#[derive(Default)]
pub struct WebhookDeliveryMutation;

#[Object]
impl WebhookDeliveryMutation {
    /// Sends an event to an endpoint again, under the same `webhook-id`. Null only if the mutation failed;
    /// see `errors`.
    async fn replay_webhook_event(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: ReplayWebhookEventInput,
    ) -> Result<Option<ReplayWebhookEventPayload>> {
        mutate(ctx, |request| async move {
            let id = input.webhook_event_log_id.uuid();
            let replayed = change::replay(&request.store, &request.caller, &request.clock, id).await?;
            Ok(replayed.into())
        })
        .await
        .map(Some)
    }

    /// Sends a `Webhook.Probe` to an endpoint immediately, whatever its status, and waits up to four seconds
    /// for the response. The probe is signed like a delivery and is not logged. Null only if the mutation
    /// failed; see `errors`.
    async fn probe_webhook_endpoint(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: ProbeWebhookEndpointInput,
    ) -> Result<Option<ProbeWebhookEndpointPayload>> {
        use ProbeWebhookEndpointPayload as Payload;

        mutate(ctx, |request| async move {
            let id = input.id.uuid();
            let Some(row) = store::by_ids(&request.store, &request.caller, &[id]).await?.pop() else {
                return Ok(Payload::NotFound(WebhookSubscriptionNotFoundRejection::new()));
            };
            // Receivers compare the timestamp of the signature with their own clocks, so the machine's clock is
        // used even in a Sandbox project.
            let (probe, now) = (request.clock.new_id(), request.machine_clock().now());
            let most = request.limits.webhook_probes;
            if let Err(seconds) = request.sender.probes.count(row.project_id, now, most) {
                let text = format!(
                    "a project may probe its endpoints {most} times a minute (`limits.webhook_probes`): try again in \
                     {seconds} s"
                );
                return Ok(Payload::TooMany(TooManyWebhookProbesRejection::because(text)));
            }
            let keys = request.vault.project(row.project_id).await?;
            let message = Message {
                endpoint: &row.endpoint,
                id: probe,
                at: now,
                body: body::probe(probe, request.clock.now(), row.project_id, row.id).to_string(),
                secrets: &secrets(&row, keys.common(), now)?,
            };
            let sent = request.sender.send(message, PROBE).await;
            Ok(Payload::Success(ProbeWebhookEndpointSuccessPayload {
                status_code: sent.outcome.ok().map(i32::from),
                milliseconds: sent.milliseconds,
                failure: sent.outcome.err().map(crate::webhook::Failure::name),
            }))
        })
        .await
        .map(Some)
    }
}

impl From<ReplayOutcome> for ReplayWebhookEventPayload {
    fn from(outcome: ReplayOutcome) -> Self {
        match outcome {
            ReplayOutcome::Done(row) => Self::Success(ReplayWebhookEventSuccessPayload {
                webhook_event_log: Some(WebhookEventLog(row)),
            }),
            ReplayOutcome::NotFound => Self::NotFound(WebhookEventLogNotFoundRejection::new()),
            ReplayOutcome::Pending => Self::Pending(WebhookEventPendingRejection::new()),
        }
    }
}
