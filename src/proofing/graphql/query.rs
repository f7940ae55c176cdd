use async_graphql::{Context, Object};

use super::{
    ProofingCount, ProofingCountBy, ProofingFilters, ProofingOrderBy, ProofingRequest, ProofingRequestById,
    ProofingRequests,
};
use crate::{
    Error, Result,
    graphql::{Connection, ContextExt, IdInput, PageArgs, list::ListQuery, loader::load},
    proofing::store::counts,
};

/// Query fields of proofing requests.
#[derive(Default)]
pub struct ProofingQuery;

#[Object]
impl ProofingQuery {
    /// A proofing request. Null if it does not exist or is not visible to the token.
    async fn proofing_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the object.")] id: IdInput,
    ) -> Result<Option<ProofingRequest>> {
        Ok(load(ctx, ProofingRequestById(id.uuid())).await?.map(ProofingRequest))
    }

    /// The project's proofing requests that are visible to the token. A token with tag limits only sees
    /// requests of users that have one of the tags.
    async fn proofing_requests(
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
        #[graphql(desc = "Filters to apply. Default: all items.")] filters: Option<ProofingFilters>,
        #[graphql(desc = "Sort order. Default: `requestTime`, newest first.")] order_by: Option<
            ProofingOrderBy,
        >,
    ) -> Result<Option<Connection<ProofingRequest>>> {
        let page = PageArgs::of(ctx, first, after, last, before);
        let order = order_by.unwrap_or_default().parts();
        ListQuery::<ProofingRequests>::at_root(ctx, &page, filters, order).await.map(Some)
    }

    /// The numbers of proofing requests that are visible to the token, in groups by day or result, in the order
    /// of these values. Groups without requests are omitted. The counts are exact and add up to the `totalCount` of
    /// `proofingRequests` with the same filters. At most 1,000 groups: the request fails if there are more.
    async fn proofing_request_counts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Filters to apply. Default: all items.")] filters: Option<ProofingFilters>,
        #[graphql(desc = "Values to group by.")] by: Vec<ProofingCountBy>,
    ) -> Result<Option<Vec<ProofingCount>>> {
        let request = ctx.request()?;
        let by = by.into_iter().map(Into::into).collect();
        let filters = filters.unwrap_or_default().into();
        let Some(groups) = counts::counts(&request.store, &request.caller, &filters, &by).await? else {
            let most = counts::MOST;
            let reason = format!("more than {most} groups: name fewer values, or filter by a shorter time");
            return Err(Error::Argument { name: "by", reason });
        };
        groups.iter().map(ProofingCount::of).collect::<Result<_>>().map(Some)
    }
}
