use async_graphql::{Context, InputObject, Object, SimpleObject};

use super::{DataClass, RetentionPolicy};
use crate::retention::store;
use crate::{
    Error, Result,
    auth::policy,
    graphql::{ContextExt, rejection::ForbiddenRejection},
    payload,
};

/// Days of a retention at most: a hundred years.
const MOST_DAYS: i32 = 36_525;

/// How long a class of data is to be kept.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct SetRetentionPolicyInput {
    /// What is kept.
    data_class: DataClass,
    /// For how many days, from 1. Left out: without an end.
    days: Option<i32>,
}

/// The policy is set.
#[derive(SimpleObject)]
pub struct SetRetentionPolicySuccessPayload {
    /// How long the project keeps which data from now on.
    retention_policies: Option<Vec<RetentionPolicy>>,
}

payload! {
    /// How setting a policy ended.
    SetRetentionPolicyPayload: SetRetentionPolicySuccessPayload,
    Forbidden(ForbiddenRejection),
}

/// Mutations of retention.
#[derive(Default)]
pub struct RetentionMutation;

#[Object]
impl RetentionMutation {
    /// Says how long the project keeps a class of data. What is older than that goes within a minute, and
    /// cannot be had back. Null only if the mutation failed; see `errors`.
    async fn set_retention_policy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: SetRetentionPolicyInput,
    ) -> Result<Option<SetRetentionPolicyPayload>> {
        use SetRetentionPolicyPayload as Payload;

        let request = ctx.request()?;
        if !policy::permits(&request.caller, "setRetentionPolicy") {
            return Ok(Some(Payload::Forbidden(ForbiddenRejection::new())));
        }
        if input.days.is_some_and(|days| !(1..=MOST_DAYS).contains(&days)) {
            return Err(Error::argument("days", format!("data is kept for 1 to {MOST_DAYS} days")));
        }
        let project = request.caller.project_id();
        let rows =
            store::set(&request.store, &request.clock, project, input.data_class.into(), input.days).await?;
        request.invalidate_loaders();
        Ok(Some(Payload::Success(SetRetentionPolicySuccessPayload {
            retention_policies: Some(rows.into_iter().map(RetentionPolicy::from).collect()),
        })))
    }
}
