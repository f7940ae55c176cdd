//! Scenarios that are uploaded in place of the image of a document. In Sandbox projects, they determine the
//! results that the image would lead to.

use entity::{
    document::{Column, Entity, Model},
    project, proofing_request, verification_session,
};
use futures_util::future::BoxFuture;
use sea_orm::{ActiveEnum, EntityTrait, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use super::{Scenario, capture, document::Document, error::ParseError, file::Step, parse};
use crate::{
    CheckError, Error, Result,
    clock::Clock,
    crypto::DataKey,
    db::Store,
    document::{
        kind::of_step,
        store::submit::{self, NewDocument},
    },
    proofing::{checks::Side, graphql::ProofingImageSide, store::scenario as stored_scenario},
    sandbox::upload::{ScenarioUpload, ScenarioUploads, UploadRejection, UploadedBytes},
    user::store::lock::lock_owner,
};

/// The scenarios of this server, as uploads use them.
#[derive(Clone, Copy, Debug)]
pub struct Uploads;

impl ScenarioUploads for Uploads {
    fn proofing<'a>(
        &'a self,
        upload: UploadedBytes<'a>,
        row: &'a proofing_request::Model,
        side: Side,
    ) -> BoxFuture<'a, Result<ScenarioUpload<bool>>> {
        Box::pin(async move {
            let scenario = match uploaded(upload.store, row.project_id, upload.bytes).await? {
                Uploaded::Other => return Ok(ScenarioUpload::NotAScenario),
                Uploaded::Malformed(error) => return Ok(syntax_error(&error)),
                Uploaded::Scenario(scenario) => scenario,
            };
            match proofing(upload.store, row, side, &scenario).await {
                Ok(shown) => Ok(ScenarioUpload::Applied(capture::blank(upload.max_pixels).await?, shown)),
                Err(error) => error.map(not_applicable).into_outcome(),
            }
        })
    }

    fn document<'a>(
        &'a self,
        upload: UploadedBytes<'a>,
        clock: &'a Clock,
        key: &'a DataKey,
        row: &'a Model,
    ) -> BoxFuture<'a, Result<ScenarioUpload<()>>> {
        Box::pin(async move {
            let scenario = match uploaded(upload.store, row.project_id, upload.bytes).await? {
                Uploaded::Other => return Ok(ScenarioUpload::NotAScenario),
                Uploaded::Malformed(error) => return Ok(syntax_error(&error)),
                Uploaded::Scenario(scenario) => scenario,
            };
            match document(upload.store, clock, key, row, &scenario).await {
                Ok(()) => Ok(ScenarioUpload::Applied(capture::blank(upload.max_pixels).await?, ())),
                Err(error) => error.map(not_applicable).into_outcome(),
            }
        })
    }
}

fn syntax_error<T>(error: &ParseError) -> ScenarioUpload<T> {
    ScenarioUpload::Rejected(UploadRejection {
        message: format!("this is neither an image nor a scenario: {error}"),
        position: Some((error.line, error.column)),
    })
}

fn not_applicable<T>(message: String) -> ScenarioUpload<T> {
    ScenarioUpload::Rejected(UploadRejection { message, position: None })
}

/// What was uploaded.
enum Uploaded {
    Scenario(Scenario),
    /// Text that is not a valid scenario.
    Malformed(ParseError),
    /// The upload is not text, or the project is not a Sandbox.
    Other,
}

/// Reads an upload as a scenario.
async fn uploaded(store: &Store, project: Uuid, bytes: &[u8]) -> Result<Uploaded> {
    let Some(text) = text(bytes) else { return Ok(Uploaded::Other) };
    let row = project::Entity::find_by_id(project).one(store.read()).await?;
    if row.is_none_or(|row| row.mode != project::Mode::Sandbox) {
        return Ok(Uploaded::Other);
    }
    Ok(parse(text).map_or_else(Uploaded::Malformed, Uploaded::Scenario))
}

/// Returns the upload as text, if it is valid text. An image is not valid text beyond its first bytes.
fn text(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| !text.trim().is_empty())?;
    let is_written = |sign: char| !sign.is_control() || matches!(sign, '\n' | '\r' | '\t');
    text.chars().all(is_written).then_some(text)
}

