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
    auth::policy,
    graphql::{
        ContextExt,
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
    /// Id of the user.
    user_id: ID,
    /// How the person is checked.
    process: IdentificationProcess,
    /// Idempotency key, 1 to 255 characters of A-Z, a-z, 0-9, _ and -. A repeated request with the same key
    /// and input returns the first result for 24 hours.
    idempotency_key: Option<String>,
}

/// The identification has begun.
#[derive(SimpleObject)]
pub struct StartIdentificationSuccessPayload {
    /// The identification. Null if the token may not read it.
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
    /// Id of the identification.
    identification_id: ID,
    /// Why; kept in the history of its levels.
    reason: Option<String>,
}

/// The identification is given up.
#[derive(SimpleObject)]
pub struct CancelIdentificationSuccessPayload {
    /// The identification. Null if the token may not read it.
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
    /// Id of the identification.
    identification_id: ID,
    /// Why; kept in the history of its levels.
    reason: String,
}

/// The identification is not valid any more.
#[derive(SimpleObject)]
pub struct RevokeIdentificationSuccessPayload {
    /// The identification. Null if the token may not read it.
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
    /// Begins an identification of a user: its levels are `Started`, and expire if its process takes longer
    /// than it may. Null only if the mutation failed; see `errors`.
    async fn start_identification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: StartIdentificationInput,
    ) -> Result<Option<StartIdentificationPayload>> {
        use StartIdentificationPayload as Payload;

        let request = ctx.request()?;
        if !policy::permits(&request.caller, "startIdentification") {
            return Ok(Some(Payload::Forbidden(ForbiddenRejection::new())));
        }
        // A malformed id matches no row.
        let Ok(user) = Uuid::try_parse(&input.user_id) else {
            return Ok(Some(Payload::UserNotFound(UserNotFoundRejection::new(&input.user_id))));
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
        let tools = (&request.store, &request.vault, &request.caller, &request.clock);
        let attempt = || async {
            Ok(match start::start(tools, &wanted).await? {
                StartOutcome::Done(row) => Payload::Success(StartIdentificationSuccessPayload {
                    identification: Some(Identification(row)),
                }),
                // Without a source there is no other of it.
                StartOutcome::UserNotFound | StartOutcome::Known(_) => {
                    Payload::UserNotFound(UserNotFoundRejection::new(&input.user_id))
                }
                StartOutcome::UserDeactivated => Payload::UserDeactivated(UserDeactivatedRejection::new()),
                StartOutcome::KeyReused => Payload::KeyReused(IdempotencyKeyReusedRejection::new()),
            })
        };
        let payload = idempotent(request, wanted.key.as_ref(), attempt).await?;
        request.invalidate_loaders();
        Ok(Some(payload))
    }

    /// Gives up an identification: whatever of it is still going on is `Canceled`. Giving it up twice changes
    /// nothing the second time. Null only if the mutation failed; see `errors`.
    async fn cancel_identification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: CancelIdentificationInput,
    ) -> Result<Option<CancelIdentificationPayload>> {
        use CancelIdentificationPayload as Payload;

        let request = ctx.request()?;
        if !policy::permits(&request.caller, "cancelIdentification") {
            return Ok(Some(Payload::Forbidden(ForbiddenRejection::new())));
        }
        let why = input.reason.as_deref().map(|text| validated_text("reason", text, REASON)).transpose()?;
        let id = Uuid::try_parse(&input.identification_id).unwrap_or_default();
        let tools = (&request.store, &request.caller, &request.clock);
        let ended = update::end(tools, id, Cause::Cancel, why).await?;
        request.invalidate_loaders();
        Ok(Some(match ended {
            UpdateOutcome::Done(row) => Payload::Success(CancelIdentificationSuccessPayload {
                identification: Some(Identification(row)),
            }),
            UpdateOutcome::NotFound => Payload::NotFound(IdentificationNotFoundRejection::new()),
            UpdateOutcome::UserErased => Payload::UserErased(UserErasedRejection::new()),
            UpdateOutcome::Refused(refused) => Payload::TransitionRefused(no_way(refused)),
        }))
    }

    /// Ends the validity of an identification: its `Valid` levels are `Expired` from now on. Revoking it
    /// twice changes nothing the second time. Null only if the mutation failed; see `errors`.
    async fn revoke_identification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: RevokeIdentificationInput,
    ) -> Result<Option<RevokeIdentificationPayload>> {
        use RevokeIdentificationPayload as Payload;

        let request = ctx.request()?;
        if !policy::permits(&request.caller, "revokeIdentification") {
            return Ok(Some(Payload::Forbidden(ForbiddenRejection::new())));
        }
        let why = validated_text("reason", &input.reason, REASON)?;
        let id = Uuid::try_parse(&input.identification_id).unwrap_or_default();
        let tools = (&request.store, &request.caller, &request.clock);
        let ended = update::end(tools, id, Cause::Revoke, Some(why)).await?;
        request.invalidate_loaders();
        Ok(Some(match ended {
            UpdateOutcome::Done(row) => Payload::Success(RevokeIdentificationSuccessPayload {
                identification: Some(Identification(row)),
            }),
            UpdateOutcome::NotFound => Payload::NotFound(IdentificationNotFoundRejection::new()),
            UpdateOutcome::UserErased => Payload::UserErased(UserErasedRejection::new()),
            UpdateOutcome::Refused(refused) => Payload::TransitionRefused(no_way(refused)),
        }))
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
