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
use crate::{
    Result,
    auth::Permission,
    blob::{Purpose, Ticket},
    document::{
        Fields,
        kind::{is_read_out, of_step, room},
        store::submit::{self, NewDocument, SubmitOutcome},
    },
    graphql::{
        Date, DateTime, Request, mutate,
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

/// Type of a document in a session.
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
    /// A proof of the user's address.
    AddressProof,
    /// The user's face, photographed during the check. Belongs to no step.
    FacePhoto,
    /// The report about the check, as an image. Belongs to no step.
    Report,
}

/// Data that was read from a document. Omit what was not read.
#[derive(Clone, Debug, Default, InputObject)]
pub struct DocumentFieldsInput {
    /// The given names.
    first_name: Option<String>,
    /// The family name.
    last_name: Option<String>,
    /// The full name, if given names and family name are not separate.
    full_name: Option<String>,
    /// The day of birth.
    date_of_birth: Option<Date>,
    /// The place of birth.
    place_of_birth: Option<String>,
    /// The sex, as in the document: `M`, `F` or `X`.
    sex: Option<String>,
    /// The address.
    address: Option<String>,
    /// The number of the document.
    id_number: Option<String>,
    /// The day of issue.
    date_of_issue: Option<Date>,
    /// Last day of validity.
    date_of_expiration: Option<Date>,
    /// Issuer of the document.
    issuer: Option<String>,
    /// Lines of the machine-readable zone, exactly as read.
    mrz_lines: Option<Vec<String>>,
    /// Kinds of proof of address, as free text.
    doc_types: Option<Vec<String>>,
}

/// Input of the `submitSessionDocument` mutation.
#[derive(InputObject)]
pub struct SubmitSessionDocumentInput {
    /// Id of the session.
    session_id: ID,
    /// The step in which the document was captured. Omit it for a face photo or a report, which belong to no
    /// step.
    step: Option<VerificationStep>,
    /// Type of the document, if it is known and the step allows several types.
    document_type: Option<SessionDocumentType>,
    /// Data that was read from the document. Omit it for a face photo or a report.
    fields: Option<DocumentFieldsInput>,
    /// Face match score from 0 to 100, on the scale of the system that compared the faces.
    match_level: Option<i32>,
    /// Id of an identification of the same user that the document also belongs to.
    identification_id: Option<ID>,
    /// Kinds of the images that will be uploaded.
    images: Option<Vec<DocumentImageKind>>,
    /// Idempotency key, 1 to 255 characters of A-Z, a-z, 0-9, _ and -. A repeated request with the same key
    /// and input returns the first result for 24 hours.
    idempotency_key: Option<String>,
}

/// Upload URL of an image.
#[derive(SimpleObject)]
pub struct DocumentImageUpload {
    /// Kind of the image.
    kind: DocumentImageKind,
    /// URL to PUT the image to, as `application/octet-stream`. It needs no token. An absolute URL, or a path
    /// on this server if the server does not know its own address.
    url: String,
    /// Time at which the URL expires.
    expires_at: DateTime,
}

/// Success result of the `submitSessionDocument` mutation.
#[derive(SimpleObject)]
pub struct SubmitSessionDocumentSuccessPayload {
    /// Id of the document.
    document_id: ID,
    /// The document. Null if the token may not read it.
    document: Option<IdentificationDocument>,
    /// Upload URLs of the images, in the order of `images`.
    uploads: Vec<DocumentImageUpload>,
}

payload! {
    /// Result of the `submitSessionDocument` mutation.
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
    /// Adds a document to a verification session, with the data that was read from it, and returns upload
    /// URLs for its images. Inconsistencies are reported as findings of the document and do not reject it.
    /// Null only if the mutation failed; see `errors`.
    async fn submit_session_document(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: SubmitSessionDocumentInput,
    ) -> Result<Option<SubmitSessionDocumentPayload>> {
        use SubmitSessionDocumentPayload::{
            IdentificationNotFound, Invalid, KeyReused, SessionClosed, SessionNotFound, Success, UserErased,
        };

        mutate(ctx, |request| async move {
            let images = input.images.clone().unwrap_or_default();
            // A malformed id matches no row.
            let Ok(session) = Uuid::try_parse(&input.session_id) else {
                return Ok(SessionNotFound(VerificationSessionNotFoundRejection::new()));
            };
            let identification = match input.identification_id.as_ref().map(|id| Uuid::try_parse(id)) {
                None => None,
                Some(Ok(id)) => Some(id),
                Some(Err(_)) => {
                    return Ok(IdentificationNotFound(IdentificationNotFoundRejection::new()));
                }
            };
            let new = match input.read(request, session, identification)? {
                Ok(new) => new,
                Err(text) => return Ok(Invalid(InvalidDocumentRejection::because(text))),
            };
            let attempt = || async {
                let submitted =
                    submit::submit(&request.store, &request.vault, &request.clock, &request.caller, &new)
                        .await?;
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
            idempotent(request, new.key.as_ref(), attempt).await
        })
        .await
        .map(Some)
    }
}

/// Creates the upload URL of a document's image.
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

/// Returns the document if the token may read it.
async fn opened(ctx: &Context<'_>, request: &Request, row: Model) -> Result<Option<IdentificationDocument>> {
    if !request.caller.holds(Permission::DocumentsView) {
        return Ok(None);
    }
    Ok(IdentificationDocument::all(ctx, vec![row]).await?.pop())
}

impl SubmitSessionDocumentInput {
    /// Validates the input. The inner error is the reason why the document is invalid.
    fn read(
        self,
        request: &Request,
        session: Uuid,
        identification: Option<Uuid>,
    ) -> Result<Result<NewDocument, String>> {
        let step = self.step.map(Into::into);
        let Ok(kind) = of_step(step, self.document_type.map(Into::into)) else {
            let text = match step {
                Some(_) => "the step does not capture a document of this type",
                None => "set `step`: only a face photo and a report have none",
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
                return Ok(Err(format!("the field `{name}` is empty, too long, or contains NUL")));
            }
        };
        if kind.is_some_and(|kind| !is_read_out(kind)) && fields != Fields::default() {
            return Ok(Err("a document of this type has no fields".to_owned()));
        }
        if kind == Some(Kind::Report) && self.match_level.is_some() {
            return Ok(Err("a report has no `matchLevel`".to_owned()));
        }
        if self.match_level.is_some_and(|level| !(0..=100).contains(&level)) {
            return Ok(Err("`matchLevel` must be from 0 to 100".to_owned()));
        }
        let images: Vec<_> = images.iter().map(ActiveEnum::to_value).collect();
        let key_input = serde_json::json!([
            session,
            identification,
            step,
            kind.map(|kind| kind.to_value()),
            fields,
            images,
            self.match_level
        ]);
        let key = idempotency_key(request, self.idempotency_key, "submitSessionDocument", &key_input)?;
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
