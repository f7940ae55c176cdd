use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use entity::{
    document::{Kind, Model},
    document_image::Kind::Selfie,
};
use schemars::JsonSchema;
use sea_orm::ActiveEnum;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{DocumentImageKind, IdentificationDocument};
use crate::document::{
    Fields,
    kind::{is_read_out, of_step, room},
    store::submit::{self, NewDocument, SubmitOutcome},
};
use crate::{
    Result,
    auth::{Permission, policy::permits},
    blob::{Purpose, Ticket},
    graphql::{
        ContextExt, Date, DateTime, Request,
        payload::{idempotency_key, idempotent},
        rejection::{
            ForbiddenRejection, IdempotencyKeyReusedRejection, IdentificationNotFoundRejection,
            InvalidDocumentRejection, UserErasedRejection, VerificationSessionClosedRejection,
            VerificationSessionNotFoundRejection,
        },
    },
    payload,
    session::graphql::VerificationStep,
};

/// What a document of a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, JsonSchema)]
#[graphql(rename_items = "PascalCase", remote = "Kind")]
pub enum SessionDocumentType {
    /// An identity card.
    IdCard,
    /// A passport.
    Passport,
    /// A residence permit.
    ResidencePermit,
    /// A driver's license.
    DriversLicense,
    /// The registration of a car.
    CarRegistration,
    /// Something that shows where the user lives.
    AddressProof,
    /// The face of the user, taken while the user was checked. Of no step.
    FacePhoto,
    /// What whoever checked the user wrote about it, as an image. Of no step.
    Report,
}

/// What was read out of a document. What was not is left out.
#[derive(Clone, Debug, Default, InputObject)]
pub struct DocumentFieldsInput {
    /// The given names.
    first_name: Option<String>,
    /// The family name.
    last_name: Option<String>,
    /// The whole name, where it is not told apart.
    full_name: Option<String>,
    /// The day of birth.
    date_of_birth: Option<Date>,
    /// The place of birth.
    place_of_birth: Option<String>,
    /// The sex, as the document has it: `M`, `F`, `X`.
    sex: Option<String>,
    /// The address.
    address: Option<String>,
    /// The number of the document.
    id_number: Option<String>,
    /// The day of issue.
    date_of_issue: Option<Date>,
    /// The last day it is good for.
    date_of_expiration: Option<Date>,
    /// Who issued it.
    issuer: Option<String>,
    /// The lines of the machine-readable zone, letter by letter as they were read.
    mrz_lines: Option<Vec<String>>,
    /// What a proof of address is, in words.
    doc_types: Option<Vec<String>>,
}

/// A document to be added to a session.
#[derive(InputObject)]
pub struct SubmitSessionDocumentInput {
    /// Id of the session.
    session_id: ID,
    /// The step that it was captured in. Left out of a face photo and of a report, which no step gives.
    step: Option<VerificationStep>,
    /// What it is, if somebody has said so and the step leaves a choice.
    document_type: Option<SessionDocumentType>,
    /// What was read out of it. Out of a face photo and of a report nothing is.
    fields: Option<DocumentFieldsInput>,
    /// How well the faces match, from 0 to 100, as whoever compared them counts.
    match_level: Option<i32>,
    /// An identification of the same user that it belongs to as well.
    identification_id: Option<ID>,
    /// The images that are to be uploaded.
    images: Option<Vec<DocumentImageKind>>,
    /// Idempotency key, 1 to 255 characters of A-Z, a-z, 0-9, _ and -. A repeated request with the same key
    /// and input returns the first result for 24 hours.
    idempotency_key: Option<String>,
}

/// Where an image can be uploaded.
#[derive(SimpleObject)]
pub struct DocumentImageUpload {
    /// What the image shows.
    kind: DocumentImageKind,
    /// Where to PUT the image, as `application/octet-stream`: a whole address, or a path of this server if it does not
    /// know by which address you reach it. It needs no token.
    url: String,
    /// Until when.
    expires_at: DateTime,
}

/// The document was added.
#[derive(SimpleObject)]
pub struct SubmitSessionDocumentSuccessPayload {
    /// Id of the document.
    document_id: ID,
    /// The document. Null if the token may not read it.
    document: Option<IdentificationDocument>,
    /// Where its images can be uploaded, in the order in which they were asked for.
    uploads: Vec<DocumentImageUpload>,
}

