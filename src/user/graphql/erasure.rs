use async_graphql::{Context, InputObject, Object, SimpleObject};

use super::User;
use crate::{
    Result,
    graphql::{
        DateTime, IdInput, mutate_fresh,
        rejection::{ForbiddenRejection, FreshSignInNeededRejection},
        validated_text,
    },
    payload,
    user::{
        graphql::rejection::{UserErasedRejection, UserNotFoundRejection},
        receipt::Receipt,
        store::erase::{self, EraseOutcome, Eraser, HoldOutcome},
    },
};

/// Maximum length of a reason, in characters.
const REASON: usize = 500;

/// Input of the `eraseUser` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct EraseUserInput {
    /// Id of the user.
    user_id: IdInput,
}

/// Success result of the `eraseUser` mutation: the user is erased, or restricted while a legal hold exists.
#[derive(SimpleObject)]
pub struct EraseUserSuccessPayload {
    /// The erased user. Null if the token may not read it.
    user: Option<User>,
    /// Time of the erasure. Null while a legal hold prevents it: the personal data cannot be read, and the
    /// user is erased when the hold is released.
    erased_at: Option<DateTime>,
    /// Signed proof of the erasure, for `verigraph verify-receipt`. Null while the user is not erased.
    receipt: Option<String>,
}

payload! {
    /// Result of the `eraseUser` mutation.
    EraseUserPayload: EraseUserSuccessPayload,
    NotFound(UserNotFoundRejection),
    FreshSignInNeeded(FreshSignInNeededRejection),
    Forbidden(ForbiddenRejection),
}

/// Input of the `placeLegalHold` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct PlaceLegalHoldInput {
    /// Id of the user.
    user_id: IdInput,
    /// Reason why the record must be kept. Replaces the previous reason.
    reason: String,
}

/// Success result of the `placeLegalHold` mutation.
#[derive(SimpleObject)]
pub struct PlaceLegalHoldSuccessPayload {
    /// The user. Null if the token may not read it.
    user: Option<User>,
}

payload! {
    /// Result of the `placeLegalHold` mutation.
    PlaceLegalHoldPayload: PlaceLegalHoldSuccessPayload,
    NotFound(UserNotFoundRejection),
    UserErased(UserErasedRejection),
    FreshSignInNeeded(FreshSignInNeededRejection),
    Forbidden(ForbiddenRejection),
}

/// Input of the `releaseLegalHold` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct ReleaseLegalHoldInput {
    /// Id of the user.
    user_id: IdInput,
}

/// Success result of the `releaseLegalHold` mutation. If `eraseUser` was requested during the hold, the user
/// is now erased.
#[derive(SimpleObject)]
pub struct ReleaseLegalHoldSuccessPayload {
    /// The user, which may be erased. Null if the token may not read it.
    user: Option<User>,
}

payload! {
    /// Result of the `releaseLegalHold` mutation.
    ReleaseLegalHoldPayload: ReleaseLegalHoldSuccessPayload,
    NotFound(UserNotFoundRejection),
    UserErased(UserErasedRejection),
    FreshSignInNeeded(FreshSignInNeededRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations that erase users and that manage legal holds.
#[derive(Default)]
pub struct ErasureMutation;

#[Object]
impl ErasureMutation {
    /// Erases a user: destroys the key that encrypts the personal data, and records the erasure outside of
    /// the database, so that the user is erased again if an older backup is restored. The record itself and
    /// the history of decisions, without reasons, remain. Erasing a user twice returns the same receipt. Null
    /// only if the mutation failed; see `errors`.
    async fn erase_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: EraseUserInput,
    ) -> Result<Option<EraseUserPayload>> {
        use EraseUserPayload as Payload;

        mutate_fresh(ctx, |request| async move {
            let id = input.user_id.uuid();
            let eraser = Eraser::from(request.services());
            let erased = erase::erase(eraser, &request.caller, &request.clock, id).await?;
            Ok(match erased {
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
            })
        })
        .await
        .map(Some)
    }

    /// Places a legal hold on a user, for as long as the law requires it. During the hold, `eraseUser` only
    /// restricts the user. Null only if the mutation failed; see `errors`.
    async fn place_legal_hold(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: PlaceLegalHoldInput,
    ) -> Result<Option<PlaceLegalHoldPayload>> {
        mutate_fresh(ctx, |request| async move {
            let reason = validated_text("reason", &input.reason, REASON)?;
            let id = input.user_id.uuid();
            let eraser = Eraser::from(request.services());
            let held = erase::hold(eraser, &request.caller, &request.clock, id, Some(reason)).await?;
            Ok((held, &*input.user_id).into())
        })
        .await
        .map(Some)
    }

    /// Releases the legal hold of a user. If `eraseUser` was requested during the hold, the user is erased
    /// now. Null only if the mutation failed; see `errors`.
    async fn release_legal_hold(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: ReleaseLegalHoldInput,
    ) -> Result<Option<ReleaseLegalHoldPayload>> {
        mutate_fresh(ctx, |request| async move {
            let id = input.user_id.uuid();
            let eraser = Eraser::from(request.services());
            let held = erase::hold(eraser, &request.caller, &request.clock, id, None).await?;
            Ok((held, &*input.user_id).into())
        })
        .await
        .map(Some)
    }
}

/// With the id as the client wrote it.
impl From<(HoldOutcome, &str)> for PlaceLegalHoldPayload {
    fn from((outcome, id): (HoldOutcome, &str)) -> Self {
        match outcome {
            HoldOutcome::Done(row) => {
                Self::Success(PlaceLegalHoldSuccessPayload { user: Some(User::from(row)) })
            }
            HoldOutcome::NotFound => Self::NotFound(UserNotFoundRejection::new(id)),
            HoldOutcome::Erased => Self::UserErased(UserErasedRejection::new()),
        }
    }
}

/// With the id as the client wrote it.
impl From<(HoldOutcome, &str)> for ReleaseLegalHoldPayload {
    fn from((outcome, id): (HoldOutcome, &str)) -> Self {
        match outcome {
            HoldOutcome::Done(row) => {
                Self::Success(ReleaseLegalHoldSuccessPayload { user: Some(User::from(row)) })
            }
            HoldOutcome::NotFound => Self::NotFound(UserNotFoundRejection::new(id)),
            HoldOutcome::Erased => Self::UserErased(UserErasedRejection::new()),
        }
    }
}
