use async_graphql::{Context, InputObject, Object};

use super::{
    input::{CreateUserInput, UncheckedUser, UpdateUserInput},
    payload::{CreateUserPayload, DeactivateUserPayload, UpdateUserPayload},
};
use crate::{
    Result,
    document::day,
    graphql::{IdInput, Request, mutate, payload::idempotency_key},
    idempotency,
    session::rules::{REF_ID, is_ref_id},
    user::{
        graphql::rejection::InvalidUserRejection,
        rules,
        store::{
            update,
            write::{self, NewUser},
        },
    },
};

/// Input of the `deactivateUser` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct DeactivateUserInput {
    /// Id of the user.
    user_id: IdInput,
}

/// Mutations of users.
#[derive(Default)]
pub struct UserMutation;

#[Object]
impl UserMutation {
    /// Creates a user. An input that has neither a `refId` nor tags nor personal data is rejected with
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
                Ok(write::create(op, &new, key.as_ref()).await?.into())
            };
            idempotency::run(request.op(), key.as_ref(), attempt).await
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
        mutate(ctx, |request| async move {
            let id = input.user_id.uuid();
            let change = input.change();
            let op = request.op();
            let (ref_id, tags) = (change.ref_id.clone().flatten(), change.tags.clone().unwrap_or_default());
            let updated = update::update(op, id, &change, |known| {
                check_identifiers(ref_id.as_deref(), &tags)?;
                let personal = input.applied(known.clone()).validate_change(&known, day(request.clock.now()));
                personal.map_err(|why| InvalidUserRejection::because(why.to_string()))
            });
            Ok((updated.await?, &*input.user_id).into())
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
        mutate(ctx, |request| async move {
            let id = input.user_id.uuid();
            Ok((update::deactivate(request.op(), id).await?, &*input.user_id).into())
        })
        .await
        .map(Some)
    }
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
