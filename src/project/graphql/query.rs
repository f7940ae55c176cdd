use async_graphql::{Context, Object};

use super::Viewer;
use crate::{Result, graphql::ContextExt};

/// Query fields of projects.
#[derive(Default)]
pub struct ProjectQuery;

#[Object]
impl ProjectQuery {
    /// Who is asking: the project, the credential and what the token in use may do.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Viewer> {
        ctx.caller().map(Viewer::of)
    }
}
