use async_graphql::{Context, Object};

use super::{ResultFilters, Results, ResultsOrderBy, VerificationResult};
use crate::{
    Result,
    graphql::{Connection, ContextExt, IdInput, PageArgs, list::ListQuery},
    result::store,
};

/// Query fields of verification results.
#[derive(Default)]
pub struct ResultQuery;

#[Object]
impl ResultQuery {
    /// A verification result, by its id or its trace id. Null if it does not exist or is not visible to the
    /// token.
    async fn verification_result(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the result, or its trace id.")] id: IdInput,
    ) -> Result<Option<VerificationResult>> {
        let request = ctx.request()?;
        let row = store::by_id_or_trace(&request.store, &request.caller, id.uuid())
            .one(request.store.read())
            .await?;
        Ok(row.map(VerificationResult))
    }

    /// Verification results of all users that are visible to the token.
    async fn verification_results(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            default = 50,
            desc = "Maximum number of items to return from the start of the list, at most 100."
        )]
        first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "Maximum number of items to return from the end of the list, at most 100.")]
        last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
        #[graphql(desc = "Filters to apply. Default: all items.")] filters: Option<ResultFilters>,
        #[graphql(desc = "Sort order. Default: `createdAt`, newest first.")] order_by: Option<ResultsOrderBy>,
    ) -> Result<Option<Connection<VerificationResult>>> {
        let page = PageArgs::of(ctx, first, after, last, before);
        let order = order_by.unwrap_or_default().parts();
        ListQuery::<Results>::at_root(ctx, &page, filters, order).await.map(Some)
    }
}
