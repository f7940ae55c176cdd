use async_graphql::{Context, Object};

use super::{
    Identification, IdentificationById, IdentificationFilters, Identifications, IdentificationsOrderBy,
};
use crate::{
    Result,
    graphql::{Connection, IdInput, PageArgs, list::ListQuery, loader::load},
};

/// Query fields of identifications.
#[derive(Default)]
pub struct IdentificationQuery;

#[Object]
impl IdentificationQuery {
    /// An identification. Null if it does not exist or is not visible to the token.
    async fn identification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the object.")] id: IdInput,
    ) -> Result<Option<Identification>> {
        Ok(load(ctx, IdentificationById(id.uuid())).await?.map(Identification))
    }

    /// Identifications of all users that are visible to the token.
    async fn identifications(
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
        #[graphql(desc = "Filters to apply. Default: all items.")] filters: Option<IdentificationFilters>,
        #[graphql(desc = "Sort order. Default: `updatedAt`, newest first.")] order_by: Option<
            IdentificationsOrderBy,
        >,
    ) -> Result<Option<Connection<Identification>>> {
        let page = PageArgs::of(ctx, first, after, last, before);
        let order = order_by.unwrap_or_default().parts();
        ListQuery::<Identifications>::at_root(ctx, &page, filters, order).await.map(Some)
    }
}
