use async_graphql::{Context, ID, Object, SimpleObject};
use entity::document::Model;
use sea_orm::ActiveEnum;

use super::{DocumentImageKind, IdentificationDocument};
use crate::{
    Result,
    auth::Permission,
    blob::{Purpose, Ticket},
    document::{
        graphql::{input::SubmitSessionDocumentInput, rejection::InvalidDocumentRejection},
        store::submit::{self, SubmitOutcome},
    },
    graphql::{
        DateTime, IdInput, Request, mutate,
        rejection::{ForbiddenRejection, IdempotencyKeyReusedRejection},
    },
    idempotency,
    identification::graphql::rejection::IdentificationNotFoundRejection,
    payload,
    session::graphql::rejection::{VerificationSessionClosedRejection, VerificationSessionNotFoundRejection},
    user::graphql::rejection::UserErasedRejection,
};

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
            let session = input.session_id.uuid();
            let identification = input.identification_id.as_ref().map(IdInput::uuid);
            let invalid = |text| Invalid(InvalidDocumentRejection::because(text));
            let new = match input.read(request, session, identification) {
                Ok(new) => new,
                Err(error) => return error.map(invalid).into_outcome(),
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
            idempotency::run(request.op(), new.key.as_ref(), attempt).await
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
