//! Lists of rows that belong to users: at the root of the graph, and of each user.

mod batch;

use std::{fmt::Debug, future::Future, hash::Hash, sync::Arc};

use async_graphql::{Context, Lookahead, SelectionField};
use entity::{ColumnMask, FromRowByIndex, user};
use futures_util::FutureExt;
use sea_orm::{EntityTrait, Select};
use uuid::Uuid;

use super::{Connection, ConnectionNode, ContextExt, PageArgs, Request, Total, loader::load};
use crate::{
    Result,
    auth::Caller,
    db::{Cell, ChildPages, Direction, Key, Ordering, Page, PageWindow, Store},
};

pub use batch::{CountOf, PageOf};

/// A kind of list: its rows, what filters and orders them, and whose they are.
pub trait ListSource: Copy + Debug + Eq + Hash + Send + Sync + 'static {
    type Entity: EntityTrait<Model = Self::Row>;
    type Row: FromRowByIndex + Clone + Send + Sync + 'static;
    type Node: ConnectionNode<Row = Self::Row>;
    type Filters: Clone + Debug + Default + Eq + Hash + Send + Sync + 'static;
    type Sort: Copy + Debug + Eq + Hash + Send + Sync + 'static;

    /// What the list is called: a cursor is good for lists of one name.
    const NAME: &'static str;

    /// Those rows that a caller may see and a filter lets through.
    fn filtered(store: &Store, caller: &Caller, filters: &Self::Filters) -> Select<Self::Entity>;

    /// What to order by, the id last.
    fn keys(sort: Self::Sort, direction: Direction) -> Vec<Key<Self::Row>>;

    /// The one value that a filter leaves of the column to order by, if that is a column of few values.
    fn pinned(_filters: &Self::Filters, _sort: Self::Sort) -> Option<Cell> {
        None
    }

    /// How many rows a caller may see and a filter lets through. Concepts whose lists grow long keep what they would
    /// have to count.
    fn count(
        store: &Store,
        caller: &Caller,
        filters: &Self::Filters,
    ) -> impl Future<Output = Result<u64>> + Send {
        async move { store.count(&Self::filtered(store, caller, filters)).await }
    }

    /// The column that says which user a row belongs to.
    fn user() -> <Self::Entity as EntityTrait>::Column;
}

/// What a field that is a list asks for. Fields that ask for the same are one batch.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ListQuery<L: ListSource> {
    pub filters: L::Filters,
    sort: L::Sort,
    direction: Direction,
    pub window: PageWindow,
    /// Whether the length of the list is asked for as well.
    total: bool,
    place: ListScope,
}

/// Where a list is. The list at the root and those of users are different ones: a cursor is good for one kind only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum ListScope {
    Root,
    User,
}

impl<L: ListSource> ListQuery<L> {
    /// The list of a user that these arguments ask for, and whether the selection asks for its length.
    ///
    /// # Errors
    ///
    /// When the page arguments make no window of it.
    pub fn new(
        page: &PageArgs,
        filters: Option<impl Into<L::Filters>>,
        order: (L::Sort, Direction),
        selection: &Lookahead<'_>,
        request: &Request,
    ) -> Result<Self> {
        Self::at(ListScope::User, page, filters, order, selection, request)
    }

    fn at(
        place: ListScope,
        page: &PageArgs,
        filters: Option<impl Into<L::Filters>>,
        (sort, direction): (L::Sort, Direction),
        selection: &Lookahead<'_>,
        request: &Request,
    ) -> Result<Self> {
        let filters = filters.map(Into::into).unwrap_or_default();
        let order = ordering::<L>(&request.caller, place, sort, direction);
        let mut window = page.window(&order, request)?;
        window.skipped = skipped::<L>(&order, selection);
        let total = selection.field("totalCount").exists();
        Ok(Self { filters, sort, direction, window, total, place })
    }

    /// The list that a field will ask for once it runs; `None` if it will only have something to complain about.
    #[must_use]
    pub fn ahead(
        field: SelectionField<'_>,
        filters: Option<impl Into<L::Filters>>,
        order: (L::Sort, Direction),
        request: &Request,
    ) -> Option<Self> {
        Self::new(&PageArgs::ahead(&field)?, filters, order, &Lookahead::from(field), request).ok()
    }

