use async_graphql::{Context, Object};

use super::RetentionPolicy;
use crate::{Result, graphql::ContextExt, retention::store};

/// Query fields of retention.
#[derive(Default)]
pub struct RetentionQuery;

#[Object]
impl RetentionQuery {
    /// How long the project keeps classes of data. A class that is not in the list is kept without a limit.
    async fn retention_policies(&self, ctx: &Context<'_>) -> Result<Option<Vec<RetentionPolicy>>> {
        let rows = store::policies(ctx.store()?.read(), Some(ctx.caller()?.project_id())).await?;
        Ok(Some(rows.into_iter().map(RetentionPolicy::from).collect()))
    }
}
