use async_graphql::{Context, Object};
use entity::{
    project::Mode,
    user::{Column, Entity},
};
use keyset::{Cell, CellKind, Direction, Key};

use super::SandboxUser;
use crate::{
    Result,
    graphql::{Connection, ContextExt, PageArgs, list::of_project},
    sandbox::store,
    user::store::visible_to,
};

/// Query fields of Sandbox projects.
#[derive(Default)]
pub struct SandboxQuery;

#[Object]
impl SandboxQuery {
    /// The sandbox user that the caller's credential acts as; see `endorseSandboxUser`. Null if none is set
    /// or the project is Live.
    async fn sandbox_user(&self, ctx: &Context<'_>) -> Result<Option<SandboxUser>> {
        let request = ctx.request()?;
        if request.caller.project.mode != Mode::Sandbox {
            return Ok(None);
        }
        Ok(store::endorsed(&request.store, &request.caller).await?.map(SandboxUser))
    }

    /// The sandbox users of the project, newest first. Null in a Live project.
    async fn sandbox_users(
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
    ) -> Result<Option<Connection<SandboxUser>>> {
        let request = ctx.request()?;
        if request.caller.project.mode != Mode::Sandbox {
            return Ok(None);
        }
        let page = PageArgs::of(ctx, first, after, last, before);
        let key = |column, kind, cell| Key::of::<Entity>(column, Direction::Desc, kind, cell);
        let keys = vec![
            key(Column::CreatedAt, CellKind::Integer, |row| Cell::Integer(row.created_at.0)),
            key(Column::Id, CellKind::Id, |row| Cell::Id(row.id)),
        ];
        let rows = visible_to(&request.store, &request.caller);
        of_project("sandboxUsers", &page, rows, keys, request).await.map(Some)
    }
}
