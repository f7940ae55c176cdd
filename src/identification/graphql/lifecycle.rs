use async_graphql::{Context, InputObject, Object, SimpleObject};
use entity::identification::Status;

use super::{Identification, IdentificationProcess, IdentificationStatus};
use crate::{
    Result,
    graphql::{
        IdInput, mutate,
        payload::idempotency_key,
        rejection::{ForbiddenRejection, IdempotencyKeyReusedRejection},
        validated_text,
    },
    idempotency,
    identification::{
        graphql::rejection::{IdentificationNotFoundRejection, IdentificationTransitionRefusedRejection},
        rules::{self, Cause, TransitionError},
        store::{
            start::{self, NewIdentification, StartOutcome},
            update::{self, UpdateOutcome},
        },
    },
    payload,
    user::graphql::rejection::{UserDeactivatedRejection, UserErasedRejection, UserNotFoundRejection},
};

/// Maximum length of a reason, in characters.
pub const REASON: usize = 500;

/// Input of the `startIdentification` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct StartIdentificationInput {
    /// Id of the user.
    user_id: IdInput,
    /// The process of the identification.
    process: IdentificationProcess,
    /// Idempotency key, 1 to 255 characters of A-Z, a-z, 0-9, _ and -. A repeated request with the same key
    /// and input returns the first result for 24 hours.
    idempotency_key: Option<String>,
}

/// Success result of the `startIdentification` mutation.
#[derive(SimpleObject)]
pub struct StartIdentificationSuccessPayload {
    /// The identification. Null if the token may not read it.
    identification: Option<Identification>,
}

payload! {
    /// Result of the `startIdentification` mutation.
    StartIdentificationPayload: StartIdentificationSuccessPayload,
    UserNotFound(UserNotFoundRejection),
    UserDeactivated(UserDeactivatedRejection),
    KeyReused(IdempotencyKeyReusedRejection),
    Forbidden(ForbiddenRejection),
}

/// Input of the `cancelIdentification` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct CancelIdentificationInput {
    /// Id of the identification.
    identification_id: IdInput,
    /// Reason, recorded in the history of the levels.
    reason: Option<String>,
}

/// Success result of the `cancelIdentification` mutation.
#[derive(SimpleObject)]
pub struct CancelIdentificationSuccessPayload {
    /// The identification. Null if the token may not read it.
    identification: Option<Identification>,
}

payload! {
    /// Result of the `cancelIdentification` mutation.
    CancelIdentificationPayload: CancelIdentificationSuccessPayload,
    NotFound(IdentificationNotFoundRejection),
    UserErased(UserErasedRejection),
    TransitionRefused(IdentificationTransitionRefusedRejection),
    Forbidden(ForbiddenRejection),
}

/// Input of the `revokeIdentification` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct RevokeIdentificationInput {
    /// Id of the identification.
    identification_id: IdInput,
    /// Reason, recorded in the history of the levels.
    reason: String,
}

/// Success result of the `revokeIdentification` mutation.
#[derive(SimpleObject)]
pub struct RevokeIdentificationSuccessPayload {
    /// The identification. Null if the token may not read it.
    identification: Option<Identification>,
}

