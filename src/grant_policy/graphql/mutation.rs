use async_graphql::{Context, ID, InputObject, Object, SimpleObject, Union};
use uuid::Uuid;

use super::GrantPolicy;
use crate::grant_policy::store::{self, SetPolicyOutcome};
use crate::{
    Result,
    auth::policy,
    graphql::{
        ContextExt,
        rejection::{ForbiddenRejection, VerificationLevelNotFoundRejection},
    },
    identification::graphql::IdentificationLevel,
};

/// What is to be granted without anybody's doing.
#[derive(Clone, Debug, InputObject)]
pub struct SetGrantPolicyInput {
    /// The level of an identification that has to become `Valid`.
    identification_level: IdentificationLevel,
    /// The id of the verification level that is granted then. Left out: nothing is granted any more.
    level_id: Option<ID>,
}

/// The policy is set.
#[derive(SimpleObject)]
pub struct SetGrantPolicySuccessPayload {
    /// What is granted in the project from now on. Null if the token may not read it.
    grant_policies: Option<Vec<GrantPolicy>>,
}

/// How setting a policy ended.
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
    /// Says which verification level the users of the project are granted once a level of an identification
    /// becomes `Valid` for them, in place of what was said before. The reason of such a grant names the
    /// identification, and nobody is granted a level below their own. Null only if the mutation failed; see
    /// `errors`.
    async fn set_grant_policy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: SetGrantPolicyInput,
    ) -> Result<Option<SetGrantPolicyPayload>> {
        use SetGrantPolicyPayload::{Forbidden, Success, UnknownLevel};

        let request = ctx.request()?;
        if !policy::permits(&request.caller, "setGrantPolicy") {
            return Ok(Some(Forbidden(ForbiddenRejection::new())));
        }
        // What is no id is no level's.
        let Ok(level) = input.level_id.map(|id| Uuid::try_parse(&id)).transpose() else {
            return Ok(Some(UnknownLevel(VerificationLevelNotFoundRejection::new())));
        };
        let when = input.identification_level.into();
        let set = store::set(&request.store, &request.caller, &request.clock, when, level).await?;
        request.invalidate_loaders();
        Ok(Some(match set {
            SetPolicyOutcome::Policies(rows) => Success(SetGrantPolicySuccessPayload {
                grant_policies: Some(rows.into_iter().map(GrantPolicy::from).collect()),
            }),
            SetPolicyOutcome::UnknownLevel => UnknownLevel(VerificationLevelNotFoundRejection::new()),
        }))
    }
}
