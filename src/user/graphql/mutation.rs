use async_graphql::{Context, InputObject, Object, SimpleObject};
use entity::user;

use super::{
    User,
    input::{CreateUserInput, UncheckedUser, UpdateUserInput},
};
use crate::{
    Result,
    document::day,
    graphql::{
        IdInput, Request, mutate,
        payload::{idempotency_key, idempotent},
        rejection::{
            ForbiddenRejection, IdempotencyKeyReusedRejection, InvalidUserRejection, RefIdTakenRejection,
            UserErasedRejection, UserNotFoundRejection, UserTagsNeededRejection,
        },
    },
    payload,
    session::rules::{REF_ID, is_ref_id},
    user::{
        rules,
        store::write::{self, NewUser, UserChange, WriteOutcome},
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
    Erased(UserErasedRejection),
    Invalid(InvalidUserRejection),
    RefIdTaken(RefIdTakenRejection),
    TagsNeeded(UserTagsNeededRejection),
    Forbidden(ForbiddenRejection),
}

/// Input of the `deactivateUser` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct DeactivateUserInput {
    /// Id of the user.
    user_id: IdInput,
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

/// Mutations of users.
#[derive(Default)]
pub struct UserMutation;

#[Object]
impl UserMutation {
    /// Creates a user. An input without a `refId`, a tag or any personal data is rejected with
    /// `InvalidUserRejection`. Null only if the mutation failed; see `errors`.
    async fn create_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: CreateUserInput,
    ) -> Result<Option<CreateUserPayload>> {
        use CreateUserPayload as Payload;

        mutate(ctx, |request| async move {
            let key = input.idempotency_key.clone();
            let wanted = input.read();
            let key_input = serde_json::json!([wanted.ref_id, wanted.personal, wanted.tags]);
            let key = idempotency_key(request, key, "createUser", &key_input)?;
            let op = request.op();
            let attempt = || async {
                if wanted.ref_id.is_none()
                    && wanted.personal == crate::user::Personal::default()
                    && wanted.tags.is_empty()
                {
                    let text = "the input is empty: set `refId`, `tags` or a field of personal data";
                    return Ok(Payload::Invalid(InvalidUserRejection::because(text)));
                }
                let new = match valid(request, &wanted) {
                    Ok(new) => new,
                    Err(why) => return Ok(Payload::Invalid(why)),
                };
                Ok(match write::create(op, &new, key.as_ref()).await? {
                    WriteOutcome::Done(row) => {
                        Payload::Success(CreateUserSuccessPayload { user: Some(User::from(row)) })
                    }
                    WriteOutcome::RefIdTaken => Payload::RefIdTaken(RefIdTakenRejection::new()),
                    WriteOutcome::TagsNeeded => Payload::TagsNeeded(UserTagsNeededRejection::new()),
                    WriteOutcome::TagsOutside(tags) => Payload::TagsNeeded(tags_outside(&tags)),
                    WriteOutcome::RefIdOutside => {
                        Payload::Invalid(InvalidUserRejection::because(REF_ID_OUTSIDE))
                    }
                    // What the key made is gone: it cannot be made again under it.
                    WriteOutcome::KeyReused | WriteOutcome::NotFound | WriteOutcome::Erased => {
                        Payload::KeyReused(IdempotencyKeyReusedRejection::new())
                    }
                })
            };
            idempotent(request, key.as_ref(), attempt).await
        })
        .await
        .map(Some)
    }

    /// Updates a user. Null only if the mutation failed; see `errors`.
    async fn update_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: UpdateUserInput,
    ) -> Result<Option<UpdateUserPayload>> {
        use UpdateUserPayload as Payload;

        mutate(ctx, |request| async move {
            let id = input.user_id.uuid();
            let change = input.change();
            let op = request.op();
            let (ref_id, tags) = (change.ref_id.clone().flatten(), change.tags.clone().unwrap_or_default());
            let updated = write::update(op, id, &change, |known| {
                check_identifiers(ref_id.as_deref(), &tags)?;
                let personal = input.applied(known.clone()).validate_change(&known, day(request.clock.now()));
                personal.map(Some).map_err(|why| InvalidUserRejection::because(why.to_string()))
            });
            let updated = updated.await?;
            Ok(match updated {
                Err(why) => Payload::Invalid(why),
                Ok(WriteOutcome::Done(row)) => {
                    Payload::Success(UpdateUserSuccessPayload { user: Some(User::from(row)) })
                }
                Ok(WriteOutcome::NotFound | WriteOutcome::KeyReused) => {
                    Payload::NotFound(UserNotFoundRejection::new(&input.user_id))
                }
                Ok(WriteOutcome::RefIdTaken) => Payload::RefIdTaken(RefIdTakenRejection::new()),
                Ok(WriteOutcome::TagsNeeded) => Payload::TagsNeeded(UserTagsNeededRejection::new()),
                Ok(WriteOutcome::TagsOutside(tags)) => Payload::TagsNeeded(tags_outside(&tags)),
                Ok(WriteOutcome::RefIdOutside) => {
                    Payload::Invalid(InvalidUserRejection::because(REF_ID_OUTSIDE))
                }
                Ok(WriteOutcome::Erased) => Payload::Erased(UserErasedRejection::new()),
            })
        })
        .await
        .map(Some)
    }

    /// Deactivates a user: the record remains unchanged, and no identification can start for the user until
    /// `updateUser` reactivates it. Deactivating a user twice has no further effect. Null only if the
    /// mutation failed; see `errors`.
    async fn deactivate_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: DeactivateUserInput,
    ) -> Result<Option<DeactivateUserPayload>> {
        use DeactivateUserPayload as Payload;

        mutate(ctx, |request| async move {
            let id = input.user_id.uuid();
            let change = UserChange { status: Some(user::Status::Deactivated), ..UserChange::default() };
            let op = request.op();
            let updated = write::update(op, id, &change, |_| Ok::<_, std::convert::Infallible>(None)).await?;
            let Ok(updated) = updated;
            Ok(match updated {
                WriteOutcome::Done(row) => {
                    Payload::Success(DeactivateUserSuccessPayload { user: Some(User::from(row)) })
                }
                WriteOutcome::Erased => Payload::Erased(UserErasedRejection::new()),
                WriteOutcome::NotFound
                | WriteOutcome::KeyReused
                | WriteOutcome::RefIdTaken
                | WriteOutcome::RefIdOutside
                | WriteOutcome::TagsNeeded
                | WriteOutcome::TagsOutside(_) => {
                    Payload::NotFound(UserNotFoundRejection::new(&input.user_id))
                }
            })
        })
        .await
        .map(Some)
    }
}

