use async_graphql::{Context, ID, Object};
use uuid::Uuid;

use super::{
    Verification, VerificationById, VerificationFilters, VerificationLevel, Verifications,
    VerificationsOrderBy,
};
use crate::verification::store;
use crate::{
    Result,
    graphql::{Connection, ContextExt, PageArgs, list::ListQuery, loader::load},
};

/// Root fields of verifications.
#[derive(Default)]
pub struct VerificationQuery;

#[Object]
impl VerificationQuery {
    /// A grant of a verification level. `null` if there is none of that id that you may see.
    async fn verification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the grant.")] id: ID,
    ) -> Result<Option<Verification>> {
        let Ok(id) = Uuid::try_parse(&id) else { return Ok(None) };
        Ok(load(ctx, VerificationById(id)).await?.map(Verification))
    }

    /// The grants to all users of the project that you may see.
    async fn verifications(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 50, desc = "How many grants to take from the front of the list; at most 100.")]
        first: Option<i32>,
        #[graphql(desc = "Only grants after the one with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many grants to take from the back of the list; at most 100.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Only grants before the one with this cursor.")] before: Option<String>,
        #[graphql(desc = "Which grants to list. Left out: all.")] filters: Option<VerificationFilters>,
        #[graphql(desc = "The order. Left out: `createdAt`, the latest first.")] order_by: Option<
            VerificationsOrderBy,
        >,
    ) -> Result<Option<Connection<Verification>>> {
        let request = ctx.request()?;
        let page = PageArgs::of(ctx, first, after, last, before);
        let order = order_by.unwrap_or_default().parts();
        ListQuery::<Verifications>::at_root(&page, filters, order, &ctx.look_ahead(), request).await.map(Some)
    }

    /// The project's ladder of verification levels, from the bottom.
    async fn verification_levels(&self, ctx: &Context<'_>) -> Result<Option<Vec<VerificationLevel>>> {
        let ladder = store::ladder(ctx.store()?, ctx.caller()?).await?;
        Ok(Some(ladder.into_iter().map(VerificationLevel).collect()))
    }
}
