//! Ending a request, as graph and REST both do: what the call says, else what the checks say, then the step.

use entity::proofing_request::DocumentAuthentication;
use uuid::Uuid;

use super::{
    checks::{self, Completion, ManualChecks},
    rules::{self, Step},
    store::{
        self,
        steps::{self, StepOutcome},
    },
};
use crate::{Result, auth::Caller, clock::Clock, db::Store};

/// What is wrong with an outcome that a call gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutcomeError {
    /// The score is not between 0 and 100.
    Score,
    /// A score alone is not an outcome.
    ScoreAlone,
}

/// The outcome that a call gives, if it gives one.
///
/// # Errors
///
/// When it is none.
pub fn outcome(
    document: Option<DocumentAuthentication>,
    score: Option<i64>,
) -> Result<Option<Completion>, OutcomeError> {
    let score = score.map(|score| rules::score(score).ok_or(OutcomeError::Score)).transpose()?;
    match (document, score) {
        (Some(document), score) => Ok(Some(Completion { document, score })),
        (None, Some(_)) => Err(OutcomeError::ScoreAlone),
        (None, None) => Ok(None),
    }
}

/// Ends a request. `None`: neither the call nor a check says how.
///
/// # Errors
///
/// When the database or a check fails.
pub async fn complete(
    store: &Store,
    clock: &Clock,
    caller: &Caller,
    id: Uuid,
    manual: ManualChecks,
) -> Result<Option<StepOutcome>> {
    let mine = store::visible_to(store, caller);
    let row = match steps::look(store, mine, id, Step::Complete).await? {
        StepOutcome::Done(row) => row,
        stepped => return Ok(Some(stepped)),
    };
    let Some(completion) = checks::completion(manual, &row).await? else { return Ok(None) };
    steps::complete(store, clock, caller, id, completion).await.map(Some)
}
