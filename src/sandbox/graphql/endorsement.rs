use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::project::Mode;
use uuid::Uuid;

use super::SandboxUser;
use crate::sandbox::store;
use crate::{
    Result,
    auth::policy,
    graphql::{
        ContextExt,
        rejection::{ForbiddenRejection, NotSandboxRejection, UserNotFoundRejection},
    },
    payload,
    user::store::erase::{self, EraseOutcome},
};

/// Input of the `endorseSandboxUser` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct EndorseSandboxUserInput {
    /// Id of the user: the UUID in `User.id`. A `String`, as in the published input.
    id: String,
}

/// Success result of the `endorseSandboxUser` mutation.
#[derive(SimpleObject)]
pub struct EndorseSandboxUserSuccessPayload {
    /// The sandbox user that the credential now acts as.
    sandbox_user: Option<SandboxUser>,
}

payload! {
    /// Result of the `endorseSandboxUser` mutation.
    EndorseSandboxUserPayload: EndorseSandboxUserSuccessPayload,
    NotFound(UserNotFoundRejection),
    NotSandbox(NotSandboxRejection),
    Forbidden(ForbiddenRejection),
}

/// Input of the `deleteSandboxUser` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct DeleteSandboxUserInput {
    /// Id of the user: the UUID in `User.id`. A `String`, as in the published input.
    id: String,
}

/// Success result of the `deleteSandboxUser` mutation.
#[derive(SimpleObject)]
pub struct DeleteSandboxUserSuccessPayload {
    /// Id of the deleted user.
    id: ID,
}

payload! {
    /// Result of the `deleteSandboxUser` mutation.
    DeleteSandboxUserPayload: DeleteSandboxUserSuccessPayload,
    NotFound(UserNotFoundRejection),
    NotSandbox(NotSandboxRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations that select the sandbox user of a credential and that delete sandbox users.
#[derive(Default)]
pub struct SandboxPartMutation;

#[Object]
impl SandboxPartMutation {
    /// Deletes a sandbox user in the way that `eraseUser` erases a user, but ignores legal holds. Null only
    /// if the mutation failed; see `errors`.
    async fn delete_sandbox_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: DeleteSandboxUserInput,
    ) -> Result<Option<DeleteSandboxUserPayload>> {
        use DeleteSandboxUserPayload as Payload;

        let request = ctx.request()?;
        if !policy::permits(&request.caller, "deleteSandboxUser") {
            return Ok(Some(Payload::Forbidden(ForbiddenRejection::new())));
        }
        if request.caller.project.mode != Mode::Sandbox {
            return Ok(Some(Payload::NotSandbox(NotSandboxRejection::new())));
        }
        let id = Uuid::try_parse(&input.id).unwrap_or_default();
        let tools = request.eraser();
        let by = (&request.caller, &request.clock);
        let mut erased = erase::erase(tools, by, id).await?;
        if matches!(erased, EraseOutcome::Restricted(_)) {
            erase::hold(tools, by, id, None).await?;
            erased = erase::erase(tools, by, id).await?;
        }
        request.invalidate_loaders();
        Ok(Some(match erased {
            EraseOutcome::Done(row, _) => {
                Payload::Success(DeleteSandboxUserSuccessPayload { id: row.id.into() })
            }
            EraseOutcome::NotFound | EraseOutcome::Restricted(_) => {
                Payload::NotFound(UserNotFoundRejection::new(&input.id))
            }
        }))
    }

    /// Makes the caller's credential act as a sandbox user: the `sandboxUser` query returns that user from
    /// now on. Null only if the mutation failed; see `errors`.
    async fn endorse_sandbox_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: EndorseSandboxUserInput,
    ) -> Result<Option<EndorseSandboxUserPayload>> {
        use EndorseSandboxUserPayload as Payload;

        let request = ctx.request()?;
        if !policy::permits(&request.caller, "endorseSandboxUser") {
            return Ok(Some(Payload::Forbidden(ForbiddenRejection::new())));
        }
        if request.caller.project.mode != Mode::Sandbox {
            return Ok(Some(Payload::NotSandbox(NotSandboxRejection::new())));
        }
        let id = Uuid::try_parse(&input.id).unwrap_or_default();
        let endorsed = store::endorse(&request.store, &request.caller, id).await?;
        request.invalidate_loaders();
        Ok(Some(match endorsed {
            Some(row) => {
                Payload::Success(EndorseSandboxUserSuccessPayload { sandbox_user: Some(SandboxUser(row)) })
            }
            None => Payload::NotFound(UserNotFoundRejection::new(&input.id)),
        }))
    }
}
