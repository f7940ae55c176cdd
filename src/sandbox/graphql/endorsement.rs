use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::project::Mode;
use uuid::Uuid;

use super::SandboxUser;
use crate::sandbox::store;
use crate::{
    Result,
    graphql::{
        mutate,
        rejection::{ForbiddenRejection, NotSandboxRejection, UserNotFoundRejection},
    },
    payload,
    user::store::erase::{self, EraseOutcome, Eraser},
};

/// Whose part is to be played.
#[derive(Clone, Debug, InputObject)]
pub struct EndorseSandboxUserInput {
    /// The id of the user: the UUID that `User.id` shows, as a `String` like the published input.
    id: String,
}

/// Your credential plays the user's part.
#[derive(SimpleObject)]
pub struct EndorseSandboxUserSuccessPayload {
    /// The user.
    sandbox_user: Option<SandboxUser>,
}

payload! {
    /// How taking a part ended.
    EndorseSandboxUserPayload: EndorseSandboxUserSuccessPayload,
    NotFound(UserNotFoundRejection),
    NotSandbox(NotSandboxRejection),
    Forbidden(ForbiddenRejection),
}

/// Which made-up user is not needed any more.
#[derive(Clone, Debug, InputObject)]
pub struct DeleteSandboxUserInput {
    /// The id of the user: the UUID that `User.id` shows, as a `String` like the published input.
    id: String,
}

/// The made-up user is gone.
#[derive(SimpleObject)]
pub struct DeleteSandboxUserSuccessPayload {
    /// The id that the user had.
    id: ID,
}

payload! {
    /// How deleting a made-up user ended.
    DeleteSandboxUserPayload: DeleteSandboxUserSuccessPayload,
    NotFound(UserNotFoundRejection),
    NotSandbox(NotSandboxRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations of the parts that made-up users play, and of their end.
#[derive(Default)]
pub struct SandboxPartMutation;

#[Object]
impl SandboxPartMutation {
    /// Deletes a made-up user, as `eraseUser` erases a real one, and without asking what holds it. `null` only if it failed,
    /// with an error that says how.
    async fn delete_sandbox_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which user.")] input: DeleteSandboxUserInput,
    ) -> Result<Option<DeleteSandboxUserPayload>> {
        use DeleteSandboxUserPayload as Payload;

        mutate(ctx, |request| async move {
            if request.caller.project.mode != Mode::Sandbox {
                return Ok(Payload::NotSandbox(NotSandboxRejection::new()));
            }
            let id = Uuid::try_parse(&input.id).unwrap_or_default();
            let eraser = Eraser::from(request.services());
            let (caller, clock) = (&request.caller, &request.clock);
            let mut erased = erase::erase(eraser, caller, clock, id).await?;
            if matches!(erased, EraseOutcome::Restricted(_)) {
                erase::hold(eraser, caller, clock, id, None).await?;
                erased = erase::erase(eraser, caller, clock, id).await?;
            }
            Ok(match erased {
                EraseOutcome::Done(row, _) => {
                    Payload::Success(DeleteSandboxUserSuccessPayload { id: row.id.into() })
                }
                EraseOutcome::NotFound | EraseOutcome::Restricted(_) => {
                    Payload::NotFound(UserNotFoundRejection::new(&input.id))
                }
            })
        })
        .await
        .map(Some)
    }

    /// Has your credential play the part of a made-up user: `sandboxUser` is that user from now on. `null` only if it
    /// failed, with an error that says how.
    async fn endorse_sandbox_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose part.")] input: EndorseSandboxUserInput,
    ) -> Result<Option<EndorseSandboxUserPayload>> {
        use EndorseSandboxUserPayload as Payload;

        mutate(ctx, |request| async move {
            if request.caller.project.mode != Mode::Sandbox {
                return Ok(Payload::NotSandbox(NotSandboxRejection::new()));
            }
            let id = Uuid::try_parse(&input.id).unwrap_or_default();
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
