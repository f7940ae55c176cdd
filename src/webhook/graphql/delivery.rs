use std::time::Duration;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject, Union};
use uuid::Uuid;

use super::WebhookEventLog;
use crate::webhook::{
    Message, body, secrets,
    store::{
        self,
        change::{self, ReplayOutcome},
    },
};
use crate::{
    Result,
    auth::policy,
    graphql::{
        ContextExt,
        rejection::{
            ForbiddenRejection, TooManyWebhookProbesRejection, WebhookEventLogNotFoundRejection,
            WebhookEventPendingRejection, WebhookSubscriptionNotFoundRejection,
        },
    },
};

/// How long somebody waits for a probe: less than a request may take.
const PROBE: Duration = Duration::from_secs(4);

/// What is to be delivered once more.
#[derive(Clone, Debug, InputObject)]
pub struct ReplayWebhookEventInput {
    /// The id of the entry of the log.
    webhook_event_log_id: ID,
}

/// It is on its way once more.
#[derive(SimpleObject)]
pub struct ReplayWebhookEventSuccessPayload {
    /// The entry of the log; `null` if the token may not read it.
    webhook_event_log: Option<WebhookEventLog>,
}

/// How asking for a delivery once more ended.
#[derive(Union)]
pub enum ReplayWebhookEventPayload {
    Success(ReplayWebhookEventSuccessPayload),
    NotFound(WebhookEventLogNotFoundRejection),
    Pending(WebhookEventPendingRejection),
    Forbidden(ForbiddenRejection),
}

/// Which endpoint is to be probed.
#[derive(Clone, Debug, InputObject)]
pub struct ProbeWebhookEndpointInput {
    /// The id of the subscription.
    id: ID,
}

/// The probe was sent.
#[derive(SimpleObject)]
pub struct ProbeWebhookEndpointSuccessPayload {
    /// The status of HTTP that the endpoint answered with; `null` if it did not answer.
    status_code: Option<i32>,
    /// How many milliseconds it took.
    milliseconds: i32,
    /// Why there was no answer: `address_not_allowed`, `not_connected`, `certificate_refused`, `timeout` or `no_answer`;
    /// `null` if there was.
    failure: Option<&'static str>,
}

/// How probing an endpoint ended.
#[derive(Union)]
pub enum ProbeWebhookEndpointPayload {
    Success(ProbeWebhookEndpointSuccessPayload),
    NotFound(WebhookSubscriptionNotFoundRejection),
    TooMany(TooManyWebhookProbesRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations that have something delivered.
#[derive(Default)]
pub struct WebhookDeliveryMutation;

#[Object]
impl WebhookDeliveryMutation {
    /// Has an event delivered to an endpoint once more, under the same `webhook-id`. Null only if the
    /// mutation failed; see `errors`.
    async fn replay_webhook_event(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: ReplayWebhookEventInput,
    ) -> Result<Option<ReplayWebhookEventPayload>> {
        use ReplayWebhookEventPayload as Payload;

        let request = ctx.request()?;
        if !policy::permits(&request.caller, "replayWebhookEvent") {
            return Ok(Some(Payload::Forbidden(ForbiddenRejection::new())));
        }
        // What is no id is nobody's.
        let replayed = match Uuid::try_parse(&input.webhook_event_log_id) {
            Ok(id) => change::replay(&request.store, &request.caller, &request.clock, id).await?,
            Err(_) => ReplayOutcome::NotFound,
        };
        request.invalidate_loaders();
        Ok(Some(match replayed {
            ReplayOutcome::Done(row) => Payload::Success(ReplayWebhookEventSuccessPayload {
                webhook_event_log: Some(WebhookEventLog(row)),
            }),
            ReplayOutcome::NotFound => Payload::NotFound(WebhookEventLogNotFoundRejection::new()),
            ReplayOutcome::Pending => Payload::Pending(WebhookEventPendingRejection::new()),
        }))
    }

    /// Sends a `Webhook.Probe` to an endpoint at once, whatever its status, and waits for four seconds for
    /// the answer. It is signed as deliveries are, and leaves no trace in the log. Null only if the mutation
    /// failed; see `errors`.
    async fn probe_webhook_endpoint(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: ProbeWebhookEndpointInput,
    ) -> Result<Option<ProbeWebhookEndpointPayload>> {
        use ProbeWebhookEndpointPayload as Payload;

        let request = ctx.request()?;
        if !policy::permits(&request.caller, "probeWebhookEndpoint") {
            return Ok(Some(Payload::Forbidden(ForbiddenRejection::new())));
        }
        // What is no id is nobody's.
        let id = Uuid::try_parse(&input.id).unwrap_or_default();
        let Some(row) = store::by_ids(&request.store, &request.caller, &[id]).await?.pop() else {
            return Ok(Some(Payload::NotFound(WebhookSubscriptionNotFoundRejection::new())));
        };
        // Receivers compare signatures with their own clocks, whatever time it is in a Sandbox project.
        let (probe, now) = (request.clock.new_id(), request.machine_clock().now());
        let most = request.limits.webhook_probes;
        if let Err(seconds) = request.sender.probes.count(row.project_id, now, most) {
            let text = format!(
                "a project may have endpoints probed {most} times a minute (`limits.webhook_probes`): try again in \
                 {seconds} s"
            );
            return Ok(Some(Payload::TooMany(TooManyWebhookProbesRejection::because(text))));
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
        Ok(Some(Payload::Success(ProbeWebhookEndpointSuccessPayload {
            status_code: sent.outcome.ok().map(i32::from),
            milliseconds: sent.milliseconds,
            failure: sent.outcome.err().map(crate::webhook::Failure::name),
        })))
    }
}
