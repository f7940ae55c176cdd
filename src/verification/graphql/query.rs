use async_graphql::{Context, Object};

use super::{
    Verification, VerificationById, VerificationFilters, VerificationLevel, Verifications,
    VerificationsOrderBy,
};
use crate::{
    Result,
    graphql::{Connection, ContextExt, IdInput, PageArgs, list::ListQuery, loader::load},
    verification::store,
};

/// Query fields of verifications.
#[derive(Default)]
pub struct VerificationQuery;

#[Object]
impl VerificationQuery {
    /// A grant of a verification level. Null if it does not exist or is not visible to the token.
    async fn verification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the object.")] id: IdInput,
    ) -> Result<Option<Verification>> {
        Ok(load(ctx, VerificationById(id.uuid())).await?.map(Verification::from))
    }

    /// Grants to all users that are visible to the token.
    async fn verifications(
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
        #[graphql(desc = "Filters to apply. Default: all items.")] filters: Option<VerificationFilters>,
        #[graphql(desc = "Sort order. Default: `createdAt`, newest first.")] order_by: Option<
            VerificationsOrderBy,
        >,
    ) -> Result<Option<Connection<Verification>>> {
        let page = PageArgs::of(ctx, first, after, last, before);
        let order = order_by.unwrap_or_default().parts();
        ListQuery::<Verifications>::at_root(ctx, &page, filters, order).await.map(Some)
    }

    /// The verification levels of the project's ladder, from the lowest.
    async fn verification_levels(&self, ctx: &Context<'_>) -> Result<Option<Vec<VerificationLevel>>> {
        let ladder = store::ladder(ctx.store()?, ctx.caller()?).await?;
        Ok(Some(ladder.into_iter().map(VerificationLevel::from).collect()))
    }
}
