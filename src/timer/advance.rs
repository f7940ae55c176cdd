//! Advances the clock of a sandbox project: applies everything that becomes due in between, in order, each at
//! its own time.

use std::collections::BTreeMap;

use entity::{Timestamp, project};
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::{TimerEvent, TimerEventKind};
use crate::{
    Error, Result,
    audit::{self, Action, Entry},
    auth::Caller,
    clock::{self, Clock},
    identification::store::due,
    project::store as project_store,
    retention::store as retention,
    services::Services,
    webhook::{EndpointTimeouts, RetryTiming, SubscriptionKey, Worker, schedule as deliveries},
};

/// Maximum number of timer events per advance.
const MOST: usize = 1000;

/// Error message for a clock that would move past its end.
pub const PAST_END: &str = "a project's clock cannot move past the year 9999: advance it by less";

/// Outcome of advancing a clock.
#[derive(Clone, Debug)]
pub enum AdvanceOutcome {
    Done(AdvancedClock),
    NotSandbox,
    /// The clock would show a year after 9999.
    PastEnd,
    /// Another request is advancing it.
    Busy,
}

/// A clock that was advanced.
#[derive(Clone, Debug)]
pub struct AdvancedClock {
    pub from: Timestamp,
    pub to: Timestamp,
    pub happenings: Vec<TimerEvent>,
    /// Milliseconds that remain: too much was due at once, or an endpoint was slow.
    pub remaining: i64,
}

/// Advances the clock of the caller's project by a number of milliseconds, or as far as the limits allow.
///
/// # Errors
///
/// When the database fails: the clock is not moved, but events that were applied stay applied.
pub async fn advance(
    services: &Services,
    worker: &Worker,
    caller: &Caller,
    by: i64,
    bounds: EndpointTimeouts,
) -> Result<AdvanceOutcome> {
    if caller.project.mode != project::Mode::Sandbox {
        return Ok(AdvanceOutcome::NotSandbox);
    }
    let project = caller.project_id();
    let turn = services.clocks.turn(project);
    let Ok(_turn) = turn.try_lock() else { return Ok(AdvanceOutcome::Busy) };
    // Read again: the caller's copy may be a moment old.
    let row = project::Entity::find_by_id(project).one(services.store.write()).await?;
    let row = row.ok_or(Error::Fault("the caller's project does not exist"))?;
    let from = services.clocks.of(&row).now();
    let goal = Timestamp(from.0.saturating_add(by));
    if goal > clock::LAST {
        return Ok(AdvanceOutcome::PastEnd);
    }
    let (happenings, to) = until(services, worker, project, from, goal, bounds).await?;
    let ahead = row.clock_ahead.saturating_add(to.0 - from.0);
    let transaction = services.store.begin().await?;
    if !project_store::set_clock_ahead(&transaction, &row, ahead).await? {
        // Roll back now: a dropped transaction keeps its connection for as long as the pool takes to roll
        // back.
        transaction.rollback().await?;
        return Ok(AdvanceOutcome::Busy);
    }
    if to > from {
        let entry = Entry::of_project(project, Action::SandboxClockAdvanced);
        audit::store::record(&transaction, &Clock::fixed(to), entry).await?;
    }
    transaction.commit().await?;
    services.clocks.moved(project, ahead);
    if to > from {
        services.store.hint_of_clocks().await;
    }
    Ok(AdvanceOutcome::Done(AdvancedClock { from, to, happenings, remaining: goal.0 - to.0 }))
}

/// Applies everything that is due, in order. Returns the timer events, and the time that was reached.
async fn until(
    services: &Services,
    worker: &Worker,
    project: Uuid,
    from: Timestamp,
    goal: Timestamp,
    bounds: EndpointTimeouts,
) -> Result<(Vec<TimerEvent>, Timestamp)> {
    let store = &services.store;
    let (mut happenings, mut now) = (Vec::new(), from);
    // Endpoints that another worker is sending to are skipped.
    let mut passed = BTreeMap::new();
    loop {
        let identification = due::next(store, project).await?;
        let delivery = deliveries::next(store, project, &passed).await?;
        let over = retention::next(store, project).await?;
        let first = [
            identification.map(|(at, id)| (at, TimerEventKind::IdentificationExpired, id)),
            delivery.map(|(at, id)| (at, TimerEventKind::WebhooksSent, id)),
            over.map(|at| (at, TimerEventKind::DataErased, project)),
        ];
        let Some((at, what, resource)) = first.into_iter().flatten().min() else { break };
        if at > goal {
            break;
        }
        // Events that are due at the same time and were not reached come first when the clock is advanced
        // again.
        if happenings.len() >= MOST || bounds.is_up() {
            return Ok((happenings, now));
        }
        // Overdue events are applied at the current time: time does not go back.
        now = now.max(at);
        let clock = Clock::fixed(now);
        let happened = match what {
            TimerEventKind::IdentificationExpired => {
                due::happen(store, &clock, project, resource).await?.is_some()
            }
            TimerEventKind::DataErased => {
                retention::run_project(store, &services.images, &clock, project).await? > 0
            }
            TimerEventKind::WebhooksSent => {
                let sent = worker
                    .batch(SubscriptionKey { project, id: resource }, &clock, RetryTiming::Exact(bounds))
                    .await?;
                if sent == 0 {
                    passed.insert(resource, at);
                }
                sent > 0
            }
        };
        if happened {
            happenings.push(TimerEvent { at: now, what, resource });
        }
    }
    Ok((happenings, goal))
}
