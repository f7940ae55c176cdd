use async_graphql::{Context, InputObject, Object, SimpleObject};
use entity::{identification::Process, project::Mode};

use super::SandboxIdentification;
use crate::{
    Result,
    graphql::{
        mutate, parse_id,
        payload::idempotency_key,
        rejection::{ForbiddenRejection, IdempotencyKeyReusedRejection},
    },
    idempotency,
    identification::{
        graphql::{
            Identification, IdentificationLevelStatusesInput, IdentificationProcess, Reason,
            rejection::{InvalidIdentificationErrorReasonsRejection, InvalidIdentificationLevelsRejection},
        },
        rules::{self, TransitionError},
        store::{
            start::{self, NewIdentification, StartOutcome},
            update::{LevelReport, UpdateOutcome},
        },
    },
    payload,
    sandbox::{
        graphql::rejection::{NotSandboxRejection, SandboxIdentificationNotFoundRejection},
        store,
    },
    user::graphql::rejection::{UserDeactivatedRejection, UserErasedRejection, UserNotFoundRejection},
};

/// Input of the `createSandboxIdentification` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct CreateSandboxIdentificationInput {
    /// Id of the user: the UUID in `User.id`. A `String`, as in the published input.
    user_id: String,
    /// The process of the identification.
    process: IdentificationProcess,
    /// Statuses of the levels. A level that the process awards and that is omitted is `Started`.
    levels: IdentificationLevelStatusesInput,
    /// Reasons for the levels that are `Invalid`. Must be omitted if no level is.
    error_reasons: Option<Vec<Reason>>,
    /// Idempotency key, 1 to 255 characters of A-Z, a-z, 0-9, _ and -. A repeated request with the same key
    /// and input returns the first result for 24 hours.
    idempotency_key: Option<String>,
}

/// Success result of the `createSandboxIdentification` mutation.
#[derive(SimpleObject)]
pub struct CreateSandboxIdentificationSuccessPayload {
    /// The new identification.
    sandbox_identification: SandboxIdentification,
}

payload! {
    /// Result of the `createSandboxIdentification` mutation.
    CreateSandboxIdentificationPayload: CreateSandboxIdentificationSuccessPayload,
    UserNotFound(UserNotFoundRejection),
    UserDeactivated(UserDeactivatedRejection),
    InvalidLevels(InvalidIdentificationLevelsRejection),
    InvalidReasons(InvalidIdentificationErrorReasonsRejection),
    NotSandbox(NotSandboxRejection),
    KeyReused(IdempotencyKeyReusedRejection),
    Forbidden(ForbiddenRejection),
}

/// Input of the `updateSandboxIdentification` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateSandboxIdentificationInput {
    /// Id of the identification: the UUID in `Identification.id`. A `String`, as in the published input.
    identification_id: String,
    /// New process of the identification. Default: the present process. A level that the new process does not
    /// award becomes `NotSupported`. A level that only the new process awards becomes `Started`, unless
    /// `levels` sets another status.
    process: Option<IdentificationProcess>,
    /// New statuses of the levels, whatever their present statuses are. Levels that are omitted keep their
    /// status.
    levels: IdentificationLevelStatusesInput,
    /// Reasons for the levels that are `Invalid`. Must be omitted if no level is.
    error_reasons: Option<Vec<Reason>>,
}

/// Success result of the `updateSandboxIdentification` mutation.
#[derive(SimpleObject)]
pub struct UpdateSandboxIdentificationSuccessPayload {
    /// The updated identification.
    sandbox_identification: SandboxIdentification,
}

