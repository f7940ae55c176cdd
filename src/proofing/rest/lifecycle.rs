//! The two ends of a request: init and complete.

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
    answer::{Body, ProofingApiError, answer, enter, object},
    list::not_found,
    path, view,
};
use crate::{
    http::{ApiState, error_format::Segments, idempotency, middleware::RequestId},
    proofing::{
        checks::ManualChecks,
        graphql::{DeviceCheckResult, DocumentAuthenticationResult},
        outcome::{OutcomeError, complete as end, outcome},
        rules::StepError,
        store::steps::{self, NewProofingRequest, StartOutcome, StepOutcome},
    },
};

/// What a request begins with. All of it may be left out.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IdProofingInit)]
pub struct InitBody {
    /// The person who is checked, by the id of the user. A token that is limited to tags has to name somebody.
    user_id: Option<String>,
    /// The person who is checked, by your own id. Name the user by one of the two.
    ref_id: Option<String>,
    /// What the check of the device found: `NONE` if left out.
    #[schema(value_type = Option<DeviceCheckResult>)]
    device_check_result: Option<String>,
    /// In Sandbox projects, what the checks will find: a name such as `approved`, or an object.
    scenario: Option<Value>,
}

/// A request that has begun.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IdProofingBegun)]
pub struct InitResponse {
    #[schema(value_type = String, format = "uuid")]
    request_id: Uuid,
    device_check_result: DeviceCheckResult,
}

/// Begin a request
///
/// Begins with a check of the device. A result of `DENY` ends the request at once.
#[utoipa::path(
    post, path = path::INIT, tag = "ID proofing", operation_id = "initIdProofingRequest",
    request_body(content = InitBody, example = json!({ "deviceCheckResult": "ALLOW" })),
    responses(
        (status = 200, description = "The request has begun", body = InitResponse),
        (status = 400, description = "The body is not as this path takes it", body = Body),
        (status = 404, description = "There is no such user, or it is none of those that the caller may see", body = Body),
        (status = 409, description = "The idempotency key was used with another body", body = Body),
    ),
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key and body give the same answer again for a day")),
)]
pub async fn init(
    State(app): State<ApiState>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let work = async {
        let entered = enter(&app, &headers, "POST", path::INIT).await?;
        let key = idempotency::key(&app, &entered.caller, &headers, path::INIT, &body)?;
        let body: InitBody = object(&body)?;
        let user = match (body.user_id, body.ref_id) {
            (Some(_), Some(_)) => {
                return Err(ProofingApiError::bad(
                    "invalid_body",
                    "name the user by userId or by refId, not by both",
                ));
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
        let refused = async |status, code, text| {
            idempotency::refused(&app, &entered.caller, key.as_ref(), code, text).await?;
            Err(ProofingApiError::new(status, code, text))
        };
        match steps::begin(&app.store, &app.clocks.of(&entered.caller.project), &entered.caller, new).await? {
            StartOutcome::Begun(row) => {
                Ok(InitResponse { request_id: row.id, device_check_result: row.device_check_result.into() })
            }
            StartOutcome::UserNotFound => {
                refused(StatusCode::NOT_FOUND, "user_not_found", "there is no such user").await
            }
            StartOutcome::KeyReused => {
                let text = "this idempotency key was used with another body: take a new one";
                Err(ProofingApiError::new(StatusCode::CONFLICT, "idempotency_key_reused", text))
            }
            StartOutcome::NoScenario => {
                let text = "this is no scenario, or the project is no Sandbox";
                refused(StatusCode::BAD_REQUEST, "invalid_scenario", text).await
            }
        }
    };
    answer(&app, &id, work).await
}

/// What is not one of the values it can have.
pub fn one_of(name: &'static str, value: &str, values: &str) -> ProofingApiError {
    ProofingApiError::bad("invalid_value", format!("`{name}` is one of {values}")).with(name, value)
}

/// What a request ends with. In a Sandbox its scenario says what is left out.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, rename_all = "camelCase")]
#[schema(as = IdProofingCompletion)]
pub struct CompleteBody {
    #[schema(value_type = Option<DocumentAuthenticationResult>)]
    document_authentication_result: Option<String>,
    /// How much the faces are alike.
    #[schema(minimum = 0, maximum = 100)]
    face_match_score: Option<i64>,
}

/// What a request has ended with.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IdProofingOutcome)]
pub struct CompleteResponse {
    #[schema(value_type = String, format = "uuid")]
    request_id: Uuid,
    state: view::State,
    #[schema(required)]
    document_authentication_result: Option<DocumentAuthenticationResult>,
    /// Whether the photo of the document and the selfie match.
    #[schema(required)]
    face_match: Option<bool>,
    #[schema(required, minimum = 0, maximum = 100)]
    face_match_score: Option<i32>,
}

/// End a request
#[utoipa::path(
    put, path = path::COMPLETE, tag = "ID proofing", operation_id = "completeIdProofingRequest",
    params(("requestId" = String, Path, format = "uuid", description = "The id of the request")),
    request_body(
        content = Option<CompleteBody>,
        example = json!({ "documentAuthenticationResult": "PASSED", "faceMatchScore": 95 }),
    ),
    responses(
        (status = 200, description = "The request is complete", body = CompleteResponse),
        (status = 400, description = "The body is not as this path takes it", body = Body),
        (status = 404, description = "There is no such request, or it is none of those that the caller may see", body = Body),
        (status = 409, description = "The request cannot take this step, or its user is erased or restricted", body = Body),
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
        let entered = enter(&app, &headers, "PUT", path::COMPLETE).await?;
        let body: CompleteBody = if body.is_empty() { CompleteBody::default() } else { object(&body)? };
        let document = body.document_authentication_result.map(|text| {
            let values = "NONE, UNKNOWN, PASSED, FAILED, SKIPPED, ATTENTION";
            let unknown = || one_of("documentAuthenticationResult", &text, values);
            DocumentAuthentication::try_from_value(&text).map_err(|_| unknown())
        });
        let completion =
            outcome(document.transpose()?, body.face_match_score).map_err(|wrong| match wrong {
                OutcomeError::Score => {
                    ProofingApiError::bad("invalid_face_match_score", "a score is a number from 0 to 100")
                }
                OutcomeError::ScoreAlone => missing(),
            })?;
        let Ok(wanted) = Uuid::try_parse(&request) else { return Err(not_found(&request)) };
        let manual = ManualChecks { completion, ..ManualChecks::default() };
        let stepped =
            end(&app.store, &app.clocks.of(&entered.caller.project), &entered.caller, wanted, manual)
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
    answer(&app, &id, work).await
}

fn missing() -> ProofingApiError {
    ProofingApiError::bad(
        "missing_document_authentication_result",
        "`documentAuthenticationResult` is needed",
    )
}

/// The refusal of whatever would be kept for a user that is erased or restricted.
pub fn user_erased(request: &str) -> ProofingApiError {
    let text = "the user of this request is erased or restricted: nothing is kept for it any more";
    ProofingApiError::new(StatusCode::CONFLICT, "user_erased", text).with("requestId", request)
}

/// The request that has taken a step, or why it has not.
pub fn done(stepped: StepOutcome, request: &str) -> Result<Model, ProofingApiError> {
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
            let refusal = ProofingApiError::new(StatusCode::CONFLICT, code, why.reason());
            Err(refusal.with("requestId", request))
        }
    }
}