    /// The order of the list.
    #[must_use]
    pub fn order(&self, caller: &Caller) -> Ordering<L::Row> {
        let order = ordering::<L>(caller, self.place, self.sort, self.direction);
        order.pinned(L::pinned(&self.filters, self.sort))
    }

    /// The list over all users that these arguments ask for.
    ///
    /// # Errors
    ///
    /// When the page arguments make no window of it, or the database fails.
    pub async fn at_root(
        page: &PageArgs,
        filters: Option<impl Into<L::Filters>>,
        order: (L::Sort, Direction),
        selection: &Lookahead<'_>,
        request: &Request,
    ) -> Result<Connection<L::Node>> {
        let list = Self::at(ListScope::Root, page, filters, order, selection, request)?;
        let order = list.order(&request.caller);
        let rows = L::filtered(&request.store, &request.caller, &list.filters);
        let page = request.store.page(&rows, &order, &list.window).await?;
        let filters = list.filters;
        let count = Total::Later(Box::new(move |ctx| {
            let filters = filters.clone();
            async move { L::count(ctx.store()?, ctx.caller()?, &filters).await }.boxed()
        }));
        Ok(Connection::new(page, order, count))
    }

    /// The list of one user, in the batch of its level unless it was read with the user.
    ///
    /// # Errors
    ///
    /// When the batch fails.
    pub async fn of_user(
        self,
        ctx: &Context<'_>,
        user: Uuid,
        ahead: Option<&(Self, Page<L::Row>)>,
    ) -> Result<Connection<L::Node>> {
        let page = match ahead {
            _ if self.window.is_unread() => self.window.unread(),
            Some((ahead, page)) if *ahead == self => page.clone(),
            // Whoever sees a user sees its list, so without one it is a user that was deleted meanwhile.
            _ => {
                let page = load(ctx, PageOf { user, list: Arc::new(self.clone()) }).await?;
                page.map_or_else(Page::unread, |page| Page::clone(&page))
            }
        };
        let order = self.order(ctx.caller()?);
        let key = CountOf::<L> { user, filters: self.filters };
        let count = Total::Later(Box::new(move |ctx| {
            let key = key.clone();
            async move { Ok(load(ctx, key).await?.unwrap_or_default()) }.boxed()
        }));
        Ok(Connection::new(page, order, count))
    }

    /// A user, if the select finds one, with the page of its list: one statement for both.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn with_user(
        &self,
        request: &Request,
        user: Select<user::Entity>,
    ) -> Result<Option<(user::Model, Page<L::Row>)>> {
        let order = self.order(&request.caller);
        let children = self.children(&request.store, &request.caller, &order);
        request.store.one_with_page::<user::Entity, L::Entity>(user, children).await
    }

    /// What the database is asked for the lists of users.
    fn children<'a>(
        &'a self,
        store: &Store,
        caller: &Caller,
        order: &'a Ordering<L::Row>,
    ) -> ChildPages<'a, L::Row> {
        let rows = L::filtered(store, caller, &self.filters);
        ChildPages::new::<L::Entity>(rows, L::user(), order, &self.window, self.total)
    }
}

/// A list of a project's rows that belong to no user, so it has no loaders: it is at the root only.
///
/// # Errors
///
/// When the page arguments make no window of it, or the database fails.
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
    let window = page.window(&order, request)?;
    let page = request.store.page(&rows, &order, &window).await?;
    let count = Total::Later(Box::new(move |ctx| {
        let rows = rows.clone();
        async move { ctx.store()?.count(&rows).await }.boxed()
    }));
    Ok(Connection::new(page, order, count))
}

/// The columns that neither the selection asks for nor the order.
fn skipped<L: ListSource>(order: &Ordering<L::Row>, selection: &Lookahead<'_>) -> ColumnMask {
    let node = selection.field("edges").field("node");
    ColumnMask::of::<L::Row>(|column| {
        let asked_by = L::Node::COLUMN_USED_BY.iter().find(|(skipped, _)| *skipped == column);
        asked_by.is_none_or(|(_, fields)| fields.iter().any(|field| node.field(field).exists()))
            || order.goes_by(column)
    })
}

fn ordering<L: ListSource>(
    caller: &Caller,
    place: ListScope,
    sort: L::Sort,
    direction: Direction,
) -> Ordering<L::Row> {
    let name = match place {
        ListScope::Root => L::NAME.to_owned(),
        ListScope::User => format!("User.{}", L::NAME),
    };
    Ordering::new(&name, caller.project_id(), L::keys(sort, direction))
}