payload! {
    /// Result of the `updateSandboxIdentification` mutation.
    UpdateSandboxIdentificationPayload: UpdateSandboxIdentificationSuccessPayload,
    NotFound(SandboxIdentificationNotFoundRejection),
    UserErased(UserErasedRejection),
    InvalidLevels(InvalidIdentificationLevelsRejection),
    InvalidReasons(InvalidIdentificationErrorReasonsRejection),
    NotSandbox(NotSandboxRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations that force the statuses of identifications in Sandbox projects.
#[derive(Default)]
pub struct SandboxIdentificationMutation;

#[Object]
impl SandboxIdentificationMutation {
    /// Creates an identification with the given level statuses in a Sandbox project, without a real identity
    /// check. Null only if the mutation failed; see `errors`.
    async fn create_sandbox_identification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: CreateSandboxIdentificationInput,
    ) -> Result<CreateSandboxIdentificationPayload> {
        use CreateSandboxIdentificationPayload as Payload;

        mutate(ctx, |request| async move {
            if request.caller.project.mode != Mode::Sandbox {
                return Ok(Payload::NotSandbox(NotSandboxRejection::new()));
            }
            let user = parse_id(&input.user_id);
            let process: Process = input.process.into();
            let reasons: Vec<_> =
                input.error_reasons.unwrap_or_default().into_iter().map(Into::into).collect();
            let given = input.levels.statuses();
            let key_input = serde_json::json!([
                user,
                input.process.name(),
                given.map(|status| format!("{status:?}")),
                reasons
            ]);
            let key =
                idempotency_key(request, input.idempotency_key, "createSandboxIdentification", &key_input)?;
            let initial = rules::levels(process, entity::identification::Status::Started);
            let levels = rules::forced(process, initial, given, &reasons);
            let mut wanted = NewIdentification {
                user,
                process,
                levels: initial,
                reasons,
                created_at: None,
                document: None,
                source: None,
                key,
            };
            let refused = match levels {
                Ok(levels) => {
                    wanted.levels = levels;
                    None
                }
                Err(refused) => Some(refused),
            };
            let op = request.op();
            let attempt = || async {
                match refused {
                    Some(TransitionError::NoReason | TransitionError::NoInvalid) => {
                        return Ok(
                            Payload::InvalidReasons(InvalidIdentificationErrorReasonsRejection::new()),
                        );
                    }
                    Some(
                        TransitionError::Nothing
                        | TransitionError::NotAwarded(_)
                        | TransitionError::IllegalTransition(..),
                    ) => {
                        return Ok(Payload::InvalidLevels(InvalidIdentificationLevelsRejection::new()));
                    }
                    None => {}
                }
                Ok(match start::start(op, &wanted).await? {
                    StartOutcome::Done(row) => Payload::Success(CreateSandboxIdentificationSuccessPayload {
                        sandbox_identification: SandboxIdentification {
                            id: row.id.into(),
                            identification: Some(Identification(row)),
                        },
                    }),
                    // `Known` does not occur: it requires a source reference, and this identification has none.
                    StartOutcome::UserNotFound | StartOutcome::Known(_) => {
                        Payload::UserNotFound(UserNotFoundRejection::new(&input.user_id))
                    }
                    StartOutcome::UserDeactivated => {
                        Payload::UserDeactivated(UserDeactivatedRejection::new())
                    }
                    StartOutcome::KeyReused => Payload::KeyReused(IdempotencyKeyReusedRejection::new()),
                })
            };
            idempotency::run(request.op(), wanted.key.as_ref(), attempt).await
        })
        .await
    }

    /// Sets the level statuses of an identification in a Sandbox project. Also allows transitions that no
    /// real process makes. Null only if the mutation failed; see `errors`.
    async fn update_sandbox_identification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: UpdateSandboxIdentificationInput,
    ) -> Result<UpdateSandboxIdentificationPayload> {
        use UpdateSandboxIdentificationPayload as Payload;

        mutate(ctx, |request| async move {
            if request.caller.project.mode != Mode::Sandbox {
                return Ok(Payload::NotSandbox(NotSandboxRejection::new()));
            }
            let id = parse_id(&input.identification_id);
            let reasons = input.error_reasons.unwrap_or_default().into_iter().map(Into::into).collect();
            let report = LevelReport { levels: input.levels.statuses(), reasons, valid_until: None };
            let op = request.op();
            let process = input.process.map(Process::from);
            let forced = store::force(op, id, process, &report).await?;
            Ok(forced.into())
        })
        .await
    }
}

impl From<UpdateOutcome> for UpdateSandboxIdentificationPayload {
    fn from(outcome: UpdateOutcome) -> Self {
        match outcome {
            UpdateOutcome::Done(row) => Self::Success(UpdateSandboxIdentificationSuccessPayload {
                sandbox_identification: SandboxIdentification {
                    id: row.id.into(),
                    identification: Some(Identification(row)),
                },
            }),
            UpdateOutcome::NotFound => Self::NotFound(SandboxIdentificationNotFoundRejection::new()),
            UpdateOutcome::UserErased => Self::UserErased(UserErasedRejection::new()),
            UpdateOutcome::Refused(TransitionError::NoReason | TransitionError::NoInvalid) => {
                Self::InvalidReasons(InvalidIdentificationErrorReasonsRejection::new())
            }
            UpdateOutcome::Refused(
                TransitionError::Nothing
                | TransitionError::NotAwarded(_)
                | TransitionError::IllegalTransition(..),
            ) => Self::InvalidLevels(InvalidIdentificationLevelsRejection::new()),
        }
    }
}
