use async_graphql::{Context, ID, Object};
use uuid::Uuid;

use super::{
    Identification, IdentificationById, IdentificationFilters, Identifications, IdentificationsOrderBy,
};
use crate::{
    Result,
    graphql::{Connection, ContextExt, PageArgs, list::ListQuery, loader::load},
};

/// Root fields of identifications.
#[derive(Default)]
pub struct IdentificationQuery;

#[Object]
impl IdentificationQuery {
    /// An identification. `null` if there is none of that id that you may see.
    async fn identification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the identification.")] id: ID,
    ) -> Result<Option<Identification>> {
        let Ok(id) = Uuid::try_parse(&id) else { return Ok(None) };
        Ok(load(ctx, IdentificationById(id)).await?.map(Identification))
    }

    /// The identifications of all users of the project that you may see.
    async fn identifications(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            default = 50,
            desc = "How many identifications to take from the front of the list; at most 100."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only identifications after the one with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many identifications to take from the back of the list; at most 100.")]
        last: Option<i32>,
        #[graphql(desc = "Only identifications before the one with this cursor.")] before: Option<String>,
        #[graphql(desc = "Which identifications to list. Left out: all.")] filters: Option<
            IdentificationFilters,
        >,
        #[graphql(desc = "The order. Left out: `updatedAt`, the latest first.")] order_by: Option<
            IdentificationsOrderBy,
        >,
    ) -> Result<Option<Connection<Identification>>> {
        let request = ctx.request()?;
        let page = PageArgs::of(ctx, first, after, last, before);
        let order = order_by.unwrap_or_default().parts();
        ListQuery::<Identifications>::at_root(&page, filters, order, &ctx.look_ahead(), request)
            .await
            .map(Some)
    }
}
