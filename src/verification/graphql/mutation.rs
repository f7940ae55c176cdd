use async_graphql::{Context, InputObject, Object, SimpleObject};

use super::{Verification, VerificationLevel};
use crate::{
    Error, Result,
    graphql::{
        IdInput, mutate,
        payload::idempotency_key,
        rejection::{ForbiddenRejection, IdempotencyKeyReusedRejection},
        validated_text,
    },
    idempotency, payload,
    user::graphql::rejection::UserNotFoundRejection,
    verification::{
        grant::{self, CreateLevelOutcome, Grant, GrantOutcome, NewLevel},
        graphql::rejection::{
            AlreadyAtVerificationLevelRejection, VerificationLevelIndexTakenRejection,
            VerificationLevelNameTakenRejection, VerificationLevelNotFoundRejection,
        },
    },
};

/// Maximum length of a level's name, in characters.
const NAME: usize = 255;
/// Maximum length of a reason, in characters.
const REASON: usize = 1024;

/// Input of the `createVerificationLevel` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct CreateVerificationLevelInput {
    /// Name of the level, unique in the project: 1 to 255 characters.
    name: String,
    /// Index on the ladder, unique in the project. Index 0 is the level of a new user. Default: one above the
    /// highest index.
    index: Option<i32>,
    /// Idempotency key, 1 to 255 characters of A-Z, a-z, 0-9, _ and -. A repeated request with the same key
    /// and input returns the first result for 24 hours.
    idempotency_key: Option<String>,
}

/// Input of the `grantVerificationLevel` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct GrantVerificationLevelInput {
    /// Id of the user.
    user_id: IdInput,
    /// Id of the level.
    level_id: IdInput,
    /// Reason of the grant: 1 to 1024 characters.
    reason: String,
    /// Idempotency key, 1 to 255 characters of A-Z, a-z, 0-9, _ and -. A repeated request with the same key
    /// and input returns the first result for 24 hours.
    idempotency_key: Option<String>,
}

/// Success result of the `createVerificationLevel` mutation.
#[derive(SimpleObject)]
pub struct CreateVerificationLevelSuccessPayload {
    /// The new level. Null if the token may not read levels.
    verification_level: Option<VerificationLevel>,
}

/// Success result of the `grantVerificationLevel` mutation.
#[derive(SimpleObject)]
pub struct GrantVerificationLevelSuccessPayload {
    /// The new grant. Null if the token may not read it.
    verification: Option<Verification>,
}

payload! {
    /// Result of the `createVerificationLevel` mutation.
    CreateVerificationLevelPayload: CreateVerificationLevelSuccessPayload,
    NameTaken(VerificationLevelNameTakenRejection),
    IndexTaken(VerificationLevelIndexTakenRejection),
    KeyReused(IdempotencyKeyReusedRejection),
    Forbidden(ForbiddenRejection),
}

payload! {
    /// Result of the `grantVerificationLevel` mutation.
    GrantVerificationLevelPayload: GrantVerificationLevelSuccessPayload,
    UnknownUser(UserNotFoundRejection),
    UnknownLevel(VerificationLevelNotFoundRejection),
    AlreadyThere(AlreadyAtVerificationLevelRejection),
    KeyReused(IdempotencyKeyReusedRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations of verifications.
#[derive(Default)]
pub struct VerificationMutation;

#[Object]
impl VerificationMutation {
    /// Adds a verification level to the project's ladder. Null only if the mutation failed; see `errors`.
    async fn create_verification_level(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: CreateVerificationLevelInput,
    ) -> Result<Option<CreateVerificationLevelPayload>> {
        mutate(ctx, |request| async move {
            let name = validated_text("name", &input.name, NAME)?;
            if input.index.is_some_and(|index| index < 0) {
                return Err(Error::argument("index", "must be 0 or more"));
            }
            let key_input = serde_json::json!([name, input.index]);
            let key = idempotency_key(request, input.idempotency_key, "createVerificationLevel", &key_input)?;
            let new = NewLevel { name, index: input.index, key: key.as_ref() };
            let attempt = || async {
                let created =
                    grant::create_level(&request.store, &request.caller, &request.clock, new).await?;
                Ok(created.into())
            };
            idempotency::run(request.op(), key.as_ref(), attempt).await
        })
        .await
        .map(Some)
    }

    /// Grants a verification level to a user: adds an entry to the user's history. Null only if the mutation
    /// failed; see `errors`.
    async fn grant_verification_level(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: GrantVerificationLevelInput,
    ) -> Result<Option<GrantVerificationLevelPayload>> {
        mutate(ctx, |request| async move {
            let reason = validated_text("reason", &input.reason, REASON)?;
            let user = input.user_id.uuid();
            let level = input.level_id.uuid();
            let key_input = serde_json::json!([user, level, reason]);
            let key = idempotency_key(request, input.idempotency_key, "grantVerificationLevel", &key_input)?;
            let new = Grant { user, level, reason, key: key.as_ref() };
            let attempt = || async {
                let granted = grant::grant(&request.store, &request.caller, &request.clock, new).await?;
                Ok((granted, &*input.user_id).into())
            };
            idempotency::run(request.op(), key.as_ref(), attempt).await
        })
        .await
        .map(Some)
    }
}

impl From<CreateLevelOutcome> for CreateVerificationLevelPayload {
    fn from(outcome: CreateLevelOutcome) -> Self {
        match outcome {
            CreateLevelOutcome::Level(row) => Self::Success(CreateVerificationLevelSuccessPayload {
                verification_level: Some(VerificationLevel::from(row)),
            }),
            CreateLevelOutcome::NameTaken => Self::NameTaken(VerificationLevelNameTakenRejection::new()),
            CreateLevelOutcome::IndexTaken => Self::IndexTaken(VerificationLevelIndexTakenRejection::new()),
            CreateLevelOutcome::KeyReused => Self::KeyReused(IdempotencyKeyReusedRejection::new()),
        }
    }
}

/// With the id as the client wrote it.
impl From<(GrantOutcome, &str)> for GrantVerificationLevelPayload {
    fn from((outcome, id): (GrantOutcome, &str)) -> Self {
        match outcome {
            GrantOutcome::Verification(row) => Self::Success(GrantVerificationLevelSuccessPayload {
                verification: Some(Verification::from(row)),
            }),
            GrantOutcome::UnknownUser => Self::UnknownUser(UserNotFoundRejection::new(id)),
            GrantOutcome::UnknownLevel => Self::UnknownLevel(VerificationLevelNotFoundRejection::new()),
            GrantOutcome::AlreadyThere => Self::AlreadyThere(AlreadyAtVerificationLevelRejection::new()),
            GrantOutcome::KeyReused => Self::KeyReused(IdempotencyKeyReusedRejection::new()),
        }
    }
}
