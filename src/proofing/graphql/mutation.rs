use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject, Union};
use entity::proofing_request::DeviceCheck;
use schemars::JsonSchema;
use sea_orm::ActiveEnum;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{DeviceCheckResult, DocumentAuthenticationResult, ProofingRequest};
use crate::proofing::{
    checks::ManualChecks,
    outcome::{complete, outcome},
    rules::Step,
    store::{
        self,
        steps::{self, NewProofingRequest, StartOutcome, StepOutcome},
    },
};
use crate::{
    Result,
    auth::policy::permits,
    blob::{Purpose, Ticket},
    graphql::{
        ContextExt, DateTime,
        payload::{idempotency_key, idempotent},
        rejection::{
            ForbiddenRejection, IdempotencyKeyReusedRejection, InvalidProofingOutcomeRejection,
            InvalidProofingScenarioRejection, ProofingRequestNotFoundRejection, ProofingStepRefusedRejection,
            UserErasedRejection, UserNotFoundRejection,
        },
    },
    payload,
};

/// A side of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum ProofingImageSide {
    /// The side with the photo.
    Front,
    /// The other one.
    Back,
}

/// Input of the `createProofingRequest` mutation.
#[derive(InputObject)]
pub struct CreateProofingRequestInput {
    /// The person who is checked: the id of the user, or else your own `refId` of it. A token that is limited to tags
    /// has to name one.
    user_id: Option<ID>,
    /// What the check of the device found. Left out: what the scenario says, or `NONE`.
    device_check_result: Option<DeviceCheckResult>,
    /// In Sandbox projects, what the checks will find: `approved`, `denied`, `review`, `forged`, `no-match`,
    /// `unreadable`, or JSON such as `{"device":"REVIEW","document":"FAILED","score":42,"front":true,"back":false}`.
    scenario: Option<String>,
    /// Idempotency key, 1 to 255 characters of A-Z, a-z, 0-9, _ and -. A repeated request with the same key
    /// and input returns the first result for 24 hours.
    idempotency_key: Option<String>,
}

/// Success result of the `createProofingRequest` mutation.
#[derive(SimpleObject)]
pub struct CreateProofingRequestSuccessPayload {
    /// Id of the request.
    request_id: ID,
    /// The request.
    proofing_request: Option<ProofingRequest>,
}

payload! {
    /// Result of the `createProofingRequest` mutation.
    CreateProofingRequestPayload: CreateProofingRequestSuccessPayload,
    Forbidden(ForbiddenRejection),
    UserNotFound(UserNotFoundRejection),
    InvalidScenario(InvalidProofingScenarioRejection),
    KeyReused(IdempotencyKeyReusedRejection),
}

/// Input of the `generateProofingImageUploadUrl` mutation.
#[derive(InputObject)]
pub struct GenerateProofingImageUploadUrlInput {
    /// Id of the request.
    request_id: ID,
    /// The side of the document.
    side: ProofingImageSide,
    /// Whether the image shows a known document, if you have found out. Left out: what the scenario says, or `false`.
    classified: Option<bool>,
}

/// Success result of the `generateProofingImageUploadUrl` mutation.
#[derive(SimpleObject)]
pub struct GenerateProofingImageUploadUrlSuccessPayload {
    /// Where to PUT the image, as `application/octet-stream`: a whole address, or a path of this server if it does not
    /// know by which address you reach it. It needs no token.
    url: String,
    /// Until when.
    expires_at: DateTime,
}

/// Result of the `generateProofingImageUploadUrl` mutation.
#[derive(Union)]
pub enum GenerateProofingImageUploadUrlPayload {
    Success(GenerateProofingImageUploadUrlSuccessPayload),
    Forbidden(ForbiddenRejection),
    NotFound(ProofingRequestNotFoundRejection),
    UserErased(UserErasedRejection),
    StepRefused(ProofingStepRefusedRejection),
}

/// Input of the `completeProofingRequest` mutation.
#[derive(InputObject)]
pub struct CompleteProofingRequestInput {
    /// Id of the request.
    request_id: ID,
    /// What the authentication of the document found. Left out: what the scenario says.
    document_authentication_result: Option<DocumentAuthenticationResult>,
    /// How much the faces are alike, from 0 to 100. `faceMatch` follows from it.
    face_match_score: Option<i32>,
}

/// Success result of the `completeProofingRequest` mutation.
#[derive(SimpleObject)]
pub struct CompleteProofingRequestSuccessPayload {
    /// Id of the request.
    request_id: ID,
    /// The request.
    proofing_request: Option<ProofingRequest>,
}

/// Result of the `completeProofingRequest` mutation.
#[derive(Union)]
pub enum CompleteProofingRequestPayload {
    Success(CompleteProofingRequestSuccessPayload),
    Forbidden(ForbiddenRejection),
    NotFound(ProofingRequestNotFoundRejection),
    UserErased(UserErasedRejection),
    StepRefused(ProofingStepRefusedRejection),
    InvalidOutcome(InvalidProofingOutcomeRejection),
}

/// Mutations of proofing requests.
#[derive(Default)]
pub struct ProofingMutation;

