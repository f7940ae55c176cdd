use axum::{
    Extension,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use chrono::NaiveDate;
use entity::verification_session::Step;
use sea_orm::Iterable;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{answer::Body, limits::TOKEN_LIFE, path};
use crate::{
    document::day,
    http::{
        ApiState,
        idempotency::key as idempotency_key,
        reply::RequestId,
        rest::{self, RestError},
    },
    idempotency::{self, KEY_REUSED, Replayable, StoredRejection},
    op_context::OpContext,
    session::store::create::{self as store, CreateOutcome, NewSession},
    user::{Personal, rules::PersonalField},
    value::date,
};

/// The body for starting a session.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SessionBegin)]
pub struct CreateSessionBody {
    /// Your own id for the user: any string of 1 to 1024 bytes. The user is created if it does not exist.
    #[schema(example = "3eb8c91c-c866-4fcb-9805-67e8b45c7883")]
    ref_id: String,
    /// Your own name for the flow that the user is led through.
    flow_id: Option<String>,
    /// Known data of a user who is created.
    user: Option<KnownUser>,
    /// Addresses at which the user was seen.
    metadata: Option<Vec<String>>,
    /// Whether to start another session while one of this user and flow is in progress.
    force_creation: Option<bool>,
}

/// Known data of a user.
#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SessionUserBegin)]
pub struct KnownUser {
    first_name: Option<String>,
    last_name: Option<String>,
    /// `1990-01-31`.
    #[schema(value_type = Option<String>, format = Date)]
    birth_date: Option<String>,
    /// With country code: `+41791234567`, or with spaces, hyphens, dots or parentheses between the digits.
    phone_number: Option<String>,
    email: Option<String>,
}

/// A session that was started or continued.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SessionBegun)]
pub struct CreateSessionResponse {
    /// For the user's own device, valid for 30 minutes. It gives access only to its session.
    token: String,
    session_id: String,
}

/// Start a verification session
///
/// Creates the user if `refId` is unknown. Continues the user's session in progress, unless `forceCreation`
/// is set.
#[utoipa::path(
    post, path = path::SESSIONS, tag = "User verification", operation_id = "beginSession",
    request_body(content = CreateSessionBody, example = json!({ "refId": "3eb8c91c-c866-4fcb-9805-67e8b45c7883" })),
    responses(
        (status = 200, description = "The session", body = CreateSessionResponse),
        (status = 400, description = "The body is invalid", body = Body),
        (status = 404, description = "The user is erased or not visible to the token", body = Body),
        (status = 409, description = "The idempotency key was already used with a different body", body = Body),
    ),
    params(("Idempotency-Key" = Option<String>, Header, description = "Idempotency key, 1 to 255 characters \
        of A-Z, a-z, 0-9, _ and -. A repeated request with the same key and input returns the first result \
        for 24 hours.")),
)]
pub async fn begin(
    State(app): State<ApiState>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    rest::answer::<Body, _, _>(&app, ("POST", path::SESSIONS), (&id).into(), &headers, async |caller| {
        let key = idempotency_key(&app, &caller, &headers, path::SESSIONS, &body)?;
        let clock = app.clocks.of(&caller.project);
        let new = NewSession { key: key.clone(), ..object(&body)?.read(day(clock.now()))? };
        let op = OpContext { store: &app.store, vault: &app.vault, caller: &caller, clock: &clock };
        let attempt = || store::create(&app.store, &app.vault, &clock, &caller, &new);
        let session = match idempotency::run(op, key.as_ref(), attempt).await? {
            CreateOutcome::Session(session) => session,
            CreateOutcome::UserNotFound => return Err(RestError::not_found(USER_NOT_FOUND.1)),
            CreateOutcome::KeyReused => {
                let text = "this idempotency key was already used with a different body: use a new one";
                return Err(RestError::new(StatusCode::CONFLICT, text));
            }
        };
        let token = app.signer.issue_for_session(session.id, &app.clock, TOKEN_LIFE).await?;
        Ok(CreateSessionResponse {
            token,
            session_id: session.source_id.unwrap_or_else(|| session.id.to_string()),
        })
    })
    .await
}

/// Name and message of the rejection that is stored under an idempotency key.
const USER_NOT_FOUND: (&str, &str) = ("user_not_found", "there is no such user");

impl Replayable for CreateOutcome {
    fn rejection(&self) -> Option<StoredRejection> {
        let (name, message) = match self {
            Self::Session(_) => return None,
            Self::UserNotFound => USER_NOT_FOUND,
            Self::KeyReused => (KEY_REUSED, ""),
        };
        Some(StoredRejection { name: name.to_owned(), message: message.to_owned(), subject: None })
    }

    fn replayed(rejection: &StoredRejection) -> Option<Self> {
        match rejection.name.as_str() {
            name if name == USER_NOT_FOUND.0 => Some(Self::UserNotFound),
            KEY_REUSED => Some(Self::KeyReused),
            _ => None,
        }
    }
}

/// Parses the body of a request: a JSON object.
fn object(body: &[u8]) -> Result<CreateSessionBody, RestError> {
    match serde_json::from_slice(body) {
        // serde would also accept an array for an object: its items for the fields, in order.
        Ok(object @ Value::Object(_)) => serde_path_to_error::deserialize(object).map_err(|error| {
            let path = error.path().to_string();
            let prefix = if path == "." { String::new() } else { format!("`{path}`: ") };
            RestError::bad(format!("the body is invalid: {prefix}{}", error.inner()))
        }),
        Ok(_) => Err(RestError::bad("the body must be a JSON object")),
        Err(_) => Err(RestError::bad("the body is not valid JSON")),
    }
}

/// The name of a personal field in the body.
const fn user_field(field: PersonalField) -> &'static str {
    match field {
        PersonalField::FirstName => "user.firstName",
        PersonalField::LastName => "user.lastName",
        PersonalField::BirthDate => "user.birthDate",
        PersonalField::MobilePhoneNumber => "user.phoneNumber",
        PersonalField::VerifiedEmails => "user.email",
        // The body has no other fields.
        PersonalField::AllFirstNames
        | PersonalField::BirthLastName
        | PersonalField::PreferredLastName
        | PersonalField::BirthCity
        | PersonalField::BirthCountry
        | PersonalField::Nationality => "user",
    }
}

impl CreateSessionBody {
    fn read(self, today: NaiveDate) -> Result<NewSession, RestError> {
        let user = self.user.unwrap_or_default();
        let birth_date = user.birth_date.map(|text| {
            date::parse(&text).ok_or_else(|| RestError::bad(format!("`user.birthDate`: {}", date::FORM)))
        });
        let personal = Personal {
            first_name: user.first_name,
            last_name: user.last_name,
            birth_date: birth_date.transpose()?,
            mobile_phone_number: user.phone_number,
            verified_emails: user.email.into_iter().collect(),
            ..Personal::default()
        };
        let personal = personal
            .validate(today)
            .map_err(|why| RestError::bad(format!("`{}`: {}", user_field(why.field), why.reason)))?;
        let new = NewSession {
            ref_id: self.ref_id,
            flow_id: self.flow_id,
            steps: Step::iter().collect(),
            user: personal,
            addresses: self.metadata.unwrap_or_default(),
            force: self.force_creation.unwrap_or_default(),
            key: None,
        };
        match new.unstorable() {
            None => Ok(new),
            Some(name) => Err(RestError::bad(format!(
                "`{name}` is empty, too long, has too many items, or contains a NUL"
            ))),
        }
    }
}
