//! Scenarios that are uploaded in place of the image of a document. In Sandbox projects, they determine the
//! results that the image would lead to.

use entity::{
    document::{Column, Entity, Findings, Model},
    project, proofing_request, verification_session,
};
use futures_util::future::BoxFuture;
use sea_orm::{
    ActiveEnum, ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, sea_query::Expr,
};
use serde_json::json;
use uuid::Uuid;

use super::{Scenario, capture, document::Document, error::ParseError, file::Step, parse};
use crate::{
    Error, Result,
    clock::Clock,
    crypto::DataKey,
    db::Store,
    document::{checks, day, kind::of_step},
    proofing::{checks::Side, graphql::ProofingImageSide},
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
                None => return Ok(ScenarioUpload::NotAScenario),
                Some(Err(error)) => return Ok(syntax_error(&error)),
                Some(Ok(scenario)) => scenario,
            };
            Ok(match proofing(upload.store, row, side, &scenario).await? {
                Ok(shown) => ScenarioUpload::Applied(capture::blank(upload.max_pixels).await?, shown),
                Err(message) => ScenarioUpload::Rejected(UploadRejection { message, position: None }),
            })
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
                None => return Ok(ScenarioUpload::NotAScenario),
                Some(Err(error)) => return Ok(syntax_error(&error)),
                Some(Ok(scenario)) => scenario,
            };
            Ok(match document(upload.store, clock, key, row.id, &scenario).await? {
                Ok(()) => ScenarioUpload::Applied(capture::blank(upload.max_pixels).await?, ()),
                Err(message) => ScenarioUpload::Rejected(UploadRejection { message, position: None }),
            })
        })
    }
}

fn syntax_error<T>(error: &ParseError) -> ScenarioUpload<T> {
    ScenarioUpload::Rejected(UploadRejection {
        message: format!("this is neither an image nor a scenario: {error}"),
        position: Some((error.line, error.column)),
    })
}

/// The uploaded scenario, or why it cannot be parsed. `None` if the upload is not text or the project is not a Sandbox.
async fn uploaded(
    store: &Store,
    project: Uuid,
    bytes: &[u8],
) -> Result<Option<std::result::Result<Scenario, ParseError>>> {
    let Some(text) = text(bytes) else { return Ok(None) };
    let row = project::Entity::find_by_id(project).one(store.read()).await?;
    if row.is_none_or(|row| row.mode != project::Mode::Sandbox) {
        return Ok(None);
    }
    Ok(Some(parse(text)))
}

/// Returns the upload as text, if it is valid text. An image is not valid text beyond its first bytes.
fn text(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| !text.trim().is_empty())?;
    let is_written = |sign: char| !sign.is_control() || matches!(sign, '\n' | '\r' | '\t');
    text.chars().all(is_written).then_some(text)
}

/// Completes a proofing request as a scenario specifies: what its images show, and its results. Returns
/// whether this image shows a known document. The inner error is the reason why the scenario does not apply.
async fn proofing(
    store: &Store,
    row: &proofing_request::Model,
    side: Side,
    scenario: &Scenario,
) -> Result<std::result::Result<bool, String>> {
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
        return Ok(Err("the scenario has neither an `image` nor a `completeProofing`".to_owned()));
    }
    let completion = match ends.map(capture::completion).transpose() {
        Ok(completion) => completion.flatten(),
        Err(why) => return Ok(Err(why)),
    };
    let [front, back] = shows.map(|it| it.unwrap_or(true));
    let mut says = json!({ "device": row.device_check_result.to_value(), "front": front, "back": back });
    if let Some(completion) = completion {
        says["document"] = completion.document.to_value().into();
        if let Some(score) = completion.score {
            says["score"] = score.into();
        }
    }
    let transaction = store.begin().await?;
    let rows = proofing_request::Entity::find_by_id(row.id);
    let user = lock_owner(&transaction, rows, proofing_request::Column::UserId).await?;
    if row.user_id.is_some() && user.is_err() {
        return Ok(Err(capture::ERASED.to_owned()));
    }
    proofing_request::Entity::update_many()
        .col_expr(proofing_request::Column::Scenario, Expr::value(says.to_string()))
        .filter(proofing_request::Column::Id.eq(row.id))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(Ok(match side {
        Side::Front => front,
        Side::Back => back,
    }))
}

/// Sets the data of a document as a scenario specifies. The inner error is the reason why it does not apply.
async fn document(
    store: &Store,
    clock: &Clock,
    key: &DataKey,
    id: Uuid,
    scenario: &Scenario,
) -> Result<std::result::Result<(), String>> {
    let said = scenario.steps.iter().rev().find_map(|step| match step {
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
    let Some(said) = said else { return Ok(Err("the scenario has no `document`".to_owned())) };
    let transaction = store.begin().await?;
    if lock_owner(&transaction, Entity::find_by_id(id), Column::UserId).await?.is_err() {
        return Ok(Err(capture::ERASED.to_owned()));
    }
    let row = Entity::find().filter(Column::Id.eq(id)).lock_exclusive().one(&transaction).await?;
    let row: Model = row.ok_or(Error::Fault("a document was deleted while its image was uploaded"))?;
    let session = row.session_id.unwrap_or_default();
    let session = verification_session::Entity::find_by_id(session).one(&transaction).await?;
    if session.is_none_or(|session| crate::session::rules::is_closed(session.status)) {
        return Ok(Err("the session is closed".to_owned()));
    }
    // The step of the document is fixed. Its type may not be.
    let here = Document { step: row.step.map(Into::into), ..said.clone() };
    let new = match capture::read(&here) {
        Ok(new) => new,
        Err(why) => return Ok(Err(why)),
    };
    let Ok(kind) = of_step(row.step, new.kind.or(row.kind)) else {
        return Ok(Err("the step does not capture a document of this type".to_owned()));
    };
    let now = clock.now();
    let (mrz_status, findings) = checks::check(&new.fields, day(now));
    let (project, match_level) = (row.project_id, new.match_level.or(row.match_level));
    let mut change = row.into_active_model();
    change.kind = Set(kind);
    change.fields = Set(new.fields.seal(key, project, id)?);
    change.mrz_status = Set(mrz_status);
    change.findings = Set(Findings(findings));
    change.match_level = Set(match_level);
    change.updated_at = Set(now);
    change.update(&transaction).await?;
    transaction.commit().await?;
    Ok(Ok(()))
}
