//! Connections: the only place that knows Relay.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    Context, Enum, InputType, Lookahead, Object, ObjectType, SelectionField, SimpleObject, TypeName,
};
use entity::ColumnMask;
use futures_util::future::BoxFuture;

use super::{Request, edges::Edges};
use crate::{
    Error, Result,
    db::{Direction, End, Ordering, Page, PageWindow, Position},
};

/// Rows of a page if neither `first` nor `last` says. The schema's defaults say it too.
pub const DEFAULT_PAGE: i32 = 50;

/// An object that connections list.
pub trait ConnectionNode: ObjectType + Send + Sync + 'static {
    /// The row it shows.
    type Row: Clone + Send + Sync + 'static;

    /// The fields that the row tells by itself: reading one never waits. Those that are not named here may.
    const SYNC_FIELDS: &'static [&'static str];
    /// Columns that lists leave out unless one of these fields is selected. Those that are not named are always read.
    const COLUMN_USED_BY: &'static [(&'static str, &'static [&'static str])] = &[];

    /// The object of a row.
    fn of(row: Self::Row) -> Self;

    /// The row of the object.
    fn row(&self) -> &Self::Row;
}

/// The page arguments of a connection, as the client gave them.
#[derive(Clone, Debug, Default)]
pub struct PageArgs {
    pub first: Option<i32>,
    pub after: Option<String>,
    pub last: Option<i32>,
    pub before: Option<String>,
    /// Whether the selection asks if the list goes on where the page ends: a page of no rows is read for that alone.
    pub reads_beyond: bool,
}

impl PageArgs {
    /// The page arguments of the field that runs. Its `first` has a default in the schema, which is not there to
    /// quarrel with a `last` that was given.
    #[must_use]
    pub fn of(
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Self {
        let is_default = || argument::<Option<i32>>(&ctx.field(), "first").flatten().is_none();
        let first = if last.is_some() && is_default() { None } else { first };
        let reads_beyond = reads_beyond(&ctx.look_ahead(), last);
        Self { first, after, last, before, reads_beyond }
    }

    /// The window they ask for.
    ///
    /// A count over the limit is refused, not cut: a cut page would look like the end of the list.
    ///
    /// Source: GraphQL Cursor Connections Specification, "Pagination algorithm", which discourages `first` together
    /// with `last`.
    ///
    /// # Errors
    ///
    /// When both ends are given, a count is negative or over the limit, or a cursor is not one of this list.
    pub fn window<M>(&self, order: &Ordering<M>, request: &Request) -> Result<PageWindow> {
        let most = request.limits.page;
        let (name, size, end) = match (self.first, self.last) {
            (Some(_), Some(_)) => {
                return Err(Error::argument("last", "ask for `first` or for `last`, not for both"));
            }
            (Some(size), None) => ("first", size, End::Front),
            (None, Some(size)) => ("last", size, End::Back),
            (None, None) => ("first", DEFAULT_PAGE, End::Front),
        };
        let size = u32::try_from(size).ok().filter(|size| u64::from(*size) <= most).ok_or_else(|| {
            Error::argument(
                name,
                format!("{size} is not between 0 and {most}, the limit of a page (`limits.page`)"),
            )
        })?;
        let place = |name, cursor: &Option<String>| -> Result<Option<Position>> {
            let read = |cursor: &String| order.decode(cursor).ok_or(Error::Cursor(name));
            cursor.as_ref().map(read).transpose()
        };
        let (after, before) = (place("after", &self.after)?, place("before", &self.before)?);
        let reads_beyond = self.reads_beyond;
        Ok(PageWindow { size, end, after, before, skipped: ColumnMask::NONE, reads_beyond })
    }

    /// The arguments of a field that has not run yet; `None` where one of them cannot be read.
    #[must_use]
    pub fn ahead(field: &SelectionField<'_>) -> Option<Self> {
        let last = argument(field, "last")?;
        Some(Self {
            first: argument(field, "first")?,
            after: argument(field, "after")?,
            last,
            before: argument(field, "before")?,
            reads_beyond: reads_beyond(&Lookahead::from(*field), last),
        })
    }
}

/// Whether the selection of a connection asks if the list goes on at the end that its rows are not taken from.
fn reads_beyond(selection: &Lookahead<'_>, last: Option<i32>) -> bool {
    let flag = if last.is_some() { "hasPreviousPage" } else { "hasNextPage" };
    selection.field("pageInfo").field(flag).exists()
}

/// An argument of a field that has not run yet; `None` where it cannot be read. The field will say what is wrong.
#[must_use]
pub fn argument<T: InputType>(field: &SelectionField<'_>, name: &str) -> Option<T> {
    let mut arguments = field.arguments().ok()?.into_iter();
    let value = arguments.find(|(found, _)| found == name).map(|(_, value)| value);
    T::parse(value).ok()
}

/// Which end of the values comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(rename_items = "PascalCase")]
pub enum OrderByDirection {
    /// The smallest or earliest first.
    Asc,
    /// The largest or latest first.
    Desc,
}

impl From<OrderByDirection> for Direction {
    fn from(direction: OrderByDirection) -> Self {
        match direction {
            OrderByDirection::Asc => Self::Asc,
            OrderByDirection::Desc => Self::Desc,
        }
    }
}

/// How long a list is.
pub enum Total {
    Known(u64),
    /// Counted when, and only if, it is asked for.
    Later(Count),
}

type Count = Box<dyn for<'a> Fn(&'a Context<'a>) -> BoxFuture<'a, Result<u64>> + Send + Sync>;

/// One page of a list.
pub struct Connection<N: ConnectionNode> {
    nodes: Vec<N>,
    has_previous: bool,
    has_next: bool,
    order: Arc<Ordering<N::Row>>,
    total: Total,
}

impl<N: ConnectionNode> Connection<N> {
    /// A page and what counts its list, unless the page told.
    pub fn new(page: Page<N::Row>, order: Ordering<N::Row>, later: Total) -> Self {
        let Page { rows, has_previous, has_next, total } = page;
        let nodes = rows.into_iter().map(N::of).collect();
        let total = total.map_or(later, Total::Known);
        Self { nodes, has_previous, has_next, order: Arc::new(order), total }
    }