payload! {
    /// Result of the `revokeIdentification` mutation.
    RevokeIdentificationPayload: RevokeIdentificationSuccessPayload,
    NotFound(IdentificationNotFoundRejection),
    UserErased(UserErasedRejection),
    TransitionRefused(IdentificationTransitionRefusedRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations that start, cancel and revoke identifications.
#[derive(Default)]
pub struct LifecycleMutation;

#[Object]
impl LifecycleMutation {
    /// Starts an identification of a user. Its levels are `Started`, and expire if the process takes longer
    /// than allowed. Null only if the mutation failed; see `errors`.
    async fn start_identification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: StartIdentificationInput,
    ) -> Result<Option<StartIdentificationPayload>> {
        mutate(ctx, |request| async move {
            let user = input.user_id.uuid();
            let process: entity::identification::Process = input.process.into();
            let key_input = serde_json::json!([user, input.process.name()]);
            let key = idempotency_key(request, input.idempotency_key, "startIdentification", &key_input)?;
            let wanted = NewIdentification {
                user,
                process,
                levels: rules::levels(process, Status::Started),
                reasons: Vec::new(),
                created_at: None,
                document: None,
                source: None,
                key,
            };
            let op = request.op();
            let attempt = || async { Ok((start::start(op, &wanted).await?, &*input.user_id).into()) };
            idempotency::run(request.op(), wanted.key.as_ref(), attempt).await
        })
        .await
        .map(Some)
    }

    /// Cancels an identification: levels that are not final become `Canceled`. Canceling an identification
    /// twice has no further effect. Null only if the mutation failed; see `errors`.
    async fn cancel_identification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: CancelIdentificationInput,
    ) -> Result<Option<CancelIdentificationPayload>> {
        mutate(ctx, |request| async move {
            let why =
                input.reason.as_deref().map(|text| validated_text("reason", text, REASON)).transpose()?;
            let id = input.identification_id.uuid();
            let op = request.op();
            let ended = update::end(op, id, Cause::Cancel, why).await?;
            Ok(ended.into())
        })
        .await
        .map(Some)
    }

    /// Ends the validity of an identification: its `Valid` levels become `Expired`. Revoking an
    /// identification twice has no further effect. Null only if the mutation failed; see `errors`.
    async fn revoke_identification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: RevokeIdentificationInput,
    ) -> Result<Option<RevokeIdentificationPayload>> {
        mutate(ctx, |request| async move {
            let why = validated_text("reason", &input.reason, REASON)?;
            let id = input.identification_id.uuid();
            let op = request.op();
            let ended = update::end(op, id, Cause::Revoke, Some(why)).await?;
            Ok(ended.into())
        })
        .await
        .map(Some)
    }
}

/// Rejection of an illegal transition. The message names both statuses.
fn transition_rejection(refused: TransitionError) -> IdentificationTransitionRefusedRejection {
    match refused {
        TransitionError::IllegalTransition(from, to) => {
            let (from, to) = (IdentificationStatus::from(from), IdentificationStatus::from(to));
            let message = format!("an identification that is {} cannot become {}", from.name(), to.name());
            IdentificationTransitionRefusedRejection::because(message)
        }
        TransitionError::Nothing
        | TransitionError::NotAwarded(_)
        | TransitionError::NoReason
        | TransitionError::NoInvalid => IdentificationTransitionRefusedRejection::new(),
    }
}

/// With the id as the client wrote it.
impl From<(StartOutcome, &str)> for StartIdentificationPayload {
    fn from((outcome, id): (StartOutcome, &str)) -> Self {
        match outcome {
            StartOutcome::Done(row) => {
                Self::Success(StartIdentificationSuccessPayload { identification: Some(Identification(row)) })
            }
            // `Known` does not occur: it requires a source reference, and this identification has none.
            StartOutcome::UserNotFound | StartOutcome::Known(_) => {
                Self::UserNotFound(UserNotFoundRejection::new(id))
            }
            StartOutcome::UserDeactivated => Self::UserDeactivated(UserDeactivatedRejection::new()),
            StartOutcome::KeyReused => Self::KeyReused(IdempotencyKeyReusedRejection::new()),
        }
    }
}

impl From<UpdateOutcome> for CancelIdentificationPayload {
    fn from(outcome: UpdateOutcome) -> Self {
        match outcome {
            UpdateOutcome::Done(row) => Self::Success(CancelIdentificationSuccessPayload {
                identification: Some(Identification(row)),
            }),
            UpdateOutcome::NotFound => Self::NotFound(IdentificationNotFoundRejection::new()),
            UpdateOutcome::UserErased => Self::UserErased(UserErasedRejection::new()),
            UpdateOutcome::Refused(refused) => Self::TransitionRefused(transition_rejection(refused)),
        }
    }
}

impl From<UpdateOutcome> for RevokeIdentificationPayload {
    fn from(outcome: UpdateOutcome) -> Self {
        match outcome {
            UpdateOutcome::Done(row) => Self::Success(RevokeIdentificationSuccessPayload {
                identification: Some(Identification(row)),
            }),
            UpdateOutcome::NotFound => Self::NotFound(IdentificationNotFoundRejection::new()),
            UpdateOutcome::UserErased => Self::UserErased(UserErasedRejection::new()),
            UpdateOutcome::Refused(refused) => Self::TransitionRefused(transition_rejection(refused)),
        }
    }
}
