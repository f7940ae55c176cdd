use async_graphql::{Context, Object};

use super::GrantPolicy;
use crate::{Result, grant_policy::store, graphql::ContextExt};

/// Query fields of grant policies.
#[derive(Default)]
pub struct GrantPolicyQuery;

#[Object]
impl GrantPolicyQuery {
    /// The project's grant policies: at most one for each level of an identification.
    async fn grant_policies(&self, ctx: &Context<'_>) -> Result<Option<Vec<GrantPolicy>>> {
        let rows = store::policies(ctx.store()?.read(), ctx.caller()?.project_id()).await?;
        Ok(Some(rows.into_iter().map(GrantPolicy::from).collect()))
    }
}
