use async_graphql::{Context, InputObject, Object, SimpleObject};
use entity::{identification::Process, project::Mode};
use uuid::Uuid;

use super::{SandboxIdentification, store};
use crate::{
    Result,
    auth::policy,
    graphql::{
        ContextExt,
        payload::{keyed, once},
        rejection::{
            ForbiddenRejection, IdempotencyKeyReusedRejection, IdentificationNotFoundRejection,
            InvalidIdentificationErrorReasonsRejection, InvalidIdentificationLevelsRejection,
            NotSandboxRejection, UserDeactivatedRejection, UserErasedRejection,
            UserNotFoundRejection,
        },
    },
    identification::{
        Identification, IdentificationLevelsInput, IdentificationProcess, Reason,
        rules::{self, Refused},
        store::{
            start::{self, Begun, Wanted},
            update::{Report, Updated},
        },
    },
    payload,
};

/// An identification whose outcome is forced.
#[derive(Clone, Debug, InputObject)]
pub struct CreateSandboxIdentificationInput {
    /// The id of the user.
    user_id: String,
    /// How the person was checked.
    process: IdentificationProcess,
    /// Where the levels stand; those that the process awards and that are left out are `Started`.
    levels: Option<IdentificationLevelsInput>,
    /// Why, for the levels that are `Invalid`; none otherwise.
    error_reasons: Option<Vec<Reason>>,
    /// The same key with the same input gives the same identification again for a day: 1 to 255 of `A-Z a-z 0-9 _ -`.
    idempotency_key: Option<String>,
}

/// The identification is there.
#[derive(SimpleObject)]
pub struct CreateSandboxIdentificationSuccessPayload {
    /// The identification.
    sandbox_identification: SandboxIdentification,
}

payload! {
    /// How forcing an outcome ended.
    CreateSandboxIdentificationPayload: CreateSandboxIdentificationSuccessPayload,
    UserNotFound(UserNotFoundRejection),
    UserDeactivated(UserDeactivatedRejection),
    InvalidLevels(InvalidIdentificationLevelsRejection),
    InvalidReasons(InvalidIdentificationErrorReasonsRejection),
    NotSandbox(NotSandboxRejection),
    KeyReused(IdempotencyKeyReusedRejection),
    Forbidden(ForbiddenRejection),
}

/// What is forced upon an identification.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateSandboxIdentificationInput {
    /// The id of the identification.
    identification_id: String,
    /// Where its levels stand from now on, wherever they stood. Those left out stay where they are.
    levels: IdentificationLevelsInput,
    /// Why, for the levels that are `Invalid`; none otherwise.
    error_reasons: Option<Vec<Reason>>,
}

/// The identification is as it was forced to be.
#[derive(SimpleObject)]
pub struct UpdateSandboxIdentificationSuccessPayload {
    /// The identification.
    sandbox_identification: SandboxIdentification,
}

