use async_graphql::{Context, Object};

use super::{SavedView, SavedViewPage};
use crate::{Result, graphql::ContextExt, saved_view::store};

/// Query fields of saved views.
#[derive(Default)]
pub struct SavedViewQuery;

#[Object]
impl SavedViewQuery {
    /// The views of lists that everybody in the project has, then the caller's own, by name: those of pages that the
    /// caller may open. Credentials have none of their own.
    async fn saved_views(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Return only views of this page. Default: all pages.")] page: Option<SavedViewPage>,
    ) -> Result<Option<Vec<SavedView>>> {
        let rows = store::list(ctx.store()?, ctx.caller()?, page.map(Into::into)).await?;
        Ok(Some(rows.into_iter().map(SavedView).collect()))
    }
}
