use async_graphql::{Context, InputObject, Object, SimpleObject};

use super::{
    DocumentType, Identification, IdentificationProcess, Reason, lifecycle::REASON,
    mutation::IdentificationLevelStatusesInput,
};
use crate::{
    CheckError, Error, Result,
    document::{
        Fields,
        graphql::{input::DocumentFieldsInput, rejection::InvalidDocumentRejection},
    },
    graphql::{
        DateTime, IdInput, mutate,
        payload::idempotency_key,
        rejection::{ForbiddenRejection, IdempotencyKeyReusedRejection},
        validated_text,
    },
    idempotency,
    identification::{
        graphql::rejection::{
            IdentificationAlreadyAddedRejection, InvalidIdentificationErrorReasonsRejection,
            InvalidIdentificationLevelsRejection,
        },
        rules,
        store::start::{self, NewIdentification, StartOutcome},
    },
    payload,
    user::graphql::rejection::{UserDeactivatedRejection, UserNotFoundRejection},
};

/// The identity document that was presented to another provider.
#[derive(Clone, Debug, InputObject)]
pub struct ExternalIdentityDocumentInput {
    /// Type of the document.
    document_type: DocumentType,
    /// Data that was read from the document. Its last day of validity can end the validity of the levels; see
    /// `setLevelValidity`.
    fields: DocumentFieldsInput,
}

/// Input of the `addExternalIdentification` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct AddExternalIdentificationInput {
    /// Id of the user.
    user_id: IdInput,
    /// The process that the check is equivalent to.
    process: IdentificationProcess,
    /// Statuses of the levels that the process awards. All of them are required.
    levels: IdentificationLevelStatusesInput,
    /// Reasons for the levels that are `Invalid`. Must be omitted if no level is.
    error_reasons: Option<Vec<Reason>>,
    /// Name of the provider that made the check.
    provider: String,
    /// The provider's reference of the check. Each reference of a provider is stored only once.
    reference: String,
    /// Time of the check. Default: now.
    identified_at: Option<DateTime>,
    /// The identity document that was presented.
    identity_document: Option<ExternalIdentityDocumentInput>,
    /// Idempotency key, 1 to 255 characters of A-Z, a-z, 0-9, _ and -. A repeated request with the same key
    /// and input returns the first result for 24 hours.
    idempotency_key: Option<String>,
}

/// Success result of the `addExternalIdentification` mutation.
#[derive(SimpleObject)]
pub struct AddExternalIdentificationSuccessPayload {
    /// The identification. Null if the token may not read it.
    identification: Option<Identification>,
}

payload! {
    /// Result of the `addExternalIdentification` mutation.
    AddExternalIdentificationPayload: AddExternalIdentificationSuccessPayload,
    UserNotFound(UserNotFoundRejection),
    UserDeactivated(UserDeactivatedRejection),
    AlreadyAdded(IdentificationAlreadyAddedRejection),
    InvalidLevels(InvalidIdentificationLevelsRejection),
    InvalidReasons(InvalidIdentificationErrorReasonsRejection),
    InvalidDocument(InvalidDocumentRejection),
    KeyReused(IdempotencyKeyReusedRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations that import results of other providers.
#[derive(Default)]
pub struct ExternalMutation;

#[Object]
impl ExternalMutation {
    /// Adds the result of a check by another provider, with the identity document that was presented. Null
    /// only if the mutation failed; see `errors`.
    async fn add_external_identification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: AddExternalIdentificationInput,
    ) -> Result<Option<AddExternalIdentificationPayload>> {
        mutate(ctx, |request| async move {
            let wanted = match input.read(request) {
                Ok(wanted) => wanted,
                Err(error) => return error.map(|payload| *payload).into_outcome(),
            };
            let user = wanted.user;
            let op = request.op();
            let attempt =
                || async { Ok((start::start(op, &wanted).await?, user.to_string().as_str()).into()) };
            idempotency::run(request.op(), wanted.key.as_ref(), attempt).await
        })
        .await
        .map(Some)
    }
}

impl AddExternalIdentificationInput {
    /// Validates the input. Rejected with the payload to return.
    fn read(
        self,
        request: &crate::graphql::Request,
    ) -> Result<NewIdentification, CheckError<Box<AddExternalIdentificationPayload>>> {
        use AddExternalIdentificationPayload as Payload;

        let user = self.user_id.uuid();
        let process = self.process.into();
        let reasons: Vec<_> = self.error_reasons.unwrap_or_default().into_iter().map(Into::into).collect();
        let levels = match rules::outcome(process, self.levels.statuses(), &reasons) {
            Ok(levels) => levels,
            Err(rules::TransitionError::NoReason | rules::TransitionError::NoInvalid) => {
                return Err(CheckError::Rejected(Box::new(Payload::InvalidReasons(
                    InvalidIdentificationErrorReasonsRejection::new(),
                ))));
            }
            Err(
                rules::TransitionError::Nothing
                | rules::TransitionError::NotAwarded(_)
                | rules::TransitionError::IllegalTransition(..),
            ) => {
                let text = "set a status for each level that the process awards, and for no other";
                return Err(CheckError::Rejected(Box::new(Payload::InvalidLevels(
                    InvalidIdentificationLevelsRejection::because(text),
                ))));
            }
        };
        let provider = validated_text("provider", &self.provider, REASON)?.to_owned();
        let reference = validated_text("reference", &self.reference, REASON)?.to_owned();
        let created_at = self.identified_at.map(|at| at.0);
        if created_at.is_some_and(|at| at > request.clock.now()) {
            return Err(Error::argument("identifiedAt", "must not be in the future").into());
        }
        let document = self.identity_document.map(|document| {
            let kind = entity::identification::DocumentType::from(document.document_type);
            Fields::from(document.fields).validated().map(|fields| (kind, fields))
        });
        let document = match document.transpose() {
            Ok(document) => document,
            Err(name) => {
                let text = format!("the field `{name}` is empty, too long, or contains NUL");
                return Err(CheckError::Rejected(Box::new(Payload::InvalidDocument(
                    InvalidDocumentRejection::because(text),
                ))));
            }
        };
        let key_input = serde_json::json!([
            user,
            self.process.name(),
            levels.map(|status| format!("{status:?}")),
            reasons,
            provider,
            reference,
            created_at.map(|at| at.0),
            document.as_ref().map(|(kind, fields)| (format!("{kind:?}"), fields)),
        ]);
        let key = idempotency_key(request, self.idempotency_key, "addExternalIdentification", &key_input)?;
        let source = Some((provider, reference));
        Ok(NewIdentification { user, process, levels, reasons, created_at, document, source, key })
    }
}

/// With the id as the client wrote it.
impl From<(StartOutcome, &str)> for AddExternalIdentificationPayload {
    fn from((outcome, id): (StartOutcome, &str)) -> Self {
        match outcome {
            StartOutcome::Done(row) => Self::Success(AddExternalIdentificationSuccessPayload {
                identification: Some(Identification(row)),
            }),
            StartOutcome::UserNotFound => Self::UserNotFound(UserNotFoundRejection::new(id)),
            StartOutcome::UserDeactivated => Self::UserDeactivated(UserDeactivatedRejection::new()),
            StartOutcome::Known(_) => Self::AlreadyAdded(IdentificationAlreadyAddedRejection::new()),
            StartOutcome::KeyReused => Self::KeyReused(IdempotencyKeyReusedRejection::new()),
        }
    }
}
