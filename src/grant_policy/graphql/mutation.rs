use async_graphql::{Context, InputObject, Object, SimpleObject, Union};

use super::GrantPolicy;
use crate::{
    Result,
    grant_policy::store::{self, SetPolicyOutcome},
    graphql::{IdInput, mutate, rejection::ForbiddenRejection},
    identification::graphql::IdentificationLevel,
    verification::graphql::rejection::VerificationLevelNotFoundRejection,
};

/// Input of the `setGrantPolicy` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct SetGrantPolicyInput {
    /// The level of an identification that has to become `Valid`.
    identification_level: IdentificationLevel,
    /// Id of the verification level to grant. Default: none, which removes the policy.
    level_id: Option<IdInput>,
}

/// Success result of the `setGrantPolicy` mutation.
#[derive(SimpleObject)]
pub struct SetGrantPolicySuccessPayload {
    /// The project's grant policies. Null if the token may not read them.
    grant_policies: Option<Vec<GrantPolicy>>,
}

/// Result of the `setGrantPolicy` mutation.
#[derive(Union)]
pub enum SetGrantPolicyPayload {
    Success(SetGrantPolicySuccessPayload),
    UnknownLevel(VerificationLevelNotFoundRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations of grant policies.
#[derive(Default)]
pub struct GrantPolicyMutation;

#[Object]
impl GrantPolicyMutation {
    /// Sets which verification level a user is granted when a level of one of the user's identifications
    /// becomes `Valid`. Replaces the previous policy of that level. The reason of such a grant names the
    /// identification. A user is never granted a level below the current one. Null only if the mutation
    /// failed; see `errors`.
    async fn set_grant_policy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: SetGrantPolicyInput,
    ) -> Result<Option<SetGrantPolicyPayload>> {
        mutate(ctx, |request| async move {
            let level = input.level_id.map(|id| id.uuid());
            let when = input.identification_level.into();
            let set = store::set(&request.store, &request.caller, &request.clock, when, level).await?;
            Ok(set.into())
        })
        .await
        .map(Some)
    }
}

impl From<SetPolicyOutcome> for SetGrantPolicyPayload {
    fn from(outcome: SetPolicyOutcome) -> Self {
        match outcome {
            SetPolicyOutcome::Policies(rows) => Self::Success(SetGrantPolicySuccessPayload {
                grant_policies: Some(rows.into_iter().map(GrantPolicy::from).collect()),
            }),
            SetPolicyOutcome::UnknownLevel => Self::UnknownLevel(VerificationLevelNotFoundRejection::new()),
        }
    }
}
