use async_graphql::{Context, Object};
use keyset::Direction;

use super::{LevelLapse, LevelValidity, history::LevelLapses};
use crate::{
    Result,
    graphql::{Connection, ContextExt, DateTime, PageArgs, list::ListQuery},
    identification::graphql::IdentificationLevel,
    level::{store::LapseWindow, validity},
};

/// Query fields of the validity of levels.
#[derive(Default)]
pub struct LevelQuery;

#[Object]
impl LevelQuery {
    /// How long levels are valid in the project. A level that is not in the list is valid without an end.
    async fn level_validities(&self, ctx: &Context<'_>) -> Result<Option<Vec<LevelValidity>>> {
        let rows = validity::policies(ctx.store()?.read(), ctx.caller()?.project_id()).await?;
        Ok(Some(rows.into_iter().map(LevelValidity::from).collect()))
    }

    /// Levels that users will lose up to a given time if nothing changes, earliest loss first.
    async fn level_forecast(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Return only losses up to this time.")] until: DateTime,
        #[graphql(desc = "Return only losses of this level. Default: all levels.")] level: Option<
            IdentificationLevel,
        >,
        #[graphql(
            default = 50,
            desc = "Maximum number of items to return from the start of the list, at most 100."
        )]
        first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "Maximum number of items to return from the end of the list, at most 100.")]
        last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<LevelLapse>>> {
        let page = PageArgs::of(ctx, first, after, last, before);
        let until = LapseWindow { until: until.0.0, level: level.map(Into::into) };
        ListQuery::<LevelLapses>::at_root(ctx, &page, Some(until), ((), Direction::Asc)).await.map(Some)
    }
}
