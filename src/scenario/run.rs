use std::{collections::VecDeque, time::Instant};

use entity::project::Mode;
use uuid::Uuid;

use super::{
    Scenario, actual,
    file::{Length, LevelReport, Step},
    name::{Kind, Name, Objects},
    objects::ScenarioObjects,
};
use crate::{
    Error, Result,
    auth::Caller,
    clock::Clock,
    op_context::OpContext,
    scenario::timeline::{ScenarioRun, TimelineEntry, describe},
    services::Services,
    timer::{
        TimerEventKind,
        advance::{self, AdvanceOutcome},
    },
    webhook::{EndpointTimeouts, Worker},
};

/// Maximum number of clock advances for one wait, when one advance is not enough to apply everything that is
/// due.
const MOVES: usize = 100;

/// Result of a step.
pub(super) enum StepResult {
    /// The state of the step's object, and its id.
    Done(String, Uuid),
    /// The step was rejected, for this reason.
    Rejected(String),
}

/// A running scenario.
pub(super) struct Run<'a> {
    pub services: &'a Services,
    pub caller: &'a Caller,
    /// The project's clock.
    pub clock: Clock,
    objects: ScenarioObjects,
    worker: Worker,
    /// Milliseconds that have passed on the project's clock.
    passed: i64,
    happened: Vec<TimelineEntry>,
    /// Reports that are held back until the next report about the same identification.
    held: VecDeque<(usize, LevelReport)>,
}

/// Runs a scenario in a Sandbox project, on the project's clock. A rejected step is recorded, and the next
/// step follows.
///
/// # Errors
///
/// When the database fails, or the project is Live. The objects that were created until then remain.
pub async fn run(services: &Services, caller: &Caller, scenario: &Scenario) -> Result<ScenarioRun> {
    if caller.project.mode != Mode::Sandbox {
        return Err(Error::Fault("a scenario cannot run in a Live project"));
    }
    let mut run = Run {
        services,
        caller,
        clock: services.clocks.of(&caller.project),
        objects: ScenarioObjects::default(),
        worker: Worker::new(services, &services.webhooks),
        passed: 0,
        happened: Vec::new(),
        held: VecDeque::new(),
    };
    let since = actual::now(&services.store, caller.project_id()).await?;
    for (index, step) in scenario.steps.iter().enumerate() {
        Box::pin(run.step(index + 1, step)).await?;
    }
    run.release(None).await?;
    let refused = run.happened.iter().filter(|it| it.is_refused).filter_map(|it| it.step);
    let mut refused: Vec<usize> = refused.collect();
    refused.sort_unstable();
    refused.dedup();
    let named: Vec<&Name> = scenario.steps.iter().filter_map(|step| step.objects().called).collect();
    let actual = actual::read(services, caller, &run.objects, &named, since, refused).await?;
    Ok(ScenarioRun { happened: run.happened, ids: run.objects.ids(), named: run.objects.names(), actual })
}

