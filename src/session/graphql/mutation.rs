use async_graphql::{Context, ID, InputObject, Object, SimpleObject, Union};
use entity::verification_session::{Status, Step};
use sea_orm::Iterable;

use super::{VerificationSession, VerificationSessionStatus, VerificationStep};
use crate::{
    Error, Result,
    document::day,
    graphql::{
        Date, IdInput, PhoneNumber, Request, mutate,
        payload::idempotency_key,
        rejection::{ForbiddenRejection, IdempotencyKeyReusedRejection},
    },
    idempotency, payload,
    session::{
        graphql::rejection::{
            VerificationSessionClosedRejection, VerificationSessionNotFoundRejection,
            VerificationSessionTransitionRefusedRejection,
        },
        rules,
        store::{
            complete::{self, CompleteOutcome},
            create::{self, CreateOutcome, NewSession},
        },
    },
    user::{
        Personal,
        graphql::rejection::{UserErasedRejection, UserNotFoundRejection},
        rules::PersonalField,
    },
};

/// Data of a user who does not exist yet. An existing user is not changed.
#[derive(Clone, Debug, Default, InputObject)]
pub struct SessionUserInput {
    /// The given name.
    first_name: Option<String>,
    /// The family name.
    last_name: Option<String>,
    /// The day of birth.
    birth_date: Option<Date>,
    /// The mobile phone number.
    mobile_phone_number: Option<PhoneNumber>,
    /// The e-mail address, if it was verified to belong to the user.
    email: Option<String>,
}

/// Input of the `createVerificationSession` mutation.
#[derive(InputObject)]
pub struct CreateVerificationSessionInput {
    /// The client's own id of the user: any text of 1 to 1024 bytes. The user is created if it does not
    /// exist.
    ref_id: String,
    /// The client's name of the flow: 1 to 255 bytes. Default: `default`.
    flow_id: Option<String>,
    /// Steps to capture. Default: any step.
    steps: Option<Vec<VerificationStep>>,
    /// Data of a user who does not exist yet.
    user: Option<SessionUserInput>,
    /// Addresses at which the user was seen, at most 20.
    metadata: Option<Vec<String>>,
    /// Whether to start a new session even if one of the same user and flow is in progress. Default: false,
    /// which continues the session in progress.
    force_creation: Option<bool>,
    /// Idempotency key, 1 to 255 characters of A-Z, a-z, 0-9, _ and -. A repeated request with the same key
    /// and input returns the first result for 24 hours.
    idempotency_key: Option<String>,
}

/// Success result of the `createVerificationSession` mutation. The session is new, or is the one in progress.
#[derive(SimpleObject)]
pub struct CreateVerificationSessionSuccessPayload {
    /// Id of the session.
    session_id: ID,
    /// The session. Null if the token may not read it.
    verification_session: Option<VerificationSession>,
}

payload! {
    /// Result of the `createVerificationSession` mutation.
    CreateVerificationSessionPayload: CreateVerificationSessionSuccessPayload,
    UserNotFound(UserNotFoundRejection),
    KeyReused(IdempotencyKeyReusedRejection),
    Forbidden(ForbiddenRejection),
}

/// Input of the `completeVerificationSession` mutation.
#[derive(InputObject)]
pub struct CompleteVerificationSessionInput {
    /// Id of the session.
    session_id: IdInput,
    /// New status: `Pending`, `Successful` or `Suspected`.
    status: VerificationSessionStatus,
}

/// Success result of the `completeVerificationSession` mutation.
#[derive(SimpleObject)]
pub struct CompleteVerificationSessionSuccessPayload {
    /// The session. Null if the token may not read it.
    verification_session: Option<VerificationSession>,
}

/// Result of the `completeVerificationSession` mutation.
#[derive(Union)]
pub enum CompleteVerificationSessionPayload {
    Success(CompleteVerificationSessionSuccessPayload),
    NotFound(VerificationSessionNotFoundRejection),
    UserErased(UserErasedRejection),
    Closed(VerificationSessionClosedRejection),
    Refused(VerificationSessionTransitionRefusedRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations of verification sessions.
#[derive(Default)]
pub struct SessionMutation;

#[Object]
impl SessionMutation {
    /// Starts a verification session of a user, or continues the one in progress. Null only if the mutation
    /// failed; see `errors`.
    async fn create_verification_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: CreateVerificationSessionInput,
    ) -> Result<Option<CreateVerificationSessionPayload>> {
        mutate(ctx, |request| async move {
            let new = input.read(request)?;
            let attempt = || async {
                let created =
                    create::create(&request.store, &request.vault, &request.clock, &request.caller, &new)
                        .await?;
                Ok((created, new.ref_id.as_str()).into())
            };
            idempotency::run(request.op(), new.key.as_ref(), attempt).await
        })
        .await
        .map(Some)
    }

    /// Sets the status of a verification session: `Pending` while it is reviewed, `Successful` or `Suspected`
    /// once the review is decided. Null only if the mutation failed; see `errors`.
    async fn complete_verification_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: CompleteVerificationSessionInput,
    ) -> Result<Option<CompleteVerificationSessionPayload>> {
        mutate(ctx, |request| async move {
            let id = input.session_id.uuid();
            let (caller, status) = (&request.caller, Status::from(input.status));
            let completed = complete::complete(&request.store, &request.clock, caller, id, status).await?;
            Ok((completed, status).into())
        })
        .await
        .map(Some)
    }
}

