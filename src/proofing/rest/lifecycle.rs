//! Starting and completing a request.

use axum::{
    Extension,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use entity::proofing_request::{DeviceCheck, DocumentAuthentication, Model};
use sea_orm::ActiveEnum;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    answer::{self, Body, bad, object},
    list::not_found,
    path, view,
};
use crate::{
    http::{
        ApiState,
        idempotency::key as idempotency_key,
        path::Segments,
        reply::RequestId,
        rest::{self, RestError},
    },
    idempotency::{self, KEY_REUSED, Replayable, StoredRejection},
    op_context::OpContext,
    proofing::{
        checks::ManualChecks,
        graphql::{DeviceCheckResult, DocumentAuthenticationResult},
        outcome::{OutcomeError, complete as end, outcome},
        rules::StepError,
        store::steps::{self, NewProofingRequest, StartOutcome, StepOutcome},
    },
};

/// The body for starting a request. All fields are optional.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IdProofingInit)]
pub struct InitBody {
    /// The user's id. A token that is limited to tags must name a user.
    user_id: Option<String>,
    /// Your own id for the user. Send either this or `userId`.
    ref_id: Option<String>,
    /// Result of the device check. Default: `NONE`.
    #[schema(value_type = Option<DeviceCheckResult>)]
    device_check_result: Option<String>,
    /// Sandbox projects only: the outcome of the checks, as a name such as `approved` or an object.
    scenario: Option<Value>,
}

/// A started request.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IdProofingBegun)]
pub struct InitResponse {
    #[schema(value_type = String, format = "uuid")]
    request_id: Uuid,
    device_check_result: DeviceCheckResult,
}

/// Start a request
///
/// A request starts with a device check. The result `DENY` completes the request at once.
#[utoipa::path(
    post, path = path::INIT, tag = "ID proofing", operation_id = "initIdProofingRequest",
    request_body(content = InitBody, example = json!({ "deviceCheckResult": "ALLOW" })),
    responses(
        (status = 200, description = "The request has started", body = InitResponse),
        (status = 400, description = "The body is invalid", body = Body),
        (status = 404, description = "The user does not exist or is not visible to the token", body = Body),
        (status = 409, description = "The idempotency key was already used with a different body", body = Body),
    ),
    params(("Idempotency-Key" = Option<String>, Header, description = "Idempotency key, 1 to 255 characters \
        of A-Z, a-z, 0-9, _ and -. A repeated request with the same key and input returns the first result \
        for 24 hours.")),
)]
pub async fn init(
    State(app): State<ApiState>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let work = async {
        let admitted = rest::admit::<Body>(&app, &headers, ("POST", path::INIT)).await?;
        let key = idempotency_key(&app, &admitted.caller, &headers, path::INIT, &body)?;
        let body: InitBody = object(&body)?;
        let user = match (body.user_id, body.ref_id) {
            (Some(_), Some(_)) => {
                return Err(bad("invalid_body", "send either userId or refId, not both"));
            }
            (user, None) | (None, user) => user,
        };
        let device = body.device_check_result.map(|text| {
            let unknown = || one_of("deviceCheckResult", &text, "ALLOW, DENY, NONE, REVIEW");
            DeviceCheck::try_from_value(&text).map_err(|_| unknown())
        });
        let scenario = match body.scenario.unwrap_or_default() {
            Value::Null => None,
            Value::String(name) => Some(name),
            object => Some(object.to_string()),
        };
        let new = NewProofingRequest { user, device: device.transpose()?, scenario, key: key.clone() };
        let (caller, clock) = (&admitted.caller, &app.clocks.of(&admitted.caller.project));
        let op = OpContext { store: &app.store, vault: &app.vault, caller, clock };
        let attempt = || steps::start(&app.store, clock, caller, new.clone());
        match idempotency::run(op, key.as_ref(), attempt).await? {
            StartOutcome::Started(row) => {
                Ok(InitResponse { request_id: row.id, device_check_result: row.device_check_result.into() })
            }
            StartOutcome::UserNotFound => {
                Err(answer::error(StatusCode::NOT_FOUND, USER_NOT_FOUND.0, USER_NOT_FOUND.1))
            }
            StartOutcome::KeyReused => {
                let text = "this idempotency key was already used with a different body: use a new one";
                Err(answer::error(StatusCode::CONFLICT, "idempotency_key_reused", text))
            }
            StartOutcome::NoScenario => Err(bad(INVALID_SCENARIO.0, INVALID_SCENARIO.1)),
        }
    };
    rest::respond::<Body>((&id).into(), rest::timed(&app, Box::pin(work)).await)
}

/// Codes and messages of rejections, which are also stored under idempotency keys.
const USER_NOT_FOUND: (&str, &str) = ("user_not_found", "there is no such user");
const INVALID_SCENARIO: (&str, &str) =
    ("invalid_scenario", "this is not a valid scenario, or the project is not a Sandbox project");

impl Replayable for StartOutcome {
    fn rejection(&self) -> Option<StoredRejection> {
        let (name, message) = match self {
            Self::Started(_) => return None,
            Self::UserNotFound => USER_NOT_FOUND,
            Self::NoScenario => INVALID_SCENARIO,
            Self::KeyReused => (KEY_REUSED, ""),
        };
        Some(StoredRejection { name: name.to_owned(), message: message.to_owned(), subject: None })
    }

