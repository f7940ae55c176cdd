use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use entity::project::Mode;

use crate::{
    Error, Result,
    auth::policy,
    graphql::{
        ContextExt, DateTime, Duration,
        rejection::{ForbiddenRejection, NotSandboxRejection, SandboxClockBusyRejection},
    },
    payload,
    timer::{
        TimerEvent, TimerEventKind,
        advance::{self, AdvanceOutcome, AdvancedClock, PAST_END},
    },
    webhook::{EndpointTimeouts, Worker},
};

/// The furthest that a clock is moved at once: ten years.
const FURTHEST: i64 = 10 * 366 * 24 * 60 * 60 * 1000;

/// The clock of a Sandbox project.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct SandboxClock {
    /// What time it is in the project.
    now: DateTime,
    /// By how much that is ahead of the world outside.
    ahead: Duration,
}

/// How far the clock is to be moved.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct AdvanceSandboxClockInput {
    /// By how much: `PT24H`.
    by: Duration,
}

/// What can happen by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(rename_items = "PascalCase", remote = "TimerEventKind")]
pub enum SandboxHappeningType {
    /// Levels of an identification expired: its process took too long, or their validity ended.
    IdentificationExpired,
    /// Webhooks were sent to the endpoint of a subscription, for the first time or again.
    WebhooksSent,
    /// Data was kept for as long as the project keeps it; the resource is the project.
    DataErased,
}

/// Something that happened by itself while the clock was moved.
#[derive(Clone, Debug, SimpleObject)]
pub struct SandboxHappening {
    /// When, by the project's clock.
    at: DateTime,
    /// What.
    #[graphql(name = "type")]
    kind: SandboxHappeningType,
    /// The id of the object that it happened to.
    resource_id: ID,
}

impl From<TimerEvent> for SandboxHappening {
    fn from(TimerEvent { at, what, resource }: TimerEvent) -> Self {
        Self { at: DateTime(at), kind: what.into(), resource_id: resource.into() }
    }
}

/// The clock is moved.
#[derive(SimpleObject)]
pub struct AdvanceSandboxClockSuccessPayload {
    /// What time it was.
    from: DateTime,
    /// What time it is now.
    to: DateTime,
    /// What happened in between, in the order in which it did.
    happenings: Vec<SandboxHappening>,
    /// What is left of the move, if there was too much to do at once, or endpoints of webhooks kept it waiting: move the
    /// clock by it again.
    remaining: Duration,
}

payload! {
    /// How moving the clock ended.
    AdvanceSandboxClockPayload: AdvanceSandboxClockSuccessPayload,
    NotSandbox(NotSandboxRejection),
    Busy(SandboxClockBusyRejection),
    Forbidden(ForbiddenRejection),
}

/// Root fields of the clock of a Sandbox project.
#[derive(Default)]
pub struct SandboxClockQuery;

#[Object]
impl SandboxClockQuery {
    /// The clock of the project; `null` in a Live project, where it is the world's.
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
    /// Moves the clock of a Sandbox project ahead. Everything that is due in between happens, in order and
    /// each at its own time: processes run out of time, levels lapse, webhooks are sent and sent again. An
    /// endpoint that does not answer within a fifth of what a request may take has failed. Whatever is asked
    /// in the same document after it is asked at the new time. Null only if the mutation failed; see
    /// `errors`.
    async fn advance_sandbox_clock(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: AdvanceSandboxClockInput,
    ) -> Result<Option<AdvanceSandboxClockPayload>> {
        use AdvanceSandboxClockPayload as Payload;

        let request = ctx.request()?;
        if !policy::permits(&request.caller, "advanceSandboxClock") {
            return Ok(Some(Payload::Forbidden(ForbiddenRejection::new())));
        }
        if !(1..=FURTHEST).contains(&input.by.0) {
            return Err(Error::argument("by", "move the clock ahead, by at most ten years at once"));
        }
        let worker = Worker::new(request, &request.webhooks);
        let bounds = EndpointTimeouts::of_request(request.begun(), request.limits.query_seconds);
        let advanced = advance::advance(request, &worker, &request.caller, input.by.0, bounds).await?;
        request.invalidate_loaders();
        Ok(Some(match advanced {
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
        }))
    }
}