payload! {
    /// How adding a document ended.
    SubmitSessionDocumentPayload: SubmitSessionDocumentSuccessPayload,
    SessionNotFound(VerificationSessionNotFoundRejection),
    UserErased(UserErasedRejection),
    SessionClosed(VerificationSessionClosedRejection),
    IdentificationNotFound(IdentificationNotFoundRejection),
    Invalid(InvalidDocumentRejection),
    KeyReused(IdempotencyKeyReusedRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations of documents.
#[derive(Default)]
pub struct DocumentMutation;

#[Object]
impl DocumentMutation {
    /// Adds a document to a verification session, with what was read out of it, and gives addresses for its
    /// images. What is odd about it is reported with the document; it is no reason not to keep it. Null only
    /// if the mutation failed; see `errors`.
    async fn submit_session_document(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: SubmitSessionDocumentInput,
    ) -> Result<Option<SubmitSessionDocumentPayload>> {
        use SubmitSessionDocumentPayload::{
            Forbidden, IdentificationNotFound, Invalid, KeyReused, SessionClosed, SessionNotFound, Success,
            UserErased,
        };

        let request = ctx.request()?;
        if !permits(&request.caller, "submitSessionDocument") {
            return Ok(Some(Forbidden(ForbiddenRejection::new())));
        }
        let images = input.images.clone().unwrap_or_default();
        // A malformed id matches no row.
        let Ok(session) = Uuid::try_parse(&input.session_id) else {
            return Ok(Some(SessionNotFound(VerificationSessionNotFoundRejection::new())));
        };
        let identification = match input.identification_id.as_ref().map(|id| Uuid::try_parse(id)) {
            None => None,
            Some(Ok(id)) => Some(id),
            Some(Err(_)) => {
                return Ok(Some(IdentificationNotFound(IdentificationNotFoundRejection::new())));
            }
        };
        let new = match input.read(request, session, identification)? {
            Ok(new) => new,
            Err(text) => return Ok(Some(Invalid(InvalidDocumentRejection::because(text)))),
        };
        let attempt = || async {
            let submitted =
                submit::submit(&request.store, &request.vault, &request.clock, &request.caller, &new).await?;
            request.invalidate_loaders();
            Ok(match submitted {
                SubmitOutcome::Document(row) => Success(SubmitSessionDocumentSuccessPayload {
                    document_id: row.id.into(),
                    uploads: images.iter().map(|kind| upload(request, &row, *kind)).collect(),
                    document: opened(ctx, request, row).await?,
                }),
                SubmitOutcome::SessionNotFound => {
                    SessionNotFound(VerificationSessionNotFoundRejection::new())
                }
                SubmitOutcome::UserErased => UserErased(UserErasedRejection::new()),
                SubmitOutcome::SessionClosed => SessionClosed(VerificationSessionClosedRejection::new()),
                SubmitOutcome::IdentificationNotFound => {
                    IdentificationNotFound(IdentificationNotFoundRejection::new())
                }
                SubmitOutcome::NoSuchStep => {
                    Invalid(InvalidDocumentRejection::because("the session does not capture this step"))
                }
                SubmitOutcome::KeyReused => KeyReused(IdempotencyKeyReusedRejection::new()),
            })
        };
        Ok(Some(idempotent(request, new.key.as_ref(), attempt).await?))
    }
}

/// An address for an image of a document.
fn upload(request: &Request, document: &Model, kind: DocumentImageKind) -> DocumentImageUpload {
    let expires_at = request.machine_clock().now().plus_seconds(Ticket::LIFE);
    let stored = entity::document_image::Kind::from(kind).to_value();
    let ticket = Ticket {
        project: document.project_id,
        good_for: Purpose::Document { document: document.id, kind: stored },
        expires: expires_at.seconds(),
    };
    let url = request.address(&format!("/images/{}", ticket.sign(&request.root)));
    DocumentImageUpload { kind, url, expires_at: DateTime(expires_at) }
}

/// The document, if the token may read it.
async fn opened(ctx: &Context<'_>, request: &Request, row: Model) -> Result<Option<IdentificationDocument>> {
    if !request.caller.holds(Permission::DocumentsView) {
        return Ok(None);
    }
    Ok(IdentificationDocument::all(ctx, vec![row]).await?.pop())
}

impl SubmitSessionDocumentInput {
    /// What it asks for; the inner error says why that is no document.
    fn read(
        self,
        request: &Request,
        session: Uuid,
        identification: Option<Uuid>,
    ) -> Result<Result<NewDocument, String>> {
        let step = self.step.map(Into::into);
        let Ok(kind) = of_step(step, self.document_type.map(Into::into)) else {
            let text = match step {
                Some(_) => "the step gives no document of this type",
                None => "name the step that it was captured in: only a face photo and a report have none",
            };
            return Ok(Err(text.to_owned()));
        };
        let images: Vec<_> = self.images.unwrap_or_default().into_iter().map(Into::into).collect();
        if let Some(other) = images.iter().find(|image| **image != Selfie && !room(kind).contains(image)) {
            return Ok(Err(format!("a document of this type has no image {}", other.to_value())));
        }
        let fields = match Fields::from(self.fields.unwrap_or_default()).validated() {
            Ok(fields) => fields,
            Err(name) => {
                return Ok(Err(format!("the field `{name}` is empty, too long, or has a NUL in it")));
            }
        };
        if kind.is_some_and(|kind| !is_read_out(kind)) && fields != Fields::default() {
            return Ok(Err("nothing is read out of a document of this type".to_owned()));
        }
        if kind == Some(Kind::Report) && self.match_level.is_some() {
            return Ok(Err("a report has no face to match".to_owned()));
        }
        if self.match_level.is_some_and(|level| !(0..=100).contains(&level)) {
            return Ok(Err("a match level is a number from 0 to 100".to_owned()));
        }
        let images: Vec<_> = images.iter().map(ActiveEnum::to_value).collect();
        let asked = serde_json::json!([
            session,
            identification,
            step,
            kind.map(|kind| kind.to_value()),
            fields,
            images,
            self.match_level
        ]);
        let key = idempotency_key(request, self.idempotency_key, "submitSessionDocument", &asked)?;
        Ok(Ok(NewDocument {
            session,
            identification,
            step,
            kind,
            fields,
            match_level: self.match_level,
            key,
        }))
    }
}

impl From<DocumentFieldsInput> for Fields {
    fn from(input: DocumentFieldsInput) -> Self {
        let day = |date: Option<Date>| date.map(|date| date.0);
        Self {
            first_name: input.first_name,
            last_name: input.last_name,
            full_name: input.full_name,
            date_of_birth: day(input.date_of_birth),
            place_of_birth: input.place_of_birth,
            sex: input.sex,
            address: input.address,
            id_number: input.id_number,
            date_of_issue: day(input.date_of_issue),
            date_of_expiration: day(input.date_of_expiration),
            issuer: input.issuer,
            mrz: input.mrz_lines.unwrap_or_default(),
            doc_types: input.doc_types,
        }
    }
}
