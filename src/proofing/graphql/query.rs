use async_graphql::{Context, ID, Object};
use uuid::Uuid;

use super::{ProofingFilters, ProofingOrderBy, ProofingRequest, ProofingRequestById, ProofingRequests};
use crate::{
    Result,
    graphql::{Connection, ContextExt, PageArgs, list::ListQuery, loader::load},
};

/// Root fields of proofing requests.
#[derive(Default)]
pub struct ProofingQuery;

#[Object]
impl ProofingQuery {
    /// A proofing request. `null` if there is none of that id that you may see.
    async fn proofing_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the request.")] id: ID,
    ) -> Result<Option<ProofingRequest>> {
        let Ok(id) = Uuid::try_parse(&id) else { return Ok(None) };
        Ok(load(ctx, ProofingRequestById(id)).await?.map(ProofingRequest))
    }

    /// The proofing requests of the project that you may see. A token that is limited to tags sees those of the users
    /// that carry one of them.
    async fn proofing_requests(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 50, desc = "How many requests to take from the front of the list; at most 100.")]
        first: Option<i32>,
        #[graphql(desc = "Only requests after the one with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many requests to take from the back of the list; at most 100.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Only requests before the one with this cursor.")] before: Option<String>,
        #[graphql(desc = "Which requests to list. Left out: all.")] filters: Option<ProofingFilters>,
        #[graphql(desc = "The order. Left out: `requestTime`, the latest first.")] order_by: Option<
            ProofingOrderBy,
        >,
    ) -> Result<Option<Connection<ProofingRequest>>> {
        let request = ctx.request()?;
        let page = PageArgs::of(ctx, first, after, last, before);
        let order = order_by.unwrap_or_default().parts();
        ListQuery::<ProofingRequests>::at_root(&page, filters, order, &ctx.look_ahead(), request)
            .await
            .map(Some)
    }
}