payload! {
    /// How forcing another outcome ended.
    UpdateSandboxIdentificationPayload: UpdateSandboxIdentificationSuccessPayload,
    NotFound(IdentificationNotFoundRejection),
    UserErased(UserErasedRejection),
    InvalidLevels(InvalidIdentificationLevelsRejection),
    InvalidReasons(InvalidIdentificationErrorReasonsRejection),
    NotSandbox(NotSandboxRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations that force the outcomes of identifications.
#[derive(Default)]
pub struct SandboxIdentificationMutation;

#[Object]
impl SandboxIdentificationMutation {
    /// Makes an identification that stands wherever it is to, in a Sandbox project: nobody has to be in front of a camera.
    /// `null` only if it failed, with an error that says how.
    async fn create_sandbox_identification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is forced.")] input: CreateSandboxIdentificationInput,
    ) -> Result<Option<CreateSandboxIdentificationPayload>> {
        use CreateSandboxIdentificationPayload as Payload;

        let request = ctx.request()?;
        if !policy::permits(&request.caller, "createSandboxIdentification") {
            return Ok(Some(Payload::Forbidden(ForbiddenRejection::new())));
        }
        if request.caller.project.mode != Mode::Sandbox {
            return Ok(Some(Payload::NotSandbox(NotSandboxRejection::new())));
        }
        // What is no id is nobody's.
        let Ok(user) = Uuid::try_parse(&input.user_id) else {
            return Ok(Some(Payload::UserNotFound(UserNotFoundRejection::new())));
        };
        let process: Process = input.process.into();
        let reasons: Vec<_> = input.error_reasons.unwrap_or_default().into_iter().map(Into::into).collect();
        let given = input.levels.map(IdentificationLevelsInput::statuses).unwrap_or_default();
        let asked = serde_json::json!([
            user,
            input.process.name(),
            given.map(|status| format!("{status:?}")),
            reasons
        ]);
        let key = keyed(request, input.idempotency_key, "createSandboxIdentification", &asked)?;
        let begun = rules::levels(process, entity::identification::Status::Started);
        let levels = rules::forced(process, begun, given, &reasons);
        let mut wanted = Wanted {
            user,
            process,
            levels: begun,
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
        let tools = (&request.store, &request.vault, &request.caller, &request.clock);
        let attempt = || async {
            match refused {
                Some(Refused::NoReason | Refused::NoInvalid) => {
                    return Ok(Payload::InvalidReasons(InvalidIdentificationErrorReasonsRejection::new()));
                }
                Some(Refused::Nothing | Refused::NotAwarded(_) | Refused::NoWay(..)) => {
                    return Ok(Payload::InvalidLevels(InvalidIdentificationLevelsRejection::new()));
                }
                None => {}
            }
            Ok(match start::start(tools, &wanted).await? {
                Begun::Done(row) => Payload::Success(CreateSandboxIdentificationSuccessPayload {
                    sandbox_identification: SandboxIdentification {
                        id: row.id.into(),
                        identification: Some(Identification(row)),
                    },
                }),
                // Without a source there is no other of it.
                Begun::UserNotFound | Begun::Known(_) => Payload::UserNotFound(UserNotFoundRejection::new()),
                Begun::UserDeactivated => Payload::UserDeactivated(UserDeactivatedRejection::new()),
                Begun::KeyReused => Payload::KeyReused(IdempotencyKeyReusedRejection::new()),
            })
        };
        let payload = once(request, wanted.key.as_ref(), attempt).await?;
        request.changed();
        Ok(Some(payload))
    }

    /// Forces the levels of an identification to stand somewhere else, in a Sandbox project, even where nothing real leads
    /// there. `null` only if it failed, with an error that says how.
    async fn update_sandbox_identification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is forced.")] input: UpdateSandboxIdentificationInput,
    ) -> Result<Option<UpdateSandboxIdentificationPayload>> {
        use UpdateSandboxIdentificationPayload as Payload;

        let request = ctx.request()?;
        if !policy::permits(&request.caller, "updateSandboxIdentification") {
            return Ok(Some(Payload::Forbidden(ForbiddenRejection::new())));
        }
        if request.caller.project.mode != Mode::Sandbox {
            return Ok(Some(Payload::NotSandbox(NotSandboxRejection::new())));
        }
        let id = Uuid::try_parse(&input.identification_id).unwrap_or_default();
        let reasons = input.error_reasons.unwrap_or_default().into_iter().map(Into::into).collect();
        let report = Report { levels: input.levels.statuses(), reasons, valid_until: None };
        let tools = (&request.store, &request.vault, &request.caller, &request.clock);
        let forced = store::force(tools, id, &report).await?;
        request.changed();
        Ok(Some(match forced {
            Updated::Done(row) => Payload::Success(UpdateSandboxIdentificationSuccessPayload {
                sandbox_identification: SandboxIdentification {
                    id: row.id.into(),
                    identification: Some(Identification(row)),
                },
            }),
            Updated::NotFound => Payload::NotFound(IdentificationNotFoundRejection::new()),
            Updated::UserErased => Payload::UserErased(UserErasedRejection::new()),
            Updated::Refused(Refused::NoReason | Refused::NoInvalid) => {
                Payload::InvalidReasons(InvalidIdentificationErrorReasonsRejection::new())
            }
            Updated::Refused(Refused::Nothing | Refused::NotAwarded(_) | Refused::NoWay(..)) => {
                Payload::InvalidLevels(InvalidIdentificationLevelsRejection::new())
            }
        }))
    }
}
