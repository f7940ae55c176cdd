use async_graphql::{Context, ID, Object};
use entity::integration::{Column, Entity, Model};
use keyset::{Cell, CellKind, Direction, Key};

use super::object::ResultScope;
use crate::{
    Result,
    graphql::{Connection, ConnectionNode, ContextExt, DateTime, PageArgs, list::of_project},
    result::{Scope, integration},
};

/// A relying party's access to results. `verigraph integration` creates and revokes it.
pub struct Integration(pub Model);

impl ConnectionNode for Integration {
    type Row = Model;

    const SYNC_FIELDS: &'static [&'static str] = &["id", "label", "scopes", "createdAt"];

    fn of(row: Model) -> Self {
        Self(row)
    }

    fn row(&self) -> &Model {
        &self.0
    }
}

/// A relying party's access to results. The operator of the server creates and revokes it, with
/// `verigraph integration`.
#[Object]
impl Integration {
    /// Id of the integration, with which it authenticates itself.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Label that the operator chose.
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// Data that results release to the integration from now on.
    async fn scopes(&self) -> Vec<ResultScope> {
        let scopes = self.0.scopes.0.iter().filter_map(|name| Scope::named(name));
        scopes.map(ResultScope::from).collect()
    }

    /// Time of creation.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

/// Query fields of integrations.
#[derive(Default)]
pub struct IntegrationQuery;

#[Object]
impl IntegrationQuery {
    /// The project's integrations, newest first. The token of an integration sees its own only.
    async fn integrations(
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
    ) -> Result<Option<Connection<Integration>>> {
        let request = ctx.request()?;
        let page = PageArgs::of(ctx, first, after, last, before);
        let key = |column, kind, cell| Key::of::<Entity>(column, Direction::Desc, kind, cell);
        let keys = vec![
            key(Column::CreatedAt, CellKind::Integer, |row| Cell::Integer(row.created_at.0)),
            key(Column::Id, CellKind::Id, |row| Cell::Id(row.id)),
        ];
        let rows = integration::visible_to(&request.caller);
        of_project("integrations", &page, rows, keys, request).await.map(Some)
    }
}
