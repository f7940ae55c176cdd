use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject, Union};
use entity::proofing_request::DeviceCheck;
use schemars::JsonSchema;
use sea_orm::ActiveEnum;
use serde::{Deserialize, Serialize};

use super::{DeviceCheckResult, DocumentAuthenticationResult, ProofingRequest};
use crate::{
    Result,
    blob::{Purpose, Ticket},
    graphql::{
        DateTime, IdInput, mutate,
        payload::idempotency_key,
        rejection::{ForbiddenRejection, IdempotencyKeyReusedRejection},
    },
    idempotency, payload,
    proofing::{
        checks::{ManualChecks, Side},
        graphql::rejection::{
            InvalidProofingOutcomeRejection, InvalidProofingScenarioRejection,
            ProofingRequestNotFoundRejection, ProofingStepRefusedRejection,
        },
        outcome::{complete, outcome},
        rules::Step,
        store::{
            self,
            steps::{self, NewProofingRequest, StartOutcome, StepOutcome},
        },
    },
    user::graphql::rejection::{UserErasedRejection, UserNotFoundRejection},
};

/// A side of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum ProofingImageSide {
    /// The side with the photo.
    Front,
    /// The side without the photo.
    Back,
}

impl From<ProofingImageSide> for Side {
    fn from(side: ProofingImageSide) -> Self {
        match side {
            ProofingImageSide::Front => Self::Front,
            ProofingImageSide::Back => Self::Back,
        }
    }
}

impl From<Side> for ProofingImageSide {
    fn from(side: Side) -> Self {
        match side {
            Side::Front => Self::Front,
            Side::Back => Self::Back,
        }
    }
}

/// Input of the `createProofingRequest` mutation.
#[derive(InputObject)]
pub struct CreateProofingRequestInput {
    /// The user who is checked: the user's id or `refId`. Required if the token has tag limits.
    user_id: Option<ID>,
    /// Result of the device check. Default: the result in `scenario`, otherwise `NONE`.
    device_check_result: Option<DeviceCheckResult>,
    /// Results of the checks, in Sandbox projects only: `approved`, `denied`, `review`, `forged`, `no-match`,
    /// `unreadable`, or JSON such as
    /// `{"device":"REVIEW","document":"FAILED","score":42,"front":true,"back":false}`.
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
    /// The proofing request.
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
    request_id: IdInput,
    /// Side of the document.
    side: ProofingImageSide,
    /// Whether the client recognised the image as that of a known document. Default: the value in the
    /// scenario, otherwise `false`.
    classified: Option<bool>,
}

/// Success result of the `generateProofingImageUploadUrl` mutation.
#[derive(SimpleObject)]
pub struct GenerateProofingImageUploadUrlSuccessPayload {
    /// URL to PUT the image to, as `application/octet-stream`. It needs no token. An absolute URL, or a path
    /// on this server if the server does not know its own address.
    url: String,
    /// Time at which the URL expires.
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
    request_id: IdInput,
    /// Result of the document authentication. Default: the result in the scenario.
    document_authentication_result: Option<DocumentAuthenticationResult>,
    /// Similarity of the faces, from 0 to 100. Determines `faceMatch`.
    face_match_score: Option<i32>,
}

/// Success result of the `completeProofingRequest` mutation.
#[derive(SimpleObject)]
pub struct CompleteProofingRequestSuccessPayload {
    /// Id of the request.
    request_id: ID,
    /// The proofing request.
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
    /// Starts a proofing request with the result of the device check. `DENY` ends the request immediately.
    async fn create_proofing_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: CreateProofingRequestInput,
    ) -> Result<CreateProofingRequestPayload> {
        mutate(ctx, |request| async move {
            let device: Option<DeviceCheck> = input.device_check_result.map(Into::into);
            let key_input = serde_json::json!([
                input.user_id.as_deref(),
                device.map(|device| device.to_value()),
                input.scenario.as_deref(),
            ]);
            let key = idempotency_key(request, input.idempotency_key, "createProofingRequest", &key_input)?;
            let user = input.user_id.map(|id| id.0);
            let new = NewProofingRequest { user: user.clone(), device, scenario: input.scenario, key };
            let attempt = || async {
                let started =
                    steps::start(&request.store, &request.clock, &request.caller, new.clone()).await?;
                Ok((started, user.as_deref().unwrap_or_default()).into())
            };
            idempotency::run(request.op(), new.key.as_ref(), attempt).await
        })
        .await
    }

    /// Returns a URL to upload one image of a proofing request to. It is valid for five minutes.
    async fn generate_proofing_image_upload_url(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: GenerateProofingImageUploadUrlInput,
    ) -> Result<GenerateProofingImageUploadUrlPayload> {
        use GenerateProofingImageUploadUrlPayload as Payload;
        mutate(ctx, |request| async move {
            let id = input.request_id.uuid();
            let visible = store::visible_to(&request.store, &request.caller);
            Ok(match steps::look(&request.store, visible, id, Step::Image).await? {
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
        })
        .await
    }

    /// Completes a proofing request with the results of the document authentication and the face match.
    async fn complete_proofing_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: CompleteProofingRequestInput,
    ) -> Result<CompleteProofingRequestPayload> {
        use CompleteProofingRequestPayload as Payload;
        mutate(ctx, |request| async move {
            let given = outcome(
                input.document_authentication_result.map(Into::into),
                input.face_match_score.map(i64::from),
            );
            let Ok(completion) = given else {
                return Ok(Payload::InvalidOutcome(InvalidProofingOutcomeRejection::new()));
            };
            let id = input.request_id.uuid();
            let stepped = complete(
                &request.store,
                &request.clock,
                &request.caller,
                id,
                ManualChecks { completion, ..ManualChecks::default() },
            )
            .await?;
            Ok(stepped.map_or_else(
                || Payload::InvalidOutcome(InvalidProofingOutcomeRejection::new()),
                Payload::from,
            ))
        })
        .await
    }
}

/// With the id as the client wrote it.
impl From<(StartOutcome, &str)> for CreateProofingRequestPayload {
    fn from((outcome, id): (StartOutcome, &str)) -> Self {
        match outcome {
            StartOutcome::Started(row) => Self::Success(CreateProofingRequestSuccessPayload {
                request_id: row.id.into(),
                proofing_request: Some(ProofingRequest(row)),
            }),
            StartOutcome::UserNotFound => Self::UserNotFound(UserNotFoundRejection::new(id)),
            StartOutcome::NoScenario => Self::InvalidScenario(InvalidProofingScenarioRejection::new()),
            StartOutcome::KeyReused => Self::KeyReused(IdempotencyKeyReusedRejection::new()),
        }
    }
}

impl From<StepOutcome> for CompleteProofingRequestPayload {
    fn from(outcome: StepOutcome) -> Self {
        match outcome {
            StepOutcome::Done(row) => Self::Success(CompleteProofingRequestSuccessPayload {
                request_id: row.id.into(),
                proofing_request: Some(ProofingRequest(row)),
            }),
            StepOutcome::NotFound => Self::NotFound(ProofingRequestNotFoundRejection::new()),
            StepOutcome::UserErased => Self::UserErased(UserErasedRejection::new()),
            StepOutcome::Refused(why) => {
                Self::StepRefused(ProofingStepRefusedRejection::because(why.reason()))
            }
        }
    }
}
