//! Steps about sessions, documents, proofing requests and results.

use std::io::Cursor;

use entity::{integration, proofing_request, verification_result};
use image::{ImageFormat, RgbImage};
use sea_orm::{ActiveEnum, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{
    document::{Document, Fields},
    file::{CompleteProofing, CompleteSession, Image, Outcome, Proofing, ResultRequest, Session},
    run::{Run, StepResult},
};
use crate::{
    Error, Result,
    blob::{self, Picture},
    document::{
        self,
        kind::{is_read_out, of_step},
        store::submit::{self, SubmitOutcome},
    },
    proofing::{
        checks::{Completion, ManualChecks, Side},
        graphql::ProofingImageSide,
        outcome,
        rules::score,
        store::steps::{self, StartOutcome, StepOutcome},
    },
    result::{
        Scope,
        graphql::VerificationOutcome,
        integration::{NewIntegration, create},
        store::{self as results, NewResult, RecordOutcome, RequestOutcome},
    },
    session::{
        graphql::VerificationStep,
        store::{
            complete::{self, CompleteOutcome},
            create::{self, NewSession},
        },
    },
    user::{ValidPersonal, personal::key_for},
};

/// Reason for rejecting a step whose user was erased or restricted meanwhile.
pub(super) const ERASED: &str = "the user is erased or restricted";

impl Run<'_> {
    pub(super) async fn session(&self, user: Uuid, session: &Session) -> Result<StepResult> {
        let users = crate::user::store::by_ids(&self.services.store, self.caller, &[user]).await?;
        let ref_id = users.into_iter().next().and_then(|user| user.ref_id);
        let Some(ref_id) = ref_id else {
            return Ok(StepResult::Rejected("the user has no refId".to_owned()));
        };
        let wanted = session.steps.clone().unwrap_or_else(|| vec![VerificationStep::IdDocument]);
        let new = NewSession {
            ref_id,
            flow_id: session.flow_id.clone(),
            steps: wanted.into_iter().map(Into::into).collect(),
            user: ValidPersonal::default(),
            addresses: Vec::new(),
            force: true,
            key: None,
        };
        if let Some(name) = new.unstorable() {
            return Ok(StepResult::Rejected(format!("`{name}` is empty, too long, or contains NUL")));
        }
        let (store, vault) = (&self.services.store, &self.services.vault);
        Ok(match create::create(store, vault, &self.clock, self.caller, &new).await? {
            create::CreateOutcome::Session(row) => StepResult::Done(row.status.to_value(), row.id),
            create::CreateOutcome::UserNotFound | create::CreateOutcome::KeyReused => {
                StepResult::Rejected("the user no longer exists".to_owned())
            }
        })
    }

    pub(super) async fn document(&self, session: Uuid, document: &Document) -> Result<StepResult> {
        let new = match read(document) {
            Ok(new) => submit::NewDocument { session, ..new },
            Err(why) => return Ok(StepResult::Rejected(why)),
        };
        let (store, vault) = (&self.services.store, &self.services.vault);
        Ok(match submit::submit(store, vault, &self.clock, self.caller, &new).await? {
            SubmitOutcome::Document(row) => {
                let zone = document::graphql::MrzStatus::from(row.mrz_status);
                StepResult::Done(format!("zone {zone:?}, {} findings", row.findings.0.len()), row.id)
            }
            SubmitOutcome::UserErased => StepResult::Rejected(ERASED.to_owned()),
            SubmitOutcome::SessionClosed => StepResult::Rejected("the session is closed".to_owned()),
            SubmitOutcome::NoSuchStep => {
                StepResult::Rejected("the session does not capture this step".to_owned())
            }
            SubmitOutcome::SessionNotFound
            | SubmitOutcome::IdentificationNotFound
            | SubmitOutcome::KeyReused => StepResult::Rejected("the session no longer exists".to_owned()),
        })
    }

    pub(super) async fn complete_session(&self, id: Uuid, wanted: &CompleteSession) -> Result<StepResult> {
        let status = wanted.status.into();
        Ok(match complete::complete(&self.services.store, &self.clock, self.caller, id, status).await? {
            CompleteOutcome::Done(row) => StepResult::Done(row.status.to_value(), row.id),
            CompleteOutcome::NotFound => StepResult::Rejected("the session no longer exists".to_owned()),
            CompleteOutcome::UserErased => StepResult::Rejected(ERASED.to_owned()),
            CompleteOutcome::Refused(from) => StepResult::Rejected(format!(
                "a session that is {} cannot become {}",
                from.to_value(),
                status.to_value()
            )),
        })
    }

    pub(super) async fn proofing(&self, user: Uuid, new: &Proofing) -> Result<StepResult> {
        let new = steps::NewProofingRequest {
            user: Some(user.to_string()),
            device: new.device.map(Into::into),
            ..steps::NewProofingRequest::default()
        };
        Ok(match steps::start(&self.services.store, &self.clock, self.caller, new).await? {
            StartOutcome::Started(row) => StepResult::Done(
                format!("{}, device {}", row.state.to_value(), row.device_check_result.to_value()),
                row.id,
            ),
            StartOutcome::UserNotFound | StartOutcome::NoScenario | StartOutcome::KeyReused => {
                StepResult::Rejected("the user no longer exists".to_owned())
            }
        })
    }

    pub(super) async fn image(&self, id: Uuid, image: &Image) -> Result<StepResult> {
        let services = self.services;
        let side = match image.side.unwrap_or(ProofingImageSide::Front) {
            ProofingImageSide::Front => Side::Front,
            ProofingImageSide::Back => Side::Back,
        };
        let project = self.caller.project_id();
        let visible = || crate::proofing::store::visible_to(&services.store, self.caller);
        let row = visible().filter(proofing_request::Column::Id.eq(id)).one(services.store.read()).await?;
        let Some(row) = row else {
            return Ok(StepResult::Rejected("the proofing request no longer exists".to_owned()));
        };
        let key = Box::pin(key_for(&services.store, &services.vault, project, row.user_id)).await?;
        let Some(key) = key else { return Ok(StepResult::Rejected(ERASED.to_owned())) };
        let picture = blank(services.limits.image_pixels).await?;
        let kept = services.images.keep(&key, project, id, side.name(), &picture.bytes);
        let classified = image.classified.unwrap_or(true);
        let taken = (side, self.clock.now(), classified);
        Ok(stepped(steps::image(&services.store, &self.clock, (project, visible(), id), taken, kept).await?))
    }

    pub(super) async fn complete_proofing(&self, id: Uuid, wanted: &CompleteProofing) -> Result<StepResult> {
        let completion = match completion(wanted) {
            Ok(completion) => completion,
            Err(why) => return Ok(StepResult::Rejected(why)),
        };
        let manual = ManualChecks { completion, ..ManualChecks::default() };
        let done = outcome::complete(&self.services.store, &self.clock, self.caller, id, manual).await?;
        Ok(done.map_or_else(|| StepResult::Rejected("no result is set for the request".to_owned()), stepped))
    }

    pub(super) async fn result(&self, user: Uuid, request: &ResultRequest) -> Result<StepResult> {
        let correlation_id = request.correlation_id.as_deref();
        if correlation_id.is_some_and(|id| !crate::session::rules::is_text(id, 255)) {
            return Ok(StepResult::Rejected(
                "`correlationId` is empty, too long, or contains NUL".to_owned(),
            ));
        }
        let integration = self.relying_party().await?;
        let new = NewResult { integration, user, correlation_id, key: None };
        Ok(match results::request(&self.services.store, self.caller, &self.clock, new).await? {
            RequestOutcome::Result(row) => StepResult::Done(row.status.to_value(), row.id),
            RequestOutcome::UnknownUser | RequestOutcome::UnknownIntegration | RequestOutcome::KeyReused => {
                StepResult::Rejected("the user no longer exists".to_owned())
            }
        })
    }

    pub(super) async fn outcome(&self, id: Uuid, outcome: &Outcome) -> Result<StepResult> {
        let status = match outcome.outcome {
            VerificationOutcome::Verified => verification_result::Status::Verified,
            VerificationOutcome::Failed => verification_result::Status::Failed,
        };
        Ok(match results::record(self.op(), id, status).await? {
            RecordOutcome::Result(row) => StepResult::Done(row.status.to_value(), row.id),
            RecordOutcome::NotFound => StepResult::Rejected("the result no longer exists".to_owned()),
            RecordOutcome::UserErased => StepResult::Rejected(ERASED.to_owned()),
            RecordOutcome::Final(status) => {
                StepResult::Rejected(format!("the result is {} already", status.to_value()))
            }
        })
    }

    /// Returns the oldest integration of the project. If the project has none, creates one and discards its
    /// keys.
    async fn relying_party(&self) -> Result<Uuid> {
        let project = self.caller.project_id();
        let known = integration::Entity::find()
            .filter(integration::Column::ProjectId.eq(project))
            .order_by_asc(integration::Column::CreatedAt)
            .one(self.services.store.read())
            .await?;
        if let Some(known) = known {
            return Ok(known.id);
        }
        let new = NewIntegration { project, label: "scenarios".to_owned(), scopes: Scope::ALL.to_vec() };
        let created = create(&self.services.store, &self.services.root, &self.clock, new).await?;
        Ok(created.integration)
    }
}

