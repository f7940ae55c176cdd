use async_graphql::{Context, Enum, InputObject, Object, SimpleObject, Union};
use entity::verification_result::Status;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::VerificationResult;
use crate::{
    Error, Result,
    graphql::{
        IdInput, mutate,
        payload::idempotency_key,
        rejection::{ForbiddenRejection, IdempotencyKeyReusedRejection},
    },
    idempotency, payload,
    result::{
        graphql::rejection::{
            IntegrationNotFoundRejection, VerificationResultFinalRejection,
            VerificationResultNotFoundRejection,
        },
        store::{self, NewResult, RecordOutcome, RequestOutcome},
    },
    user::graphql::rejection::{UserErasedRejection, UserNotFoundRejection},
};

/// Maximum length of a correlation id, in bytes.
const CORRELATION: usize = 255;

/// Input of the `requestVerification` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct RequestVerificationInput {
    /// Id of the integration. Its scopes determine the data that the result releases.
    integration_id: IdInput,
    /// Id of the user.
    user_id: IdInput,
    /// The client's own id of the result, repeated in events: 1 to 255 bytes.
    correlation_id: Option<String>,
    /// Idempotency key, 1 to 255 characters of A-Z, a-z, 0-9, _ and -. A repeated request with the same key
    /// and input returns the first result for 24 hours.
    idempotency_key: Option<String>,
}

/// Outcome of a verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[graphql(rename_items = "SCREAMING_SNAKE_CASE")]
pub enum VerificationOutcome {
    /// The person's identity was verified. The data that the integration's scopes release is stored now and
    /// does not change later.
    Verified,
    /// The person's identity could not be verified. No data is released.
    Failed,
}

/// Input of the `recordVerificationOutcome` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct RecordVerificationOutcomeInput {
    /// Id of the result.
    verification_result_id: IdInput,
    /// Outcome of the verification.
    outcome: VerificationOutcome,
}

/// Success result of the `requestVerification` mutation.
#[derive(SimpleObject)]
pub struct RequestVerificationSuccessPayload {
    /// The result, without an outcome yet. Null if the token may not read it.
    verification_result: Option<VerificationResult>,
}

/// Success result of the `recordVerificationOutcome` mutation.
#[derive(SimpleObject)]
pub struct RecordVerificationOutcomeSuccessPayload {
    /// The result. Null if the token may not read it.
    verification_result: Option<VerificationResult>,
}

payload! {
    /// Result of the `requestVerification` mutation.
    RequestVerificationPayload: RequestVerificationSuccessPayload,
    UnknownUser(UserNotFoundRejection),
    UnknownIntegration(IntegrationNotFoundRejection),
    KeyReused(IdempotencyKeyReusedRejection),
    Forbidden(ForbiddenRejection),
}

/// Result of the `recordVerificationOutcome` mutation.
#[derive(Union)]
pub enum RecordVerificationOutcomePayload {
    Success(RecordVerificationOutcomeSuccessPayload),
    NotFound(VerificationResultNotFoundRejection),
    UserErased(UserErasedRejection),
    Final(VerificationResultFinalRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations of verification results.
#[derive(Default)]
pub struct ResultMutation;

#[Object]
impl ResultMutation {
    /// Requests the verification of a user for a relying party. Null only if the mutation failed; see
    /// `errors`.
    async fn request_verification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: RequestVerificationInput,
    ) -> Result<Option<RequestVerificationPayload>> {
        mutate(ctx, |request| async move {
            let correlation_id = input.correlation_id.as_deref();
            // PostgreSQL rejects texts that contain NUL.
            if correlation_id.is_some_and(|id| id.is_empty() || id.len() > CORRELATION || id.contains('\0')) {
                let reason = format!("must have 1 to {CORRELATION} bytes and no NUL");
                return Err(Error::argument("correlationId", reason));
            }
            let user = input.user_id.uuid();
            let integration = input.integration_id.uuid();
            let key_input = serde_json::json!([user, integration, correlation_id]);
            let key = idempotency_key(request, input.idempotency_key, "requestVerification", &key_input)?;
            let new = NewResult { integration, user, correlation_id, key: key.as_ref() };
            let attempt = || async {
                let requested = store::request(&request.store, &request.caller, &request.clock, new).await?;
                Ok((requested, &*input.user_id).into())
            };
            idempotency::run(request.op(), key.as_ref(), attempt).await
        })
        .await
        .map(Some)
    }

    /// Records the outcome of a verification. The data that the integration may read is stored with the
    /// outcome and does not change later. Recording the same outcome twice has no further effect. Null only
    /// if the mutation failed; see `errors`.
    async fn record_verification_outcome(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: RecordVerificationOutcomeInput,
    ) -> Result<Option<RecordVerificationOutcomePayload>> {
        mutate(ctx, |request| async move {
            let id = input.verification_result_id.uuid();
            let outcome = match input.outcome {
                VerificationOutcome::Verified => Status::Verified,
                VerificationOutcome::Failed => Status::Failed,
            };
            let recorded = store::record(request.op(), id, outcome).await?;
            Ok(recorded.into())
        })
        .await
        .map(Some)
    }
}

/// With the id as the client wrote it.
impl From<(RequestOutcome, &str)> for RequestVerificationPayload {
    fn from((outcome, id): (RequestOutcome, &str)) -> Self {
        match outcome {
            RequestOutcome::Result(row) => Self::Success(RequestVerificationSuccessPayload {
                verification_result: Some(VerificationResult(row)),
            }),
            RequestOutcome::UnknownUser => Self::UnknownUser(UserNotFoundRejection::new(id)),
            RequestOutcome::UnknownIntegration => {
                Self::UnknownIntegration(IntegrationNotFoundRejection::new())
            }
            RequestOutcome::KeyReused => Self::KeyReused(IdempotencyKeyReusedRejection::new()),
        }
    }
}

impl From<RecordOutcome> for RecordVerificationOutcomePayload {
    fn from(outcome: RecordOutcome) -> Self {
        match outcome {
            RecordOutcome::Result(row) => Self::Success(RecordVerificationOutcomeSuccessPayload {
                verification_result: Some(VerificationResult(row)),
            }),
            RecordOutcome::NotFound => Self::NotFound(VerificationResultNotFoundRejection::new()),
            RecordOutcome::UserErased => Self::UserErased(UserErasedRejection::new()),
            RecordOutcome::Final(_) => Self::Final(VerificationResultFinalRejection::new()),
        }
    }
}
