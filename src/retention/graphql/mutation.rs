use async_graphql::{Context, InputObject, Object, SimpleObject};

use super::{DataClass, RetentionPolicy};
use crate::{
    Error, Result,
    graphql::{
        mutate_fresh,
        rejection::{ForbiddenRejection, FreshSignInNeededRejection},
    },
    payload,
    retention::store,
};

/// Maximum retention period in days: a hundred years.
const MOST_DAYS: i32 = 36_525;

/// Input of the `setRetentionPolicy` mutation.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct SetRetentionPolicyInput {
    /// Class of data.
    data_class: DataClass,
    /// Number of days to keep the data, from 1. Default: no limit.
    days: Option<i32>,
}

/// Success result of the `setRetentionPolicy` mutation.
#[derive(SimpleObject)]
pub struct SetRetentionPolicySuccessPayload {
    /// The project's retention policies.
    retention_policies: Option<Vec<RetentionPolicy>>,
}

payload! {
    /// Result of the `setRetentionPolicy` mutation.
    SetRetentionPolicyPayload: SetRetentionPolicySuccessPayload,
    FreshSignInNeeded(FreshSignInNeededRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations of retention.
#[derive(Default)]
pub struct RetentionMutation;

#[Object]
impl RetentionMutation {
    /// Sets how long the project keeps a class of data. Older data is erased within a minute and cannot be
    /// restored. Null only if the mutation failed; see `errors`.
    async fn set_retention_policy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: SetRetentionPolicyInput,
    ) -> Result<Option<SetRetentionPolicyPayload>> {
        use SetRetentionPolicyPayload as Payload;

        mutate_fresh(ctx, |request| async move {
            if input.days.is_some_and(|days| !(1..=MOST_DAYS).contains(&days)) {
                return Err(Error::argument("days", format!("must be from 1 to {MOST_DAYS} days")));
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
