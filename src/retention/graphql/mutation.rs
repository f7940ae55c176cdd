use async_graphql::{Context, InputObject, Object, SimpleObject};

use super::{DataClass, RetentionPolicy};
use crate::retention::store;
use crate::{
    Error, Result,
    graphql::{mutate, rejection::ForbiddenRejection},
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
    /// Says how long the project keeps a class of data. What is older than that goes within a minute, and cannot be had
    /// back. `null` only if it failed, with an error that says how.
    async fn set_retention_policy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What, and how long.")] input: SetRetentionPolicyInput,
    ) -> Result<Option<SetRetentionPolicyPayload>> {
        use SetRetentionPolicyPayload as Payload;

        mutate(ctx, |request| async move {
            if input.days.is_some_and(|days| !(1..=MOST_DAYS).contains(&days)) {
                return Err(Error::argument("days", format!("data is kept for 1 to {MOST_DAYS} days")));
            }
            let project = request.caller.project_id();
            let rows =
                store::set(&request.store, &request.clock, project, input.data_class.into(), input.days)
                    .await?;
            Ok(Payload::Success(SetRetentionPolicySuccessPayload {
                retention_policies: Some(rows.into_iter().map(RetentionPolicy::from).collect()),
            }))
        })
        .await
        .map(Some)
    }
}
