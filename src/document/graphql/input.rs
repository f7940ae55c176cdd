use async_graphql::{Enum, InputObject};
use entity::{document::Kind, document_image::Kind::Selfie};
use schemars::JsonSchema;
use sea_orm::ActiveEnum;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    CheckError, Result,
    document::{
        Fields,
        graphql::DocumentImageKind,
        kind::{is_read_out, of_step, room},
        store::submit::NewDocument,
    },
    graphql::{Date, IdInput, Request, payload::idempotency_key},
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

/// Input of the `submitSessionDocument` mutation.
#[derive(InputObject)]
pub struct SubmitSessionDocumentInput {
    /// Id of the session.
    pub(super) session_id: IdInput,
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
    pub(super) identification_id: Option<IdInput>,
    /// Kinds of the images that will be uploaded.
    pub(super) images: Option<Vec<DocumentImageKind>>,
    /// Idempotency key, 1 to 255 characters of A-Z, a-z, 0-9, _ and -. A repeated request with the same key
    /// and input returns the first result for 24 hours.
    pub(super) idempotency_key: Option<String>,
}

impl SubmitSessionDocumentInput {
    /// Validates the input. Rejected with the reason why the document is invalid.
    pub(super) fn read(
        self,
        request: &Request,
        session: Uuid,
        identification: Option<Uuid>,
    ) -> Result<NewDocument, CheckError<String>> {
        let step = self.step.map(Into::into);
        let Ok(kind) = of_step(step, self.document_type.map(Into::into)) else {
            let text = match step {
                Some(_) => "the step does not capture a document of this type",
                None => "set `step`: only a face photo and a report have none",
            };
            return Err(CheckError::Rejected(text.to_owned()));
        };
        let images: Vec<_> = self.images.unwrap_or_default().into_iter().map(Into::into).collect();
        if let Some(other) = images.iter().find(|image| **image != Selfie && !room(kind).contains(image)) {
            return Err(CheckError::Rejected(format!(
                "a document of this type has no image {}",
                other.to_value()
            )));
        }
        let fields = match Fields::from(self.fields.unwrap_or_default()).validated() {
            Ok(fields) => fields,
            Err(name) => {
                return Err(CheckError::Rejected(format!(
                    "the field `{name}` is empty, too long, or contains NUL"
                )));
            }
        };
        if kind.is_some_and(|kind| !is_read_out(kind)) && fields != Fields::default() {
            return Err(CheckError::Rejected("a document of this type has no fields".to_owned()));
        }
        if kind == Some(Kind::Report) && self.match_level.is_some() {
            return Err(CheckError::Rejected("a report has no `matchLevel`".to_owned()));
        }
        if self.match_level.is_some_and(|level| !(0..=100).contains(&level)) {
            return Err(CheckError::Rejected("`matchLevel` must be from 0 to 100".to_owned()));
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
        Ok(NewDocument { session, identification, step, kind, fields, match_level: self.match_level, key })
    }
}