#[Object]
impl ProofingMutation {
    /// Begins a proofing request with a check of the device. `DENY` ends it at once.
    async fn create_proofing_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: CreateProofingRequestInput,
    ) -> Result<CreateProofingRequestPayload> {
        use CreateProofingRequestPayload as Payload;
        let request = ctx.request()?;
        if !permits(&request.caller, "createProofingRequest") {
            return Ok(Payload::Forbidden(ForbiddenRejection::new()));
        }
        let device: Option<DeviceCheck> = input.device_check_result.map(Into::into);
        let asked = serde_json::json!([
            input.user_id.as_deref(),
            device.map(|device| device.to_value()),
            input.scenario.as_deref(),
        ]);
        let key = idempotency_key(request, input.idempotency_key, "createProofingRequest", &asked)?;
        let user = input.user_id.map(|id| id.0);
        let new = NewProofingRequest { user: user.clone(), device, scenario: input.scenario, key };
        let attempt = || async {
            let begun = steps::begin(&request.store, &request.clock, &request.caller, new.clone()).await?;
            Ok(match begun {
                StartOutcome::Begun(row) => Payload::Success(CreateProofingRequestSuccessPayload {
                    request_id: row.id.into(),
                    proofing_request: Some(ProofingRequest(row)),
                }),
                StartOutcome::UserNotFound => {
                    Payload::UserNotFound(UserNotFoundRejection::new(user.as_deref().unwrap_or_default()))
                }
                StartOutcome::NoScenario => Payload::InvalidScenario(InvalidProofingScenarioRejection::new()),
                StartOutcome::KeyReused => Payload::KeyReused(IdempotencyKeyReusedRejection::new()),
            })
        };
        let payload = idempotent(request, new.key.as_ref(), attempt).await?;
        request.invalidate_loaders();
        Ok(payload)
    }

    /// An address to which one image of a request can be uploaded, for five minutes.
    async fn generate_proofing_image_upload_url(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: GenerateProofingImageUploadUrlInput,
    ) -> Result<GenerateProofingImageUploadUrlPayload> {
        use GenerateProofingImageUploadUrlPayload as Payload;
        let request = ctx.request()?;
        if !permits(&request.caller, "generateProofingImageUploadUrl") {
            return Ok(Payload::Forbidden(ForbiddenRejection::new()));
        }
        let id = Uuid::try_parse(&input.request_id).unwrap_or_default();
        let mine = store::visible_to(&request.store, &request.caller);
        Ok(match steps::look(&request.store, mine, id, Step::Image).await? {
            StepOutcome::Done(row) => {
                let expires_at = request.machine_clock().now().plus_seconds(Ticket::LIFE);
                let ticket = Ticket {
                    project: row.project_id,
                    good_for: Purpose::Proofing {
                        request: row.id,
                        side: u8::from(input.side == ProofingImageSide::Back),
                        classified: input.classified,
                    },
                    expires: expires_at.seconds(),
                };
                let path = format!("/uploads/{}", ticket.sign(&request.root));
                let url = request.address(&path);
                let expires_at = DateTime(expires_at);
                Payload::Success(GenerateProofingImageUploadUrlSuccessPayload { url, expires_at })
            }
            StepOutcome::NotFound => Payload::NotFound(ProofingRequestNotFoundRejection::new()),
            StepOutcome::UserErased => Payload::UserErased(UserErasedRejection::new()),
            StepOutcome::Refused(why) => {
                Payload::StepRefused(ProofingStepRefusedRejection::because(why.reason()))
            }
        })
    }

    /// Ends a proofing request with what the checks of document and face found.
    async fn complete_proofing_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: CompleteProofingRequestInput,
    ) -> Result<CompleteProofingRequestPayload> {
        use CompleteProofingRequestPayload as Payload;
        let request = ctx.request()?;
        if !permits(&request.caller, "completeProofingRequest") {
            return Ok(Payload::Forbidden(ForbiddenRejection::new()));
        }
        let given = outcome(
            input.document_authentication_result.map(Into::into),
            input.face_match_score.map(i64::from),
        );
        let Ok(completion) = given else {
            return Ok(Payload::InvalidOutcome(InvalidProofingOutcomeRejection::new()));
        };
        let id = Uuid::try_parse(&input.request_id).unwrap_or_default();
        let stepped = complete(
            &request.store,
            &request.clock,
            &request.caller,
            id,
            ManualChecks { completion, ..ManualChecks::default() },
        )
        .await?;
        request.invalidate_loaders();
        Ok(match stepped {
            None => Payload::InvalidOutcome(InvalidProofingOutcomeRejection::new()),
            Some(StepOutcome::Done(row)) => Payload::Success(CompleteProofingRequestSuccessPayload {
                request_id: row.id.into(),
                proofing_request: Some(ProofingRequest(row)),
            }),
            Some(StepOutcome::NotFound) => Payload::NotFound(ProofingRequestNotFoundRejection::new()),
            Some(StepOutcome::UserErased) => Payload::UserErased(UserErasedRejection::new()),
            Some(StepOutcome::Refused(why)) => {
                Payload::StepRefused(ProofingStepRefusedRejection::because(why.reason()))
            }
        })
    }
}