const REF_ID_OUTSIDE: &str = "`refId`: the credential has tag limits, and a refId is unique among users that it cannot \
                              see: omit it, or use a credential without tag limits";

fn tags_outside(tags: &[String]) -> UserTagsNeededRejection {
    let tags = tags.join("`, `");
    UserTagsNeededRejection::because(format!(
        "the credential has tag limits: it can neither add nor remove `{tags}`"
    ))
}

/// Validates every field of a new user.
fn valid(request: &Request, wanted: &UncheckedUser) -> Result<NewUser, InvalidUserRejection> {
    check_identifiers(wanted.ref_id.as_deref(), &wanted.tags)?;
    let personal = wanted.personal.clone().validate(day(request.clock.now()));
    let personal = personal.map_err(|why| InvalidUserRejection::because(why.to_string()))?;
    Ok(NewUser { ref_id: wanted.ref_id.clone(), personal, tags: wanted.tags.clone(), ..NewUser::default() })
}

fn check_identifiers(ref_id: Option<&str>, tags: &[String]) -> Result<(), InvalidUserRejection> {
    if ref_id.is_some_and(|id| !is_ref_id(id)) {
        let text = format!("`refId`: must have 1 to {REF_ID} bytes and no NUL");
        return Err(InvalidUserRejection::because(text));
    }
    rules::check_tags(tags).map_err(|(name, why)| InvalidUserRejection::because(format!("`{name}`: {why}")))
}
