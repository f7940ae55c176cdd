//! Results of the mutations of users.

use async_graphql::SimpleObject;

use super::User;
use crate::{
    graphql::rejection::{ForbiddenRejection, IdempotencyKeyReusedRejection},
    payload,
    user::{
        graphql::rejection::{
            InvalidUserRejection, RefIdTakenRejection, UserChangedMeanwhileRejection, UserErasedRejection,
            UserNotFoundRejection, UserTagsNeededRejection,
        },
        store::{
            update::{DeactivateOutcome, UpdateOutcome},
            write::{CreateOutcome, TagLimitError},
        },
    },
};

/// Success result of the `createUser` mutation.
#[derive(SimpleObject)]
pub struct CreateUserSuccessPayload {
    /// The new user. Null if the token may not read it.
    user: Option<User>,
}

payload! {
    /// Result of the `createUser` mutation.
    CreateUserPayload: CreateUserSuccessPayload,
    Invalid(InvalidUserRejection),
    RefIdTaken(RefIdTakenRejection),
    TagsNeeded(UserTagsNeededRejection),
    KeyReused(IdempotencyKeyReusedRejection),
    Forbidden(ForbiddenRejection),
}

/// Success result of the `updateUser` mutation.
#[derive(SimpleObject)]
pub struct UpdateUserSuccessPayload {
    /// The updated user. Null if the token may not read it.
    user: Option<User>,
}

payload! {
    /// Result of the `updateUser` mutation.
    UpdateUserPayload: UpdateUserSuccessPayload,
    NotFound(UserNotFoundRejection),
    ChangedMeanwhile(UserChangedMeanwhileRejection),
    Erased(UserErasedRejection),
    Invalid(InvalidUserRejection),
    RefIdTaken(RefIdTakenRejection),
    TagsNeeded(UserTagsNeededRejection),
    Forbidden(ForbiddenRejection),
}

/// Success result of the `deactivateUser` mutation.
#[derive(SimpleObject)]
pub struct DeactivateUserSuccessPayload {
    /// The deactivated user. Null if the token may not read it.
    user: Option<User>,
}

payload! {
    /// Result of the `deactivateUser` mutation.
    DeactivateUserPayload: DeactivateUserSuccessPayload,
    NotFound(UserNotFoundRejection),
    Erased(UserErasedRejection),
    Forbidden(ForbiddenRejection),
}

impl From<CreateOutcome> for CreateUserPayload {
    fn from(outcome: CreateOutcome) -> Self {
        match outcome {
            CreateOutcome::Created(row) => Self::Success(CreateUserSuccessPayload { user: Some(row.into()) }),
            CreateOutcome::RefIdTaken => Self::RefIdTaken(RefIdTakenRejection::new()),
            CreateOutcome::OutsideLimits(error) => match outside_limits(&error) {
                Ok(rejection) => Self::TagsNeeded(rejection),
                Err(rejection) => Self::Invalid(rejection),
            },
            CreateOutcome::KeyReused => Self::KeyReused(IdempotencyKeyReusedRejection::new()),
        }
    }
}

/// With the id as the client wrote it.
impl From<(UpdateOutcome<InvalidUserRejection>, &str)> for UpdateUserPayload {
    fn from((outcome, id): (UpdateOutcome<InvalidUserRejection>, &str)) -> Self {
        match outcome {
            UpdateOutcome::Updated(row) => Self::Success(UpdateUserSuccessPayload { user: Some(row.into()) }),
            UpdateOutcome::NotFound => Self::NotFound(UserNotFoundRejection::new(id)),
            UpdateOutcome::Erased => Self::Erased(UserErasedRejection::new()),
            UpdateOutcome::ChangedMeanwhile => Self::ChangedMeanwhile(UserChangedMeanwhileRejection::new()),
            UpdateOutcome::RefIdTaken => Self::RefIdTaken(RefIdTakenRejection::new()),
            UpdateOutcome::OutsideLimits(error) => match outside_limits(&error) {
                Ok(rejection) => Self::TagsNeeded(rejection),
                Err(rejection) => Self::Invalid(rejection),
            },
            UpdateOutcome::Invalid(rejection) => Self::Invalid(rejection),
        }
    }
}

/// With the id as the client wrote it.
impl From<(DeactivateOutcome, &str)> for DeactivateUserPayload {
    fn from((outcome, id): (DeactivateOutcome, &str)) -> Self {
        match outcome {
            DeactivateOutcome::Deactivated(row) => {
                Self::Success(DeactivateUserSuccessPayload { user: Some(row.into()) })
            }
            DeactivateOutcome::NotFound => Self::NotFound(UserNotFoundRejection::new(id)),
            DeactivateOutcome::Erased => Self::Erased(UserErasedRejection::new()),
        }
    }
}

/// The rejection of a change outside the tag limits: of tags, or else of a `refId`.
fn outside_limits(error: &TagLimitError) -> Result<UserTagsNeededRejection, InvalidUserRejection> {
    match error {
        TagLimitError::TagsNeeded => Ok(UserTagsNeededRejection::new()),
        TagLimitError::TagsOutside(tags) => {
            let tags = tags.join("`, `");
            Ok(UserTagsNeededRejection::because(format!(
                "the credential has tag limits: it can neither add nor remove `{tags}`"
            )))
        }
        TagLimitError::RefIdOutside => Err(InvalidUserRejection::because(REF_ID_OUTSIDE)),
    }
}

const REF_ID_OUTSIDE: &str = "`refId`: the credential has tag limits, and a refId is unique among users that it cannot \
                              see: omit it, or use a credential without tag limits";
