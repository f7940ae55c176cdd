use async_graphql::{Context, Object};

use super::{
    VerificationSession, VerificationSessionById, VerificationSessionFilters, VerificationSessions,
    VerificationSessionsOrderBy,
};
use crate::{
    Result,
    graphql::{Connection, IdInput, PageArgs, list::ListQuery, loader::load},
};

/// Query fields of verification sessions.
#[derive(Default)]
pub struct SessionQuery;

#[Object]
impl SessionQuery {
    /// A verification session. Null if it does not exist or is not visible to the token.
    async fn verification_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the object.")] id: IdInput,
    ) -> Result<Option<VerificationSession>> {
        Ok(load(ctx, VerificationSessionById(id.uuid())).await?.map(VerificationSession))
    }

    /// The project's verification sessions that are visible to the token.
    async fn verification_sessions(
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
        #[graphql(desc = "Filters to apply. Default: all items.")] filters: Option<
            VerificationSessionFilters,
        >,
        #[graphql(desc = "Sort order. Default: `updatedAt`, newest first.")] order_by: Option<
            VerificationSessionsOrderBy,
        >,
    ) -> Result<Option<Connection<VerificationSession>>> {
        let page = PageArgs::of(ctx, first, after, last, before);
        let order = order_by.unwrap_or_default().parts();
        ListQuery::<VerificationSessions>::at_root(ctx, &page, filters, order).await.map(Some)
    }
}
