use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::identification::Status;
use uuid::Uuid;

use super::{Identification, IdentificationProcess, IdentificationStatus};
use crate::identification::{
    rules::{self, Cause, TransitionError},
    store::{
        start::{self, NewIdentification, StartOutcome},
        update::{self, UpdateOutcome},
    },
};
use crate::{
    Result,
    graphql::{
        mutate,
        payload::{idempotency_key, idempotent},
        rejection::{
            ForbiddenRejection, IdempotencyKeyReusedRejection, IdentificationNotFoundRejection,
            IdentificationTransitionRefusedRejection, UserDeactivatedRejection, UserErasedRejection,
            UserNotFoundRejection,
        },
        validated_text,
    },
    payload,
};

/// The longest reason, in letters.
pub const REASON: usize = 500;

/// Who is to be identified, and how.
#[derive(Clone, Debug, InputObject)]
pub struct StartIdentificationInput {
    /// The id of the user.
    user_id: ID,
    /// How the person is checked.
    process: IdentificationProcess,
    /// The same key with the same input gives the same identification again for a day: 1 to 255 of `A-Z a-z 0-9 _ -`.
    idempotency_key: Option<String>,
}

/// The identification has begun.
#[derive(SimpleObject)]
pub struct StartIdentificationSuccessPayload {
    /// The identification; `null` if the token may not read it.
    identification: Option<Identification>,
}

payload! {
    /// How beginning an identification ended.
    StartIdentificationPayload: StartIdentificationSuccessPayload,
    UserNotFound(UserNotFoundRejection),
    UserDeactivated(UserDeactivatedRejection),
    KeyReused(IdempotencyKeyReusedRejection),
    Forbidden(ForbiddenRejection),
}

/// What is given up.
#[derive(Clone, Debug, InputObject)]
pub struct CancelIdentificationInput {
    /// The id of the identification.
    identification_id: ID,
    /// Why; kept in the history of its levels.
    reason: Option<String>,
}

/// The identification is given up.
#[derive(SimpleObject)]
pub struct CancelIdentificationSuccessPayload {
    /// The identification; `null` if the token may not read it.
    identification: Option<Identification>,
}

payload! {
    /// How giving up an identification ended.
    CancelIdentificationPayload: CancelIdentificationSuccessPayload,
    NotFound(IdentificationNotFoundRejection),
    UserErased(UserErasedRejection),
    TransitionRefused(IdentificationTransitionRefusedRejection),
    Forbidden(ForbiddenRejection),
}

/// What is not to be valid any more.
#[derive(Clone, Debug, InputObject)]
pub struct RevokeIdentificationInput {
    /// The id of the identification.
    identification_id: ID,
    /// Why; kept in the history of its levels.
    reason: String,
}

/// The identification is not valid any more.
#[derive(SimpleObject)]
pub struct RevokeIdentificationSuccessPayload {
    /// The identification; `null` if the token may not read it.
    identification: Option<Identification>,
}

payload! {
    /// How revoking an identification ended.
    RevokeIdentificationPayload: RevokeIdentificationSuccessPayload,
    NotFound(IdentificationNotFoundRejection),
    UserErased(UserErasedRejection),
    TransitionRefused(IdentificationTransitionRefusedRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations that begin and end identifications.
#[derive(Default)]
pub struct LifecycleMutation;

#[Object]
impl LifecycleMutation {
    /// Begins an identification of a user: its levels are `Started`, and expire if its process takes longer than it may.
    /// `null` only if it failed, with an error that says how.
    async fn start_identification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is to be identified, and how.")] input: StartIdentificationInput,
    ) -> Result<Option<StartIdentificationPayload>> {
        use StartIdentificationPayload as Payload;

        mutate(ctx, |request| async move {
            // What is no id is nobody's.
            let Ok(user) = Uuid::try_parse(&input.user_id) else {
                return Ok(Payload::UserNotFound(UserNotFoundRejection::new(&input.user_id)));
            };
            let process: entity::identification::Process = input.process.into();
            let asked = serde_json::json!([user, input.process.name()]);
            let key = idempotency_key(request, input.idempotency_key, "startIdentification", &asked)?;
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
            let attempt = || async {
                Ok(match start::start(op, &wanted).await? {
                    StartOutcome::Done(row) => Payload::Success(StartIdentificationSuccessPayload {
                        identification: Some(Identification(row)),
                    }),
                    // Without a source there is no other of it.
                    StartOutcome::UserNotFound | StartOutcome::Known(_) => {
                        Payload::UserNotFound(UserNotFoundRejection::new(&input.user_id))
                    }
                    StartOutcome::UserDeactivated => {
                        Payload::UserDeactivated(UserDeactivatedRejection::new())
                    }
                    StartOutcome::KeyReused => Payload::KeyReused(IdempotencyKeyReusedRejection::new()),
                })
            };
            let payload = idempotent(request, wanted.key.as_ref(), attempt).await?;
            Ok(payload)
        })
        .await
        .map(Some)
    }

    /// Gives up an identification: whatever of it is still going on is `Canceled`. Giving it up twice changes nothing the
    /// second time. `null` only if it failed, with an error that says how.
    async fn cancel_identification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is given up.")] input: CancelIdentificationInput,
    ) -> Result<Option<CancelIdentificationPayload>> {
        use CancelIdentificationPayload as Payload;

        mutate(ctx, |request| async move {
            let why =
                input.reason.as_deref().map(|text| validated_text("reason", text, REASON)).transpose()?;
            let id = Uuid::try_parse(&input.identification_id).unwrap_or_default();
            let op = request.op();
            let ended = update::end(op, id, Cause::Cancel, why).await?;
            Ok(match ended {
                UpdateOutcome::Done(row) => Payload::Success(CancelIdentificationSuccessPayload {
                    identification: Some(Identification(row)),
                }),
                UpdateOutcome::NotFound => Payload::NotFound(IdentificationNotFoundRejection::new()),
                UpdateOutcome::UserErased => Payload::UserErased(UserErasedRejection::new()),
                UpdateOutcome::Refused(refused) => Payload::TransitionRefused(no_way(refused)),
            })
        })
        .await
        .map(Some)
    }

    /// Ends the validity of an identification: its `Valid` levels are `Expired` from now on. Revoking it twice changes
    /// nothing the second time. `null` only if it failed, with an error that says how.
    async fn revoke_identification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is not to be valid any more.")] input: RevokeIdentificationInput,
    ) -> Result<Option<RevokeIdentificationPayload>> {
        use RevokeIdentificationPayload as Payload;

        mutate(ctx, |request| async move {
            let why = validated_text("reason", &input.reason, REASON)?;
            let id = Uuid::try_parse(&input.identification_id).unwrap_or_default();
            let op = request.op();
            let ended = update::end(op, id, Cause::Revoke, Some(why)).await?;
            Ok(match ended {
                UpdateOutcome::Done(row) => Payload::Success(RevokeIdentificationSuccessPayload {
                    identification: Some(Identification(row)),
                }),
                UpdateOutcome::NotFound => Payload::NotFound(IdentificationNotFoundRejection::new()),
                UpdateOutcome::UserErased => Payload::UserErased(UserErasedRejection::new()),
                UpdateOutcome::Refused(refused) => Payload::TransitionRefused(no_way(refused)),
            })
        })
        .await
        .map(Some)
    }
}

/// What cannot be ended, in words that name both states.
fn no_way(refused: TransitionError) -> IdentificationTransitionRefusedRejection {
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