/// Completes a proofing request as a scenario specifies: what its images show, and its results. Returns
/// whether this image shows a known document. Rejected with the reason why the scenario does not apply.
async fn proofing(
    store: &Store,
    row: &proofing_request::Model,
    side: Side,
    scenario: &Scenario,
) -> Result<bool, CheckError<String>> {
    let (mut shows, mut ends) = ([None; 2], None);
    for step in &scenario.steps {
        match step {
            Step::Image(image) => {
                let index = usize::from(image.side == Some(ProofingImageSide::Back));
                shows[index] = Some(image.classified.unwrap_or(true));
            }
            Step::CompleteProofing(outcome) => ends = Some(outcome),
            Step::User(_)
            | Step::Identification(_)
            | Step::Report(_)
            | Step::Force(_)
            | Step::Cancel(_)
            | Step::Revoke(_)
            | Step::Session(_)
            | Step::Document(_)
            | Step::CompleteSession(_)
            | Step::Proofing(_)
            | Step::Grant(_)
            | Step::Result(_)
            | Step::Outcome(_)
            | Step::Wait(_) => {}
        }
    }
    if shows == [None; 2] && ends.is_none() {
        return Err(CheckError::Rejected(
            "the scenario has neither an `image` nor a `completeProofing`".to_owned(),
        ));
    }
    let completion = match ends.map(capture::completion).transpose() {
        Ok(completion) => completion.flatten(),
        Err(why) => return Err(CheckError::Rejected(why)),
    };
    let [front, back] = shows.map(|it| it.unwrap_or(true));
    let mut outcome = json!({ "device": row.device_check_result.to_value(), "front": front, "back": back });
    if let Some(completion) = completion {
        outcome["document"] = completion.document.to_value().into();
        if let Some(score) = completion.score {
            outcome["score"] = score.into();
        }
    }
    let transaction = store.begin().await?;
    let rows = proofing_request::Entity::find_by_id((row.id, row.project_id));
    let user = lock_owner(&transaction, row.project_id, rows, proofing_request::Column::UserId).await?;
    if row.user_id.is_some() && user.locked().is_none() {
        return Err(CheckError::Rejected(capture::ERASED.to_owned()));
    }
    stored_scenario::set(&transaction, row, &outcome).await?;
    transaction.commit().await?;
    Ok(match side {
        Side::Front => front,
        Side::Back => back,
    })
}

/// Sets the data of a document as a scenario specifies. Rejected with the reason why it does not apply.
async fn document(
    store: &Store,
    clock: &Clock,
    key: &DataKey,
    row: &Model,
    scenario: &Scenario,
) -> Result<(), CheckError<String>> {
    let document = scenario.steps.iter().rev().find_map(|step| match step {
        Step::Document(document) => Some(document),
        Step::User(_)
        | Step::Identification(_)
        | Step::Report(_)
        | Step::Force(_)
        | Step::Cancel(_)
        | Step::Revoke(_)
        | Step::Session(_)
        | Step::CompleteSession(_)
        | Step::Proofing(_)
        | Step::Image(_)
        | Step::CompleteProofing(_)
        | Step::Grant(_)
        | Step::Result(_)
        | Step::Outcome(_)
        | Step::Wait(_) => None,
    });
    let Some(document) = document else {
        return Err(CheckError::Rejected("the scenario has no `document`".to_owned()));
    };
    let transaction = store.begin().await?;
    let (id, project) = (row.id, row.project_id);
    let rows = || Entity::find_by_id((id, project));
    if lock_owner(&transaction, project, rows(), Column::UserId).await?.locked().is_none() {
        return Err(CheckError::Rejected(capture::ERASED.to_owned()));
    }
    let row = rows().lock_exclusive().one(&transaction).await?;
    let row: Model = row.ok_or(Error::Fault("a document was deleted while its image was uploaded"))?;
    let session = row.session_id.unwrap_or_default();
    let session = verification_session::Entity::find_by_id((session, project)).one(&transaction).await?;
    if session.is_none_or(|session| crate::session::rules::is_closed(session.status)) {
        return Err(CheckError::Rejected("the session is closed".to_owned()));
    }
    // The step of the document is fixed. Its type may not be.
    let here = Document { step: row.step.map(Into::into), ..document.clone() };
    let new = match capture::read(&here) {
        Ok(new) => new,
        Err(why) => return Err(CheckError::Rejected(why)),
    };
    let Ok(kind) = of_step(row.step, new.kind.or(row.kind)) else {
        return Err(CheckError::Rejected("the step does not capture a document of this type".to_owned()));
    };
    submit::set_content(&transaction, clock, key, row, NewDocument { kind, ..new }).await?;
    transaction.commit().await?;
    Ok(())
}