/// Returns the input's name of a field of personal data.
const fn user_field(field: PersonalField) -> &'static str {
    match field {
        PersonalField::FirstName => "user.firstName",
        PersonalField::LastName => "user.lastName",
        PersonalField::BirthDate => "user.birthDate",
        PersonalField::MobilePhoneNumber => "user.mobilePhoneNumber",
        PersonalField::VerifiedEmails => "user.email",
        // The input has no other field.
        PersonalField::AllFirstNames
        | PersonalField::BirthLastName
        | PersonalField::PreferredLastName
        | PersonalField::BirthCity
        | PersonalField::BirthCountry
        | PersonalField::Nationality => "user",
    }
}

impl CreateVerificationSessionInput {
    /// Validates the input.
    fn read(self, request: &Request) -> Result<NewSession> {
        if !rules::is_ref_id(&self.ref_id) {
            let reason = format!("must have 1 to {} bytes and no NUL", rules::REF_ID);
            return Err(Error::argument("refId", reason));
        }
        let user = self.user.unwrap_or_default();
        let personal = Personal {
            first_name: user.first_name,
            last_name: user.last_name,
            birth_date: user.birth_date.map(|date| date.0),
            mobile_phone_number: user.mobile_phone_number.map(|number| number.0),
            verified_emails: user.email.into_iter().collect(),
            ..Personal::default()
        };
        let personal = personal.normalized();
        let key_input = serde_json::json!([
            self.ref_id,
            self.flow_id,
            self.steps.as_ref().map(|steps| steps.iter().map(|step| Step::from(*step)).collect::<Vec<_>>()),
            self.metadata,
            self.force_creation,
            personal,
        ]);
        let key = idempotency_key(request, self.idempotency_key, "createVerificationSession", &key_input)?;
        let mut steps: Vec<Step> = match self.steps {
            None => Step::iter().collect(),
            Some(steps) => steps.into_iter().map(Into::into).collect(),
        };
        steps.sort_unstable();
        steps.dedup();
        if steps.is_empty() {
            return Err(Error::argument("steps", "set at least one step, or omit `steps`"));
        }
        let personal = personal
            .validate(day(request.clock.now()))
            .map_err(|why| Error::argument(user_field(why.field), why.reason))?;
        let new = NewSession {
            ref_id: self.ref_id,
            flow_id: self.flow_id,
            steps,
            user: personal,
            addresses: self.metadata.unwrap_or_default(),
            force: self.force_creation.unwrap_or_default(),
            key,
        };
        new.unstorable()
            .map_or(Ok(new), |name| Err(Error::argument(name, "is empty, too long, or contains NUL")))
    }
}

/// With the id as the client wrote it.
impl From<(CreateOutcome, &str)> for CreateVerificationSessionPayload {
    fn from((outcome, id): (CreateOutcome, &str)) -> Self {
        match outcome {
            CreateOutcome::Session(row) => Self::Success(CreateVerificationSessionSuccessPayload {
                session_id: row.id.into(),
                verification_session: Some(VerificationSession(row)),
            }),
            CreateOutcome::UserNotFound => Self::UserNotFound(UserNotFoundRejection::new(id)),
            CreateOutcome::KeyReused => Self::KeyReused(IdempotencyKeyReusedRejection::new()),
        }
    }
}

/// With the requested status.
impl From<(CompleteOutcome, Status)> for CompleteVerificationSessionPayload {
    fn from((outcome, status): (CompleteOutcome, Status)) -> Self {
        match outcome {
            CompleteOutcome::Done(row) => Self::Success(CompleteVerificationSessionSuccessPayload {
                verification_session: Some(VerificationSession(row)),
            }),
            CompleteOutcome::NotFound => Self::NotFound(VerificationSessionNotFoundRejection::new()),
            CompleteOutcome::UserErased => Self::UserErased(UserErasedRejection::new()),
            CompleteOutcome::Refused(from) if rules::is_closed(from) => {
                Self::Closed(VerificationSessionClosedRejection::new())
            }
            CompleteOutcome::Refused(from) => {
                let text = format!("the verification session is {from:?} and cannot become {status:?}");
                Self::Refused(VerificationSessionTransitionRefusedRejection::because(text))
            }
        }
    }
}