impl Run<'_> {
    /// What an operation of a store works with.
    pub fn op(&self) -> OpContext<'_> {
        OpContext {
            store: &self.services.store,
            vault: &self.services.vault,
            caller: self.caller,
            clock: &self.clock,
        }
    }

    async fn step(&mut self, number: usize, step: &Step) -> Result<()> {
        if let Step::Report(report) = step {
            return self.reported(number, report).await;
        }
        if let Step::Wait(wait) = step {
            return self.wait(number, wait.after).await;
        }
        let Objects { makes, called, about, of } = step.objects();
        let done = match about.map_or(Ok(Uuid::nil()), |kind| self.objects.about(kind, of)) {
            Ok(about) => self.done(step, about).await?,
            Err(reason) => StepResult::Rejected(reason),
        };
        if let (StepResult::Done(_, id), Some(kind)) = (&done, makes) {
            self.objects.add(kind, *id, called);
        }
        self.note(number, &describe(step), done);
        // Applies what is due immediately: webhooks.
        self.advance(0).await?;
        // Notifies subscribers now, not at the end of the scenario.
        self.services.notifier.notify();
        Ok(())
    }

    /// Runs a step on the object that it is about.
    async fn done(&self, step: &Step, about: Uuid) -> Result<StepResult> {
        match step {
            Step::User(user) => self.user(user).await,
            Step::Identification(new) => self.identification(about, new).await,
            Step::Report(report) => self.report(about, report).await,
            Step::Force(levels) => self.force(about, levels).await,
            Step::Cancel(why) => self.cancel(about, why).await,
            Step::Revoke(why) => self.revoke(about, why).await,
            Step::Session(session) => self.session(about, session).await,
            Step::Document(document) => self.document(about, document).await,
            Step::CompleteSession(status) => self.complete_session(about, status).await,
            Step::Proofing(new) => self.proofing(about, new).await,
            Step::Image(image) => self.image(about, image).await,
            Step::CompleteProofing(outcome) => self.complete_proofing(about, outcome).await,
            Step::Grant(grant) => self.grant(about, grant).await,
            Step::Result(asked) => self.result(about, asked).await,
            Step::Outcome(outcome) => self.outcome(about, outcome).await,
            Step::Wait(_) => Err(Error::Fault("a wait has no object")),
        }
    }

    /// Sends a report: late, twice, or after the next one.
    async fn reported(&mut self, number: usize, report: &LevelReport) -> Result<()> {
        if report.out_of_order {
            self.held.push_back((number, report.clone()));
            return Ok(());
        }
        self.send(number, report).await?;
        self.release(Some(report)).await
    }

    /// Sends the reports that were held back until the next report about the same identification, or all of
    /// them at the end.
    async fn release(&mut self, after: Option<&LevelReport>) -> Result<()> {
        let about = |objects: &ScenarioObjects, report: &LevelReport| {
            objects.about(Kind::Identification, report.of.as_ref()).ok()
        };
        let after = after.map(|report| about(&self.objects, report));
        for (number, report) in std::mem::take(&mut self.held) {
            if after.is_none_or(|after| after == about(&self.objects, &report)) {
                self.send(number, &report).await?;
            } else {
                self.held.push_back((number, report));
            }
        }
        Ok(())
    }

    async fn send(&mut self, number: usize, report: &LevelReport) -> Result<()> {
        if let Some(late) = report.late {
            self.wait(number, late).await?;
        }
        let step = Step::Report(report.clone());
        let times = if report.duplicate { 2 } else { 1 };
        for _ in 0..times {
            let done = match self.objects.about(Kind::Identification, report.of.as_ref()) {
                Ok(about) => self.done(&step, about).await?,
                Err(reason) => StepResult::Rejected(reason),
            };
            self.note(number, &describe(&step), done);
            self.advance(0).await?;
            self.services.notifier.notify();
        }
        Ok(())
    }

    async fn wait(&mut self, number: usize, length: Length) -> Result<()> {
        let text = crate::graphql::Duration(length.0).text();
        let passed = self.advance(length.0).await?;
        let outcome = if passed {
            text
        } else {
            "the clock cannot be advanced that far, or another request is advancing it".to_owned()
        };
        let after = self.passed;
        let what = "wait".to_owned();
        self.happened.push(TimelineEntry {
            after,
            step: Some(number),
            what,
            outcome,
            is_refused: !passed,
            resource: None,
        });
        Ok(())
    }

    /// Advances the project's clock by a duration. `false` if another request is advancing it.
    async fn advance(&mut self, length: i64) -> Result<bool> {
        let mut left = length;
        for _ in 0..MOVES {
            // Each advance may take as long as a request. If a request runs the scenario, the request's own
            // time limit still applies.
            let bounds = EndpointTimeouts::of_request(Instant::now(), self.services.limits.query_seconds);
            let moved = advance::advance(self.services, &self.worker, self.caller, left, bounds).await?;
            let moved = match moved {
                AdvanceOutcome::Done(moved) => moved,
                AdvanceOutcome::NotSandbox | AdvanceOutcome::PastEnd | AdvanceOutcome::Busy => {
                    return Ok(false);
                }
            };
            for event in &moved.happenings {
                let what = match event.what {
                    TimerEventKind::IdentificationExpired => "expired",
                    TimerEventKind::WebhooksSent => "webhooks sent",
                    TimerEventKind::DataErased => "data erased",
                };
                // Changes that were due before the advance are applied at its start. Times are rounded to
                // seconds, so the milliseconds that the run itself takes do not count.
                let since = (event.at.0 - moved.from.0 + 500).max(0) / 1000 * 1000;
                self.happened.push(TimelineEntry {
                    after: self.passed + since,
                    step: None,
                    what: what.to_owned(),
                    outcome: String::new(),
                    is_refused: false,
                    resource: Some(event.resource),
                });
            }
            self.passed += moved.to.0 - moved.from.0;
            left = moved.remaining;
            if left == 0 {
                return Ok(true);
            }
        }
        Err(Error::Fault("a scenario has too many changes due at once"))
    }

    fn note(&mut self, number: usize, what: &str, done: StepResult) {
        let (outcome, resource, is_refused) = match done {
            StepResult::Done(outcome, id) => (outcome, Some(id), false),
            StepResult::Rejected(reason) => (reason, None, true),
        };
        let (after, what) = (self.passed, what.to_owned());
        self.happened.push(TimelineEntry { after, step: Some(number), what, outcome, is_refused, resource });
    }
}
