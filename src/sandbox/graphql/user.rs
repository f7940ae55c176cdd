use async_graphql::{Context, InputObject, Object, SimpleObject};
use entity::project::Mode;

use super::SandboxUser;
use crate::{
    Result,
    document::day,
    graphql::{
        Cca3, Date, mutate, parse_id,
        payload::idempotency_key,
        rejection::{ForbiddenRejection, IdempotencyKeyReusedRejection},
    },
    idempotency, payload,
    sandbox::{
        graphql::rejection::{NationalityNotFoundRejection, NotSandboxRejection},
        store,
    },
    user::{
        Personal,
        graphql::rejection::{InvalidUserRejection, UserNotFoundRejection},
        rules::{InvalidPersonal, PersonalField},
        store::{
            update::{self, PersonalOutcome},
            write::{self, CreateOutcome, NewUser},
        },
    },
};

/// Input of the `createSandboxUser` mutation. Fields that are omitted get generated values.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CreateSandboxUserInput {
    /// Given name in everyday use.
    first_name: Option<String>,
    /// The family name.
    last_name: Option<String>,
    /// All given names.
    all_first_names: Option<Vec<String>>,
    /// The day of birth.
    birth_date: Option<Date>,
    /// The country of birth.
    #[graphql(name = "birthCountryCCA3")]
    birth_country: Option<Cca3>,
    /// The nationality.
    #[graphql(name = "nationalityCCA3")]
    nationality: Option<Cca3>,
    /// Whether the user consents to every request.
    auto_consent: Option<bool>,
    /// Idempotency key, 1 to 255 characters of A-Z, a-z, 0-9, _ and -. A repeated request with the same key
    /// and input returns the first result for 24 hours.
    idempotency_key: Option<String>,
}

/// Success result of the `createSandboxUser` mutation.
#[derive(SimpleObject)]
pub struct CreateSandboxUserSuccessPayload {
    /// The new user.
    sandbox_user: Option<SandboxUser>,
}

payload! {
    /// Result of the `createSandboxUser` mutation.
    CreateSandboxUserPayload: CreateSandboxUserSuccessPayload,
    NationalityNotFound(NationalityNotFoundRejection),
    Invalid(InvalidUserRejection),
    NotSandbox(NotSandboxRejection),
    KeyReused(IdempotencyKeyReusedRejection),
    Forbidden(ForbiddenRejection),
}

/// Input of the `updateSandboxUser` mutation. Fields that are omitted keep their values.
#[derive(Clone, Debug, Default, InputObject)]
pub struct UpdateSandboxUserInput {
    /// Id of the user: the UUID in `User.id`. A `String`, as in the published input.
    id: String,
    /// Given name in everyday use.
    first_name: Option<String>,
    /// The family name.
    last_name: Option<String>,
    /// All given names.
    all_first_names: Option<Vec<String>>,
    /// The day of birth.
    birth_date: Option<Date>,
    /// The country of birth.
    #[graphql(name = "birthCountryCCA3")]
    birth_country: Option<Cca3>,
    /// The nationality.
    #[graphql(name = "nationalityCCA3")]
    nationality: Option<Cca3>,
    /// Whether the user consents to every request.
    auto_consent: Option<bool>,
}

/// Success result of the `updateSandboxUser` mutation.
#[derive(SimpleObject)]
pub struct UpdateSandboxUserSuccessPayload {
    /// The updated user.
    sandbox_user: Option<SandboxUser>,
}