    fn replayed(rejection: &StoredRejection) -> Option<Self> {
        match rejection.name.as_str() {
            name if name == USER_NOT_FOUND.0 => Some(Self::UserNotFound),
            name if name == INVALID_SCENARIO.0 => Some(Self::NoScenario),
            KEY_REUSED => Some(Self::KeyReused),
            _ => None,
        }
    }
}

/// The error for a value that is not one of the allowed ones.
pub fn one_of(name: &'static str, value: &str, values: &str) -> RestError {
    bad("invalid_value", format!("`{name}` must be one of {values}")).with(name, value)
}

/// The body for completing a request. In a Sandbox project the scenario supplies omitted fields.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, rename_all = "camelCase")]
#[schema(as = IdProofingCompletion)]
pub struct CompleteBody {
    #[schema(value_type = Option<DocumentAuthenticationResult>)]
    document_authentication_result: Option<String>,
    /// Similarity of the faces, 0 to 100.
    #[schema(minimum = 0, maximum = 100)]
    face_match_score: Option<i64>,
}

/// A completed request.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IdProofingOutcome)]
pub struct CompleteResponse {
    #[schema(value_type = String, format = "uuid")]
    request_id: Uuid,
    state: view::State,
    #[schema(required)]
    document_authentication_result: Option<DocumentAuthenticationResult>,
    /// Whether the document photo and the selfie match.
    #[schema(required)]
    face_match: Option<bool>,
    #[schema(required, minimum = 0, maximum = 100)]
    face_match_score: Option<i32>,
}

/// Complete a request
#[utoipa::path(
    put, path = path::COMPLETE, tag = "ID proofing", operation_id = "completeIdProofingRequest",
    params(("requestId" = String, Path, format = "uuid", description = "Id of the request")),
    request_body(
        content = Option<CompleteBody>,
        example = json!({ "documentAuthenticationResult": "PASSED", "faceMatchScore": 95 }),
    ),
    responses(
        (status = 200, description = "The request is complete", body = CompleteResponse),
        (status = 400, description = "The body is invalid", body = Body),
        (status = 404, description = "The request does not exist or is not visible to the token", body = Body),
        (status = 409, description = "The request's state does not allow this step, or its user is erased or restricted", body = Body),
    ),
)]
pub async fn complete(
    State(app): State<ApiState>,
    Extension(id): Extension<RequestId>,
    Segments(request): Segments<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let work = async {
        let admitted = rest::admit::<Body>(&app, &headers, ("PUT", path::COMPLETE)).await?;
        let body: CompleteBody = if body.is_empty() { CompleteBody::default() } else { object(&body)? };
        let document = body.document_authentication_result.map(|text| {
            let values = "NONE, UNKNOWN, PASSED, FAILED, SKIPPED, ATTENTION";
            let unknown = || one_of("documentAuthenticationResult", &text, values);
            DocumentAuthentication::try_from_value(&text).map_err(|_| unknown())
        });
        let completion =
            outcome(document.transpose()?, body.face_match_score).map_err(|wrong| match wrong {
                OutcomeError::Score => {
                    bad("invalid_face_match_score", "a score must be a number from 0 to 100")
                }
                OutcomeError::ScoreAlone => missing(),
            })?;
        let Ok(wanted) = Uuid::try_parse(&request) else { return Err(not_found(&request)) };
        let manual = ManualChecks { completion, ..ManualChecks::default() };
        let stepped =
            end(&app.store, &app.clocks.of(&admitted.caller.project), &admitted.caller, wanted, manual)
                .await?
                .ok_or_else(missing)?;
        let row = done(stepped, &request)?;
        Ok(CompleteResponse {
            request_id: row.id,
            state: row.state.into(),
            document_authentication_result: row.document_authentication_result.map(Into::into),
            face_match: row.face_match,
            face_match_score: row.face_match_score,
        })
    };
    rest::respond::<Body>((&id).into(), rest::timed(&app, Box::pin(work)).await)
}

fn missing() -> RestError {
    bad("missing_document_authentication_result", "`documentAuthenticationResult` is required")
}

/// The error for storing data of an erased or restricted user.
pub fn user_erased(request: &str) -> RestError {
    let text = "the user of this request is erased or restricted: no more data is stored for it";
    answer::error(StatusCode::CONFLICT, "user_erased", text).with("requestId", request)
}

/// The request after a step, or the error if the step is not allowed.
pub fn done(stepped: StepOutcome, request: &str) -> Result<Model, RestError> {
    match stepped {
        StepOutcome::Done(row) => Ok(row),
        StepOutcome::NotFound => Err(not_found(request)),
        StepOutcome::UserErased => Err(user_erased(request)),
        StepOutcome::Refused(why) => {
            let code = match why {
                StepError::Denied => "device_denied",
                StepError::Completed => "request_completed",
                StepError::NoImage => "image_missing",
            };
            let refusal = answer::error(StatusCode::CONFLICT, code, why.reason());
            Err(refusal.with("requestId", request))
        }
    }
}
