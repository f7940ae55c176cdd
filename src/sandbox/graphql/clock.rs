use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use entity::project::Mode;

use crate::{
    Error, Result,
    graphql::{ContextExt, DateTime, Duration, mutate, rejection::ForbiddenRejection},
    payload,
    sandbox::graphql::rejection::{NotSandboxRejection, SandboxClockBusyRejection},
    timer::{
        TimerEvent, TimerEventKind,
        advance::{self, AdvanceOutcome, AdvancedClock, PAST_END},
    },
    webhook::{EndpointTimeouts, Worker},
};

/// Maximum distance of one clock advance, in milliseconds: ten years.
const FURTHEST: i64 = 10 * 366 * 24 * 60 * 60 * 1000;

/// The clock of a Sandbox project.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct SandboxClock {
    /// The current time in the project.
    now: DateTime,
    /// Offset between the project's clock and the server's clock.
    ahead: Duration,
}

/// Input of the `advanceSandboxClock` mutation.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct AdvanceSandboxClockInput {
    /// Duration to advance the clock by, for example `PT24H`.
    by: Duration,
}

/// Types of changes that occur at a set time, without a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(rename_items = "PascalCase", remote = "TimerEventKind")]
pub enum SandboxHappeningType {
    /// Levels of an identification expired: the process took too long, or the validity of the levels ended.
    IdentificationExpired,
    /// Webhooks were sent to the endpoint of a subscription, as a first attempt or a retry.
    WebhooksSent,
    /// Data was erased at the end of its retention period. The resource is the project.
    DataErased,
}

/// A change that occurred at its set time while the clock was advanced.
#[derive(Clone, Debug, SimpleObject)]
pub struct SandboxHappening {
    /// Time of the change, by the project's clock.
    at: DateTime,
    /// Type of the change.
    #[graphql(name = "type")]
    kind: SandboxHappeningType,
    /// Id of the object that changed.
    resource_id: ID,
}

impl From<TimerEvent> for SandboxHappening {
    fn from(TimerEvent { at, what, resource }: TimerEvent) -> Self {
        Self { at: DateTime(at), kind: what.into(), resource_id: resource.into() }
    }
}

/// Success result of the `advanceSandboxClock` mutation.
#[derive(SimpleObject)]
pub struct AdvanceSandboxClockSuccessPayload {
    /// Time of the clock before the advance.
    from: DateTime,
    /// Time of the clock after the advance.
    to: DateTime,
    /// Changes that occurred in between, in the order in which they occurred.
    happenings: Vec<SandboxHappening>,
    /// Part of the duration that was not advanced, because too many changes were due or because webhook
    /// endpoints responded slowly. Call the mutation again with this duration to continue.
    remaining: Duration,
}

payload! {
    /// Result of the `advanceSandboxClock` mutation.
    AdvanceSandboxClockPayload: AdvanceSandboxClockSuccessPayload,
    NotSandbox(NotSandboxRejection),
    Busy(SandboxClockBusyRejection),
    Forbidden(ForbiddenRejection),
}

/// Query fields of the clock of a Sandbox project.
#[derive(Default)]
pub struct SandboxClockQuery;

#[Object]
impl SandboxClockQuery {
    /// The clock of the project. Null in a Live project, which uses the server's clock.
    async fn sandbox_clock(&self, ctx: &Context<'_>) -> Result<Option<SandboxClock>> {
        let request = ctx.request()?;
        if request.caller.project.mode != Mode::Sandbox {
            return Ok(None);
        }
        let now = request.clock.now();
        let ahead = Duration(request.clock.ahead());
        Ok(Some(SandboxClock { now: DateTime(now), ahead }))
    }
}

/// Mutations of the clock of a Sandbox project.
#[derive(Default)]
pub struct SandboxClockMutation;

#[Object]
impl SandboxClockMutation {
    /// Advances the clock of a Sandbox project. Every change that is due in between is applied in order, each
    /// at its own time: processes time out, levels expire, webhooks are sent and retried. A webhook attempt
    /// fails if the endpoint does not respond within a fifth of the time limit of a request. Fields that
    /// follow in the same document are resolved at the new time. Null only if the mutation failed; see
    /// `errors`.
    async fn advance_sandbox_clock(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: AdvanceSandboxClockInput,
    ) -> Result<Option<AdvanceSandboxClockPayload>> {
        use AdvanceSandboxClockPayload as Payload;

        mutate(ctx, |request| async move {
            if !(1..=FURTHEST).contains(&input.by.0) {
                return Err(Error::argument("by", "must be a positive duration of at most ten years"));
            }
            let worker = Worker::new(request, &request.webhooks);
            let bounds = EndpointTimeouts::of_request(request.started_at(), request.limits.query_seconds);
            let advanced = advance::advance(request, &worker, &request.caller, input.by.0, bounds).await?;
            Ok(match advanced {
                AdvanceOutcome::Done(AdvancedClock { from, to, happenings, remaining }) => {
                    Payload::Success(AdvanceSandboxClockSuccessPayload {
                        from: DateTime(from),
                        to: DateTime(to),
                        happenings: happenings.into_iter().map(Into::into).collect(),
                        remaining: Duration(remaining),
                    })
                }
                AdvanceOutcome::NotSandbox => Payload::NotSandbox(NotSandboxRejection::new()),
                AdvanceOutcome::PastEnd => return Err(Error::argument("by", PAST_END)),
                AdvanceOutcome::Busy => Payload::Busy(SandboxClockBusyRejection::new()),
            })
        })
        .await
        .map(Some)
    }
}
