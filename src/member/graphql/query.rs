use async_graphql::{Context, Object};
use entity::membership::{Column, Entity};
use keyset::{Cell, CellKind, Direction, Key};

use super::{Invitation, Membership, PermissionInfo, Role};
use crate::{
    Result,
    auth::Permission,
    graphql::{Connection, ContextExt, PageArgs, list::of_project},
    member::{link, roles, store},
};

/// Query fields of members.
#[derive(Default)]
pub struct MemberQuery;

#[Object]
impl MemberQuery {
    /// The project's memberships, newest first, including ended ones.
    async fn memberships(
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
    ) -> Result<Option<Connection<Membership>>> {
        let request = ctx.request()?;
        let page = PageArgs::of(ctx, first, after, last, before);
        let key = |column, kind, cell| Key::of::<Entity>(column, Direction::Desc, kind, cell);
        let keys = vec![
            key(Column::CreatedAt, CellKind::Integer, |row| Cell::Integer(row.created_at.0)),
            key(Column::Id, CellKind::Id, |row| Cell::Id(row.id)),
        ];
        of_project("memberships", &page, store::visible_to(&request.caller), keys, request).await.map(Some)
    }

    /// Invitations that can be accepted, newest first, at most 100.
    async fn invitations(&self, ctx: &Context<'_>) -> Result<Option<Vec<Invitation>>> {
        let request = ctx.request()?;
        let now = request.machine_clock().now();
        let rows = link::invitations(request.store.read(), request.caller.project_id(), now).await?;
        Ok(Some(rows.into_iter().map(Invitation).collect()))
    }

    /// The project's roles, built-in ones first.
    async fn roles(&self, ctx: &Context<'_>) -> Result<Option<Vec<Role>>> {
        let request = ctx.request()?;
        let rows = roles::list(request.store.read(), request.caller.project_id()).await?;
        Ok(Some(rows.into_iter().map(Role).collect()))
    }

    /// Every permission, and what it allows.
    async fn permissions(&self) -> Vec<PermissionInfo> {
        Permission::ALL.iter().copied().map(PermissionInfo).collect()
    }
}