fn stepped(stepped: StepOutcome) -> StepResult {
    match stepped {
        StepOutcome::Done(row) => StepResult::Done(row.state.to_value(), row.id),
        StepOutcome::NotFound => StepResult::Rejected("the proofing request no longer exists".to_owned()),
        StepOutcome::UserErased => StepResult::Rejected(ERASED.to_owned()),
        StepOutcome::Refused(why) => StepResult::Rejected(why.reason().to_owned()),
    }
}

/// Returns the outcome that a step sets, if any.
pub(super) fn completion(wanted: &CompleteProofing) -> Result<Option<Completion>, String> {
    let wrong = || "`score` must be from 0 to 100".to_owned();
    let score = wanted.score.map(|it| score(it).ok_or_else(wrong)).transpose()?;
    if wanted.document.is_none() && score.is_none() {
        return Ok(None);
    }
    let passed = entity::proofing_request::DocumentAuthentication::Passed;
    Ok(Some(Completion { document: wanted.document.map_or(passed, Into::into), score }))
}

/// Returns the document of a step, which does not belong to a session yet.
pub(super) fn read(document: &Document) -> Result<submit::NewDocument, String> {
    let kind = document.kind.map(entity::document::Kind::from);
    let is_of_no_step = kind.is_some_and(|kind| !is_read_out(kind));
    let step = match document.step {
        None if is_of_no_step => None,
        step => Some(step.unwrap_or(VerificationStep::IdDocument).into()),
    };
    let kind =
        of_step(step, kind).map_err(|_| "the step does not capture a document of this type".to_owned())?;
    let fields = fields(&document.fields, &document.mrz)
        .validated()
        .map_err(|name| format!("the field `{name}` is empty, too long, or contains NUL"))?;
    if is_of_no_step && fields != document::Fields::default() {
        return Err("a document of this type has no fields".to_owned());
    }
    if document.match_level.is_some_and(|level| !(0..=100).contains(&level)) {
        return Err("`matchLevel` must be from 0 to 100".to_owned());
    }
    let (session, match_level) = (Uuid::nil(), document.match_level);
    Ok(submit::NewDocument { session, identification: None, step, kind, fields, match_level, key: None })
}

fn fields(read: &Fields, mrz: &[String]) -> document::Fields {
    let read = read.clone();
    document::Fields {
        first_name: read.first_name,
        last_name: read.last_name,
        full_name: read.full_name,
        date_of_birth: read.date_of_birth,
        place_of_birth: read.place_of_birth,
        sex: read.sex,
        address: read.address,
        id_number: read.id_number,
        date_of_issue: read.date_of_issue,
        date_of_expiration: read.date_of_expiration,
        issuer: read.issuer,
        mrz: mrz.to_vec(),
        doc_types: read.doc_types,
    }
}

/// Draws a blank picture, for places that require an image.
pub(super) async fn blank(most_pixels: u64) -> Result<Picture> {
    let mut bytes = Cursor::new(Vec::new());
    let drawn = RgbImage::from_pixel(32, 20, image::Rgb([200, 200, 200]));
    let failed = "a blank picture could not be drawn";
    drawn.write_to(&mut bytes, ImageFormat::Png).map_err(|_| Error::Fault(failed))?;
    let picture = blob::check(bytes.into_inner(), most_pixels).await;
    picture.map_err(|error| error.into_error(|_| Error::Fault(failed)))
}
