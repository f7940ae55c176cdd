//! Completes a request, for GraphQL and REST: takes the outcome from the request, else from the checks, then
//! applies the step.

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

/// Reason why an outcome in a request is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutcomeError {
    /// The score is not between 0 and 100.
    Score,
    /// A score alone is not an outcome.
    ScoreAlone,
}

/// Parses the outcome in a request, if it has one.
///
/// # Errors
///
/// The reason why it is rejected.
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

/// Completes a request. Returns `None` if neither the request nor a check provides an outcome.
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
    let visible = store::visible_to(store, caller);
    let row = match steps::look(store, visible, id, Step::Complete).await? {
        StepOutcome::Done(row) => row,
        stepped => return Ok(Some(stepped)),
    };
    let Some(completion) = checks::completion(manual, &row).await? else { return Ok(None) };
    steps::complete(store, clock, caller, id, completion).await.map(Some)
}
