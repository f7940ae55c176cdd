use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use uuid::Uuid;

use super::User;
use crate::user::{
    receipt::Receipt,
    store::erase::{self, EraseOutcome, HoldOutcome},
};
use crate::{
    Result,
    auth::policy,
    graphql::{
        ContextExt, DateTime,
        rejection::{ForbiddenRejection, UserErasedRejection, UserNotFoundRejection},
        validated_text,
    },
    payload,
};

/// The longest reason, in letters.
const REASON: usize = 500;

/// Who is to be erased.
#[derive(Clone, Debug, InputObject)]
pub struct EraseUserInput {
    /// The id of the user.
    user_id: ID,
}

/// The user is erased, or while it is held, restricted.
#[derive(SimpleObject)]
pub struct EraseUserSuccessPayload {
    /// What is left of the user; `null` if the token may not read it.
    user: Option<User>,
    /// When it was erased; `null` while a legal hold keeps it: then nobody reads what is personal about it, and it is erased
    /// when the hold is released.
    erased_at: Option<DateTime>,
    /// What shows it to whoever asks, for `verigraph verify-receipt`; `null` as long as it is not erased.
    receipt: Option<String>,
}

payload! {
    /// How erasing a user ended.
    EraseUserPayload: EraseUserSuccessPayload,
    NotFound(UserNotFoundRejection),
    Forbidden(ForbiddenRejection),
}

/// Who is to be held back from erasure, and why.
#[derive(Clone, Debug, InputObject)]
pub struct PlaceLegalHoldInput {
    /// The id of the user.
    user_id: ID,
    /// Why the record has to be kept. It replaces the reason before.
    reason: String,
}

/// The user is held back from erasure.
#[derive(SimpleObject)]
pub struct PlaceLegalHoldSuccessPayload {
    /// The user; `null` if the token may not read it.
    user: Option<User>,
}

payload! {
    /// How holding a user ended.
    PlaceLegalHoldPayload: PlaceLegalHoldSuccessPayload,
    NotFound(UserNotFoundRejection),
    UserErased(UserErasedRejection),
    Forbidden(ForbiddenRejection),
}

/// Who is not to be held back any more.
#[derive(Clone, Debug, InputObject)]
pub struct ReleaseLegalHoldInput {
    /// The id of the user.
    user_id: ID,
}

/// The user is not held back any more; if it was to be erased meanwhile, it is.
#[derive(SimpleObject)]
pub struct ReleaseLegalHoldSuccessPayload {
    /// The user, or what is left of it; `null` if the token may not read it.
    user: Option<User>,
}

payload! {
    /// How releasing a user ended.
    ReleaseLegalHoldPayload: ReleaseLegalHoldSuccessPayload,
    NotFound(UserNotFoundRejection),
    UserErased(UserErasedRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations that erase users, and keep them from it.
#[derive(Default)]
pub struct ErasureMutation;

#[Object]
impl ErasureMutation {
    /// Erases a user: destroys the key that everything personal about it is sealed with, and records that
    /// outside of the database, so that the user is erased again when an older backup is restored. What is
    /// left is that there was somebody, and the history of what was decided, without the reasons. Erasing
    /// twice gives the same receipt again. Null only if the mutation failed; see `errors`.
    async fn erase_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: EraseUserInput,
    ) -> Result<Option<EraseUserPayload>> {
        use EraseUserPayload as Payload;

        let request = ctx.request()?;
        if !policy::permits(&request.caller, "eraseUser") {
            return Ok(Some(Payload::Forbidden(ForbiddenRejection::new())));
        }
        let id = Uuid::try_parse(&input.user_id).unwrap_or_default();
        let tools = request.eraser();
        let erased = erase::erase(tools, (&request.caller, &request.clock), id).await?;
        request.invalidate_loaders();
        Ok(Some(match erased {
            EraseOutcome::Done(row, at) => {
                let receipt = Receipt::new(row.project_id, row.id, at).sign(&request.root)?;
                Payload::Success(EraseUserSuccessPayload {
                    user: Some(User::from(row)),
                    erased_at: Some(DateTime(at)),
                    receipt: Some(receipt),
                })
            }
            EraseOutcome::Restricted(row) => Payload::Success(EraseUserSuccessPayload {
                user: Some(User::from(row)),
                erased_at: None,
                receipt: None,
            }),
            EraseOutcome::NotFound => Payload::NotFound(UserNotFoundRejection::new(&input.user_id)),
        }))
    }

    /// Holds a user back from erasure, as long as the law says so: `eraseUser` restricts it only. Null only
    /// if the mutation failed; see `errors`.
    async fn place_legal_hold(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: PlaceLegalHoldInput,
    ) -> Result<Option<PlaceLegalHoldPayload>> {
        use PlaceLegalHoldPayload as Payload;

        let request = ctx.request()?;
        if !policy::permits(&request.caller, "placeLegalHold") {
            return Ok(Some(Payload::Forbidden(ForbiddenRejection::new())));
        }
        let reason = validated_text("reason", &input.reason, REASON)?;
        let id = Uuid::try_parse(&input.user_id).unwrap_or_default();
        let tools = request.eraser();
        let held = erase::hold(tools, (&request.caller, &request.clock), id, Some(reason)).await?;
        request.invalidate_loaders();
        Ok(Some(match held {
            HoldOutcome::Done(row) => {
                Payload::Success(PlaceLegalHoldSuccessPayload { user: Some(User::from(row)) })
            }
            HoldOutcome::NotFound => Payload::NotFound(UserNotFoundRejection::new(&input.user_id)),
            HoldOutcome::Erased => Payload::UserErased(UserErasedRejection::new()),
        }))
    }

    /// Lets go of a user that was held back from erasure. If `eraseUser` was asked for meanwhile, it is
    /// erased now. Null only if the mutation failed; see `errors`.
    async fn release_legal_hold(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: ReleaseLegalHoldInput,
    ) -> Result<Option<ReleaseLegalHoldPayload>> {
        use ReleaseLegalHoldPayload as Payload;

        let request = ctx.request()?;
        if !policy::permits(&request.caller, "releaseLegalHold") {
            return Ok(Some(Payload::Forbidden(ForbiddenRejection::new())));
        }
        let id = Uuid::try_parse(&input.user_id).unwrap_or_default();
        let tools = request.eraser();
        let held = erase::hold(tools, (&request.caller, &request.clock), id, None).await?;
        request.invalidate_loaders();
        Ok(Some(match held {
            HoldOutcome::Done(row) => {
                Payload::Success(ReleaseLegalHoldSuccessPayload { user: Some(User::from(row)) })
            }
            HoldOutcome::NotFound => Payload::NotFound(UserNotFoundRejection::new(&input.user_id)),
            HoldOutcome::Erased => Payload::UserErased(UserErasedRejection::new()),
        }))
    }
}
