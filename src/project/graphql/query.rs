use async_graphql::{Context, Object};

use super::Viewer;
use crate::{Result, graphql::ContextExt};

/// Query fields of projects.
#[derive(Default)]
pub struct ProjectQuery;

#[Object]
impl ProjectQuery {
    /// The caller: its project, its credential or membership, and its permissions.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Viewer> {
        ctx.caller().map(Viewer::of)
    }
}
