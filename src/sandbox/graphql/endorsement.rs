use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::project::Mode;

use super::SandboxUser;
use crate::{
    Result,
    graphql::{mutate, parse_id, rejection::ForbiddenRejection},
    payload,
    sandbox::{graphql::rejection::NotSandboxRejection, store},
    user::{
        graphql::rejection::UserNotFoundRejection,
        store::erase::{self, EraseOutcome, Eraser},
    },
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

        mutate(ctx, |request| async move {
            if request.caller.project.mode != Mode::Sandbox {
                return Ok(Payload::NotSandbox(NotSandboxRejection::new()));
            }
            let id = parse_id(&input.id);
            let eraser = Eraser::from(request.services());
            let (caller, clock) = (&request.caller, &request.clock);
            let mut erased = erase::erase(eraser, caller, clock, id).await?;
            if matches!(erased, EraseOutcome::Restricted(_)) {
                erase::hold(eraser, caller, clock, id, None).await?;
                erased = erase::erase(eraser, caller, clock, id).await?;
            }
            Ok((erased, input.id.as_str()).into())
        })
        .await
        .map(Some)
    }

    /// Makes the caller's credential act as a sandbox user: the `sandboxUser` query returns that user from
    /// now on. Null only if the mutation failed; see `errors`.
    async fn endorse_sandbox_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: EndorseSandboxUserInput,
    ) -> Result<Option<EndorseSandboxUserPayload>> {
        use EndorseSandboxUserPayload as Payload;

        mutate(ctx, |request| async move {
            if request.caller.project.mode != Mode::Sandbox {
                return Ok(Payload::NotSandbox(NotSandboxRejection::new()));
            }
            let id = parse_id(&input.id);
            let endorsed = store::endorse(&request.store, &request.caller, id).await?;
            Ok(match endorsed {
                Some(row) => Payload::Success(EndorseSandboxUserSuccessPayload {
                    sandbox_user: Some(SandboxUser(row)),
                }),
                None => Payload::NotFound(UserNotFoundRejection::new(&input.id)),
            })
        })
        .await
        .map(Some)
    }
}

/// With the id as the client wrote it.
impl From<(EraseOutcome, &str)> for DeleteSandboxUserPayload {
    fn from((outcome, id): (EraseOutcome, &str)) -> Self {
        match outcome {
            EraseOutcome::Done(row, _) => {
                Self::Success(DeleteSandboxUserSuccessPayload { id: row.id.into() })
            }
            EraseOutcome::NotFound | EraseOutcome::Restricted(_) => {
                Self::NotFound(UserNotFoundRejection::new(id))
            }
        }
    }
}