payload! {
    /// Result of the `updateSandboxUser` mutation.
    UpdateSandboxUserPayload: UpdateSandboxUserSuccessPayload,
    NotFound(UserNotFoundRejection),
    NationalityNotFound(NationalityNotFoundRejection),
    Invalid(InvalidUserRejection),
    NotSandbox(NotSandboxRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations of sandbox users.
#[derive(Default)]
pub struct SandboxUserMutation;

#[Object]
impl SandboxUserMutation {
    /// Creates a sandbox user. Null only if the mutation failed; see `errors`.
    async fn create_sandbox_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: Option<CreateSandboxUserInput>,
    ) -> Result<Option<CreateSandboxUserPayload>> {
        use CreateSandboxUserPayload as Payload;

        mutate(ctx, |request| async move {
            if request.caller.project.mode != Mode::Sandbox {
                return Ok(Payload::NotSandbox(NotSandboxRejection::new()));
            }
            let input = input.unwrap_or_default();
            let (key, agrees) = (input.idempotency_key.clone(), input.auto_consent.unwrap_or_default());
            let personal = input.personal().normalized();
            let key =
                idempotency_key(request, key, "createSandboxUser", &serde_json::json!([personal, agrees]))?;
            let op = request.op();
            let attempt = || async {
                let personal = match personal.clone().validate(day(request.clock.now())) {
                    Ok(personal) => personal,
                    Err(why) => {
                        return Ok(match refused(&why, &personal) {
                            SandboxUserError::Nationality(why) => Payload::NationalityNotFound(why),
                            SandboxUserError::Other(why) => Payload::Invalid(why),
                        });
                    }
                };
                let new = NewUser { personal, ..NewUser::default() };
                match write::create(op, &new, key.as_ref()).await? {
                    CreateOutcome::Created(row) => {
                        store::consent(&request.store, &request.caller, row.id, agrees).await?;
                        let sandbox_user = Some(SandboxUser(row));
                        Ok(Payload::Success(CreateSandboxUserSuccessPayload { sandbox_user }))
                    }
                    // It has no refId and no tags, and what was created with the key is not created again.
                    CreateOutcome::KeyReused
                    | CreateOutcome::RefIdTaken
                    | CreateOutcome::OutsideLimits(_) => {
                        Ok(Payload::KeyReused(IdempotencyKeyReusedRejection::new()))
                    }
                }
            };
            idempotency::run(request.op(), key.as_ref(), attempt).await
        })
        .await
        .map(Some)
    }

    /// Updates a sandbox user. Null only if the mutation failed; see `errors`.
    async fn update_sandbox_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: UpdateSandboxUserInput,
    ) -> Result<Option<UpdateSandboxUserPayload>> {
        use UpdateSandboxUserPayload as Payload;

        mutate(ctx, |request| async move {
            if request.caller.project.mode != Mode::Sandbox {
                return Ok(Payload::NotSandbox(NotSandboxRejection::new()));
            }
            let id = parse_id(&input.id);
            let agrees = input.auto_consent;
            let op = request.op();
            let updated = update::update_personal(op, id, |known| {
                let after = input.applied(known.clone());
                let valid = after.clone().validate_change(&known, day(request.clock.now()));
                valid.map_err(|why| refused(&why, &after))
            });
            let payload = match updated.await? {
                PersonalOutcome::Updated(row) => {
                    if let Some(agrees) = agrees {
                        store::consent(&request.store, &request.caller, row.id, agrees).await?;
                    }
                    Payload::Success(UpdateSandboxUserSuccessPayload { sandbox_user: Some(SandboxUser(row)) })
                }
                PersonalOutcome::NotFound | PersonalOutcome::Erased => {
                    Payload::NotFound(UserNotFoundRejection::new(&input.id))
                }
                PersonalOutcome::Invalid(SandboxUserError::Nationality(why)) => {
                    Payload::NationalityNotFound(why)
                }
                PersonalOutcome::Invalid(SandboxUserError::Other(why)) => Payload::Invalid(why),
            };
            Ok(payload)
        })
        .await
        .map(Some)
    }
}

/// Reason why the data of a sandbox user is rejected.
enum SandboxUserError {
    Nationality(NationalityNotFoundRejection),
    Other(InvalidUserRejection),
}

/// Converts the rejection of a field, using the field names of the sandbox mutations.
fn refused(why: &InvalidPersonal, personal: &Personal) -> SandboxUserError {
    let unknown = |country: &Option<String>, text: String| {
        SandboxUserError::Nationality(NationalityNotFoundRejection::because(
            text,
            country.as_deref().unwrap_or_default(),
        ))
    };
    match why.field {
        PersonalField::Nationality => unknown(&personal.nationality, why.to_string()),
        PersonalField::BirthCountry => unknown(&personal.birth_country, why.named("birthCountryCCA3")),
        _ => SandboxUserError::Other(InvalidUserRejection::because(why.to_string())),
    }
}

impl CreateSandboxUserInput {
    fn personal(self) -> Personal {
        let first_name = self.first_name.unwrap_or_else(|| "Alex".to_owned());
        let all = self.all_first_names.filter(|names| !names.is_empty()).map(|names| names.join(" "));
        Personal {
            all_first_names: all.or_else(|| Some(first_name.clone())),
            first_name: Some(first_name),
            last_name: Some(self.last_name.unwrap_or_else(|| "Sandbox".to_owned())),
            birth_date: self
                .birth_date
                .map(|date| date.0)
                .or_else(|| chrono::NaiveDate::from_ymd_opt(1990, 1, 1)),
            birth_country: self.birth_country.map(|country| country.0),
            nationality: Some(self.nationality.map_or_else(|| "FRA".to_owned(), |country| country.0)),
            ..Personal::default()
        }
    }
}

impl UpdateSandboxUserInput {
    fn applied(&self, known: Personal) -> Personal {
        let country = |country: &Option<Cca3>| country.as_ref().map(|country| country.0.clone());
        let names = self.all_first_names.as_ref().filter(|names| !names.is_empty());
        Personal {
            first_name: self.first_name.clone().or(known.first_name),
            last_name: self.last_name.clone().or(known.last_name),
            all_first_names: names.map(|names| names.join(" ")).or(known.all_first_names),
            birth_date: self.birth_date.map(|date| date.0).or(known.birth_date),
            birth_country: country(&self.birth_country).or(known.birth_country),
            nationality: country(&self.nationality).or(known.nationality),
            ..known
        }
    }
}
