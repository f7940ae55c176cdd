//! The timeline and the result of a scenario.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::scenario::{Ids, expected::Expected, file::Step, name::Objects};

/// An entry of a scenario's timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TimelineEntry {
    /// Milliseconds since the start, by the project's clock.
    pub after: i64,
    /// Number of the step, from 1. `None` for a change that was due at its time.
    pub step: Option<usize>,
    /// Description of the step or change.
    pub what: String,
    /// Outcome of the step or change.
    pub outcome: String,
    pub is_refused: bool,
    /// Id of the object.
    pub resource: Option<Uuid>,
}

/// Result of a scenario.
#[derive(Clone, Debug)]
pub struct ScenarioRun {
    pub happened: Vec<TimelineEntry>,
    pub ids: Ids,
    /// Ids of the objects that have a name in the file.
    pub named: BTreeMap<String, Uuid>,
    /// Actual results, without the webhooks that the receiver was sent.
    pub actual: Expected,
}

/// Returns the description of a step for the timeline, with the names that it assigns and uses.
pub(super) fn describe(step: &Step) -> String {
    let what = match step {
        Step::User(_) => "user",
        Step::Identification(_) => "identification",
        Step::Report(_) => "report",
        Step::Force(_) => "force",
        Step::Cancel(_) => "cancel",
        Step::Revoke(_) => "revoke",
        Step::Session(_) => "session",
        Step::Document(_) => "document",
        Step::CompleteSession(_) => "complete session",
        Step::Proofing(_) => "proofing",
        Step::Image(_) => "image",
        Step::CompleteProofing(_) => "complete proofing",
        Step::Grant(_) => "grant",
        Step::Result(_) => "result",
        Step::Outcome(_) => "outcome",
        Step::Wait(_) => "wait",
    };
    let Objects { called, of, .. } = step.objects();
    let called = called.map(|name| format!(" as {}", name.text())).unwrap_or_default();
    let of = of.map(|name| format!(" of {}", name.text())).unwrap_or_default();
    format!("{what}{called}{of}")
}
