//! Lists of rows that belong to users: at the root of the schema, and of each user.

mod batch;
mod of_user;
mod owner;
mod statement;

use std::{fmt::Debug, hash::Hash};

use async_graphql::{Context, Lookahead};
use futures_util::FutureExt;
use keyset::{Cell, ColumnMask, Direction, FromRowByIndex, Key, Ordering, PageWindow, SortOrder};
use sea_orm::{EntityTrait, Select, sea_query::SelectStatement};

use super::{
    Connection, ConnectionNode, ContextExt, PageArgs, Request, Total, connection::Asked, plan::kept,
};
use crate::{
    Result,
    auth::Caller,
    db::{Placeholders, Store, page::counting},
};
pub use batch::{CountOf, PageOf};
pub use of_user::{OfUser, UserList, list_ahead, list_field};
pub use owner::{ListAhead, ListField, ListOwner, OneUser, PreparedList};

/// A kind of list: its rows, its filters and sort order, and the column of the user.
pub trait ListSource: Copy + Debug + Eq + Hash + Send + Sync + 'static {
    type Entity: EntityTrait<Model = Self::Row>;
    type Row: FromRowByIndex + Clone + Send + Sync + 'static;
    type Node: ConnectionNode<Row = Self::Row>;
    type Filters: Clone + Debug + Default + Eq + Hash + Send + Sync + 'static;
    type Sort: Copy + Debug + Eq + Hash + Send + Sync + 'static;

    /// Name of the list. A cursor is valid only for lists with the same name.
    const NAME: &'static str;

    /// Selects the rows that are visible to the caller and match the filters.
    fn filtered(store: &Store, caller: &Caller, filters: &Self::Filters) -> Select<Self::Entity>;

    /// Columns to sort by. The id is last.
    fn keys(sort: Self::Sort, direction: Direction) -> Vec<Key<Self::Row>>;

    /// The single value that the filters leave for the sort column, if that column has few distinct values.
    fn pinned(_filters: &Self::Filters, _sort: Self::Sort) -> Option<Cell> {
        None
    }

    /// The filters with placeholders for the values that differ from request to request, for statements whose text is
    /// kept. `None` for filters whose statements are built each time.
    fn form(filters: &Self::Filters, _placeholders: &mut Placeholders) -> Option<Self::Filters> {
        (*filters == Self::Filters::default()).then(Self::Filters::default)
    }

    /// Selects the number of rows that are visible to the caller and match the filters. Concepts with long lists override
    /// this with stored counts.
    fn counting(store: &Store, caller: &Caller, filters: &Self::Filters) -> SelectStatement {
        counting(&Self::filtered(store, caller, filters))
    }

    /// Column with the id of the user that a row belongs to.
    fn user() -> <Self::Entity as EntityTrait>::Column;
}

/// Query of a field that returns a list. Fields with equal queries share a batch.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ListQuery<L: ListSource> {
    pub filters: L::Filters,
    sort: L::Sort,
    direction: Direction,
    pub window: PageWindow,
    /// Whether the length of the list is also requested.
    total: bool,
    scope: ListScope,
}

/// Scope of a list: at the root, or of a user. A cursor is valid for one scope only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum ListScope {
    Root,
    User,
}

impl<L: ListSource> ListQuery<L> {
    /// Creates the query of the running field from these arguments, and the sort order of the list.
    fn at(
        scope: ListScope,
        ctx: &Context<'_>,
        page: &PageArgs,
        filters: Option<impl Into<L::Filters>>,
        (sort, direction): (L::Sort, Direction),
    ) -> Result<(Self, Ordering<L::Row>)> {
        let request = ctx.request()?;
        let filters = filters.map(Into::into).unwrap_or_default();
        let order = ordering::<L>(&request.caller, scope, sort, direction);
        let mut window = page.window(order.sort_order(), request)?;
        window.skipped = skipped::<L>(ctx, request, order.sort_order());
        let total = Asked::of(ctx).total;
        let order = order.pinned(L::pinned(&filters, sort));
        Ok((Self { filters, sort, direction, window, total, scope }, order))
    }

