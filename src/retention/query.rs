use async_graphql::{Context, Object};

use super::{RetentionPolicy, store};
use crate::{Result, graphql::ContextExt};

/// Root fields of retention.
#[derive(Default)]
pub struct RetentionQuery;

#[Object]
impl RetentionQuery {
    /// How long the project keeps which data; a class that is left out is kept without an end.
    async fn retention_policies(&self, ctx: &Context<'_>) -> Result<Vec<RetentionPolicy>> {
        let rows = store::policies(ctx.store()?.read(), Some(ctx.caller()?.project_id())).await?;
        Ok(rows.into_iter().map(RetentionPolicy::from).collect())
    }
}
