use std::collections::VecDeque;

use entity::project::Mode;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Scenario, came,
    expected::Expected,
    file::{Length, Report, Step},
};
use crate::{
    Error, Result,
    auth::Caller,
    clock::Clock,
    graphql::Services,
    timer::{
        What,
        advance::{self, Advanced},
    },
    webhook::Worker,
};

/// How often a move of the clock is taken up again that had too much to do.
const MOVES: usize = 100;

/// Something that happened in a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Happened {
    /// Milliseconds since it began, by the project's clock.
    pub after: i64,
    /// The number of the step, from 1; `None` for what happened by itself.
    pub step: Option<usize>,
    /// What.
    pub what: String,
    /// How that ended.
    pub outcome: String,
    pub is_refused: bool,
    /// The object that it happened to.
    pub resource: Option<Uuid>,
}

/// What was made last of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Ids {
    pub user: Option<Uuid>,
    pub identification: Option<Uuid>,
    pub session: Option<Uuid>,
    pub document: Option<Uuid>,
    pub proofing: Option<Uuid>,
    pub verification: Option<Uuid>,
    pub result: Option<Uuid>,
}

/// A scenario that was run.
#[derive(Clone, Debug)]
pub struct Ran {
    pub happened: Vec<Happened>,
    pub ids: Ids,
    /// What came of it, but for what its receiver was sent.
    pub came: Expected,
}

/// How a step ended: with what, and to which object; or why it was refused.
pub(super) type Done = Result<(String, Uuid), String>;

/// A scenario that is being run.
pub(super) struct Run<'a> {
    pub services: &'a Services,
    pub caller: &'a Caller,
    /// What time it is in the project.
    pub clock: Clock,
    pub ids: Ids,
    worker: Worker,
    /// Milliseconds that have passed by the project's clock.
    passed: i64,
    happened: Vec<Happened>,
    /// Reports that come after the next one.
    held: VecDeque<(usize, Report)>,
}

/// Runs a scenario in a Sandbox project, on the project's clock. A step that is refused is noted; the next one follows.
///
/// # Errors
///
/// When the database fails, or the project is Live: what was made until then stays.
pub async fn run(services: &Services, caller: &Caller, scenario: &Scenario) -> Result<Ran> {
    if caller.project.mode != Mode::Sandbox {
        return Err(Error::Fault("a scenario was to be run in a Live project"));
    }
    let mut run = Run {
        services,
        caller,
        clock: services.clocks.of(&caller.project),
        ids: Ids::default(),
        worker: Worker::new(services, &services.webhooks),
        passed: 0,
        happened: Vec::new(),
        held: VecDeque::new(),
    };
    let since = came::now(&services.store).await?;
    for (place, step) in scenario.steps.iter().enumerate() {
        Box::pin(run.step(place + 1, step)).await?;
    }
    run.release().await?;
    let refused = run.happened.iter().filter(|it| it.is_refused).filter_map(|it| it.step);
    let mut refused: Vec<usize> = refused.collect();
    refused.sort_unstable();
    refused.dedup();
    let came = came::read(services, caller, &run.ids, since, refused).await?;
    Ok(Ran { happened: run.happened, ids: run.ids, came })
}

impl Run<'_> {
    async fn step(&mut self, number: usize, step: &Step) -> Result<()> {
        let (what, done) = match step {
            Step::User(user) => ("user", self.user(user).await?),
            Step::Identification(new) => ("identification", self.identification(new).await?),
            Step::Report(report) => return self.reported(number, report).await,
            Step::Force(levels) => ("force", self.force(levels).await?),
            Step::Cancel(why) => ("cancel", self.cancel(why).await?),
            Step::Revoke(why) => ("revoke", self.revoke(why).await?),
            Step::Session(session) => ("session", self.session(session).await?),
            Step::Document(document) => ("document", self.document(document).await?),
            Step::CompleteSession(status) => ("complete session", self.complete_session(status).await?),
            Step::Proofing(new) => ("proofing", self.proofing(new).await?),
            Step::Image(image) => ("image", self.image(image).await?),
            Step::CompleteProofing(outcome) => ("complete proofing", self.complete_proofing(outcome).await?),
            Step::Grant(grant) => ("grant", self.grant(grant).await?),
            Step::Result(asked) => ("result", self.result(asked).await?),
            Step::Outcome(outcome) => ("outcome", self.outcome(outcome).await?),
            Step::Wait(wait) => return self.wait(number, wait.after).await,
        };
        self.note(number, what, done);
        // What is due at once: webhooks.
        self.pass(0).await.map(drop)
    }

    /// A report, as it comes: late, twice, after the next.
    async fn reported(&mut self, number: usize, report: &Report) -> Result<()> {
        if report.out_of_order {
            self.held.push_back((number, report.clone()));
            return Ok(());
        }
        self.send(number, report).await?;
        self.release().await
    }

    /// Sends the reports that were held back until another came; all of them, at the end.
    async fn release(&mut self) -> Result<()> {
        while let Some((number, report)) = self.held.pop_front() {
            self.send(number, &report).await?;
        }
        Ok(())
    }

    async fn send(&mut self, number: usize, report: &Report) -> Result<()> {
        if let Some(late) = report.late {
            self.wait(number, late).await?;
        }
        let times = if report.duplicate { 2 } else { 1 };
        for _ in 0..times {
            let done = self.report(report).await?;
            self.note(number, "report", done);
            self.pass(0).await?;
        }
        Ok(())
    }

    async fn wait(&mut self, number: usize, length: Length) -> Result<()> {
        let text = crate::graphql::Duration(length.0).text();
        let passed = self.pass(length.0).await?;
        let outcome = if passed { text } else { "somebody else is moving the clock".to_owned() };
        let after = self.passed;
        let what = "wait".to_owned();
        self.happened.push(Happened {
            after,
            step: Some(number),
            what,
            outcome,
            is_refused: !passed,
            resource: None,
        });
        Ok(())
    }

    /// Lets so much time pass by the project's clock. `false` when somebody else is moving it.
    async fn pass(&mut self, length: i64) -> Result<bool> {
        let mut left = length;
        for _ in 0..MOVES {
            let moved = match advance::advance(self.services, &self.worker, self.caller, left).await? {
                Advanced::Done(moved) => moved,
                Advanced::NotSandbox | Advanced::Busy => return Ok(false),
            };
            for happening in &moved.happenings {
                let what = match happening.what {
                    What::IdentificationExpired => "expired",
                    What::WebhooksSent => "webhooks sent",
                    What::DataErased => "data erased",
                };
                // What was due before it began happens as it begins. The moments that running it takes do not count.
                let since = (happening.at.0 - moved.from.0 + 500).max(0) / 1000 * 1000;
                self.happened.push(Happened {
                    after: self.passed + since,
                    step: None,
                    what: what.to_owned(),
                    outcome: String::new(),
                    is_refused: false,
                    resource: Some(happening.resource),
                });
            }
            self.passed += moved.to.0 - moved.from.0;
            left = moved.remaining;
            if left == 0 {
                return Ok(true);
            }
        }
        Err(Error::Fault("a scenario let more happen at once than can"))
    }

    fn note(&mut self, number: usize, what: &str, done: Done) {
        let (outcome, resource, is_refused) = match done {
            Ok((outcome, id)) => (outcome, Some(id), false),
            Err(why) => (why, None, true),
        };
        let (after, what) = (self.passed, what.to_owned());
        self.happened.push(Happened { after, step: Some(number), what, outcome, is_refused, resource });
    }
}