    fn cursor(&self, node: Option<&N>) -> Option<String> {
        node.map(|node| self.order.encode(&self.order.position(node.row())))
    }
}

impl<N: ConnectionNode> TypeName for Connection<N> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", N::type_name()).into()
    }
}

/// One page of a list, with what is needed to turn it.
#[Object(name_type)]
impl<N: ConnectionNode> Connection<N> {
    /// The rows of this page, in the list's order.
    async fn edges(&self) -> Edges<'_, N> {
        Edges { nodes: &self.nodes, order: &self.order }
    }

    /// Where this page stands in its list.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_next_page: self.has_next,
            has_previous_page: self.has_previous,
            start_cursor: self.cursor(self.nodes.first()),
            end_cursor: self.cursor(self.nodes.last()),
        }
    }

    /// How many rows the whole list has. Counted only if it is asked for.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let total = match &self.total {
            Total::Known(total) => *total,
            Total::Later(count) => count(ctx).await?,
        };
        // GraphQL's `Int` has 32 bits.
        Ok(i32::try_from(total).unwrap_or(i32::MAX))
    }
}

/// A row of a page.
pub struct Edge<N: ConnectionNode> {
    node: N,
    order: Arc<Ordering<N::Row>>,
}

impl<N: ConnectionNode> Edge<N> {
    pub(super) fn of(row: &N::Row, order: &Arc<Ordering<N::Row>>) -> Self {
        Self { node: N::of(row.clone()), order: order.clone() }
    }
}

impl<N: ConnectionNode> TypeName for Edge<N> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", N::type_name()).into()
    }
}

/// A row of a page, and its place in the list.
#[Object(name_type)]
impl<N: ConnectionNode> Edge<N> {
    /// The row.
    async fn node(&self) -> &N {
        &self.node
    }

    /// Its place in the list: give it as `after` or `before` to read on from here. Good for this list in this order.
    pub(crate) async fn cursor(&self) -> String {
        self.order.encode(&self.order.position(self.node.row()))
    }
}

/// Where a page stands in its list.
#[derive(SimpleObject)]
pub struct PageInfo {
    /// Whether rows follow this page.
    has_next_page: bool,
    /// Whether rows stand before this page.
    has_previous_page: bool,
    /// The cursor of the first row of this page; `null` if the page is empty.
    start_cursor: Option<String>,
    /// The cursor of the last row of this page; `null` if the page is empty.
    end_cursor: Option<String>,
}