    /// Sort order of the list.
    #[must_use]
    pub fn order(&self, caller: &Caller) -> Ordering<L::Row> {
        let order = ordering::<L>(caller, self.scope, self.sort, self.direction);
        order.pinned(L::pinned(&self.filters, self.sort))
    }

    /// Returns the list over all users.
    ///
    /// # Errors
    ///
    /// When the page arguments are invalid, or the database fails.
    pub async fn at_root(
        ctx: &Context<'_>,
        page: &PageArgs,
        filters: Option<impl Into<L::Filters>>,
        order: (L::Sort, Direction),
    ) -> Result<Connection<L::Node>> {
        let request = ctx.request()?;
        let (list, order) = Self::at(ListScope::Root, ctx, page, filters, order)?;
        let page = list.page(&request.store, &request.caller, &order).await?;
        let filters = list.filters;
        let count = Total::Later(Box::new(move |request| {
            let filters = filters.clone();
            async move { statement::count::<L>(&request.store, &request.caller, &filters).await }.boxed()
        }));
        Ok(Connection::new(page, order, count))
    }
}

/// Returns a list of a project's rows that belong to no user. Such lists exist only at the root, so they have
/// no loaders.
///
/// # Errors
///
/// When the page arguments are invalid, or the database fails.
pub async fn of_project<N, E>(
    name: &str,
    page: &PageArgs,
    rows: Select<E>,
    keys: Vec<Key<E::Model>>,
    request: &Request,
) -> Result<Connection<N>>
where
    N: ConnectionNode<Row = E::Model>,
    E: EntityTrait<Model: FromRowByIndex>,
{
    let order = Ordering::new(name, request.caller.project_id(), keys);
    let window = page.window(order.sort_order(), request)?;
    let page = request.store.page(&rows, &order, &window).await?;
    let count = Total::Later(Box::new(move |request| {
        let rows = rows.clone();
        async move { request.store.count(&rows).await }.boxed()
    }));
    Ok(Connection::new(page, order, count))
}

/// The columns that a selection does not need.
struct Unused(ColumnMask);

/// Returns the columns that neither the selection of the running field nor the sort order needs.
fn skipped<L: ListSource>(ctx: &Context<'_>, request: &Request, order: &SortOrder) -> ColumnMask {
    let of = || {
        let node = ctx.look_ahead().field("edges").field("node");
        ColumnMask::of::<L::Row>(|column| is_used::<L::Node>(column, &node))
    };
    let unused = kept(request, ctx.item.pos, || Some(Unused(of()))).map_or_else(of, |unused| unused.0);
    unused.without::<L::Row>(|column| order.sorts_by(column))
}

/// Returns the columns that the selection of the running field, an object, does not need.
#[must_use]
pub fn unused_columns<N: ConnectionNode<Row: FromRowByIndex>>(
    ctx: &Context<'_>,
    request: &Request,
) -> ColumnMask {
    let of = || {
        let node = ctx.look_ahead();
        ColumnMask::of::<N::Row>(|column| is_used::<N>(column, &node))
    };
    kept(request, ctx.item.pos, || Some(Unused(of()))).map_or_else(of, |unused| unused.0)
}

fn is_used<N: ConnectionNode>(column: &str, node: &Lookahead<'_>) -> bool {
    let used_by = N::COLUMN_USED_BY.iter().find(|(skipped, _)| *skipped == column);
    used_by.is_none_or(|(_, paths)| paths.iter().any(|path| is_selected(node, path)))
}

/// Whether a selection contains a field, which may be of an object of the object: `levels.expert.reasons`.
fn is_selected(node: &Lookahead<'_>, path: &str) -> bool {
    match path.split_once('.') {
        Some((field, path)) => is_selected(&node.field(field), path),
        None => node.field(path).exists(),
    }
}

fn ordering<L: ListSource>(
    caller: &Caller,
    scope: ListScope,
    sort: L::Sort,
    direction: Direction,
) -> Ordering<L::Row> {
    let name = match scope {
        ListScope::Root => L::NAME.to_owned(),
        ListScope::User => format!("User.{}", L::NAME),
    };
    Ordering::new(&name, caller.project_id(), L::keys(sort, direction))
}
