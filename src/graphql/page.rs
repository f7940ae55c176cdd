//! Connections: the only module that implements Relay's specification.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    Context, Enum, InputType, Lookahead, Object, ObjectType, SelectionField, SimpleObject, TypeName,
};
use futures_util::future::BoxFuture;
use keyset::{ColumnMask, Direction, End, InvalidCursor, Ordering, Page, PageWindow, Position, SortOrder};

use super::{
    Request,
    plan::{FieldWriter, edges::Edges},
};
use crate::{Error, Result};

/// Page size if neither `first` nor `last` is set. The schema's defaults repeat it.
pub const DEFAULT_PAGE: i32 = 50;

/// An object that connections list.
pub trait ConnectionNode: ObjectType + Sized + Send + Sync + 'static {
    /// Type of the object's row.
    type Row: Clone + Send + Sync + 'static;

    /// Fields that are resolved from the row without I/O, and that [`Self::WRITERS`] does not name. Other fields may
    /// wait.
    const SYNC_FIELDS: &'static [&'static str] = &[];
    /// How fields are written from the object: for types whose lists are read most.
    const WRITERS: &'static [(&'static str, FieldWriter<Self>)] = &[];
    /// Fields of [`Self::WRITERS`] that need [`Self::prepare`] first.
    const PREPARED: &'static [&'static str] = &[];
    /// Columns that lists do not read unless one of these fields is selected. Columns that are not named are
    /// always read.
    const COLUMN_USED_BY: &'static [(&'static str, &'static [&'static str])] = &[];

    /// Creates the object from a row.
    fn of(row: Self::Row) -> Self;

    /// Returns the row of the object.
    fn row(&self) -> &Self::Row;

    /// Prepares the objects of a page for [`Self::PREPARED`].
    fn prepare<'a>(_nodes: &'a [Self], _request: &'a Request) -> BoxFuture<'a, Result<()>> {
        Box::pin(std::future::ready(Ok(())))
    }
}

/// Page arguments of a connection, as the client set them.
#[derive(Clone, Debug, Default)]
pub struct PageArgs {
    pub first: Option<i32>,
    pub after: Option<String>,
    pub last: Option<i32>,
    pub before: Option<String>,
    /// Whether the selection requests whether the list continues after the page. Then even a page of zero
    /// rows has to be read.
    pub reads_beyond: bool,
}

impl PageArgs {
    /// Returns the page arguments of the running field. The default of `first` comes from the schema, so it
    /// is ignored if the client set `last`.
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

    /// Validates the arguments and returns their window.
    ///
    /// A count above the limit is rejected, not reduced: a shorter page would look like the end of the list.
    ///
    /// Source: GraphQL Cursor Connections Specification, "Pagination algorithm", which discourages `first`
    /// together with `last`.
    ///
    /// # Errors
    ///
    /// When both `first` and `last` are set, a count is negative or above the limit, or a cursor belongs to
    /// another list.
    pub fn window(&self, order: &SortOrder, request: &Request) -> Result<PageWindow> {
        let most = request.limits.page;
        let (name, size, end) = match (self.first, self.last) {
            (Some(_), Some(_)) => {
                return Err(Error::argument("last", "set `first` or `last`, not both"));
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
        let position = |name, cursor: &Option<String>| -> Result<Option<Position>> {
            let read = |cursor: &String| order.decode(cursor).map_err(|InvalidCursor| Error::Cursor(name));
            cursor.as_ref().map(read).transpose()
        };
        let (after, before) = (position("after", &self.after)?, position("before", &self.before)?);
        let reads_beyond = self.reads_beyond;
        Ok(PageWindow { size, end, after, before, skipped: ColumnMask::NONE, reads_beyond })
    }

    /// Returns the arguments of a field that has not run yet. `None` if one of them is invalid.
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

/// Whether the selection of a connection requests whether the list continues at the end opposite to the one
/// that the page starts from.
fn reads_beyond(selection: &Lookahead<'_>, last: Option<i32>) -> bool {
    let flag = if last.is_some() { "hasPreviousPage" } else { "hasNextPage" };
    selection.field("pageInfo").field(flag).exists()
}

/// Returns an argument of a field that has not run yet. `None` if it is invalid: the field itself reports the
/// error.
#[must_use]
pub fn argument<T: InputType>(field: &SelectionField<'_>, name: &str) -> Option<T> {
    let mut arguments = field.arguments().ok()?.into_iter();
    let value = arguments.find(|(found, _)| found == name).map(|(_, value)| value);
    T::parse(value).ok()
}

/// Sort direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(rename_items = "PascalCase")]
pub enum OrderByDirection {
    /// Smallest or earliest first.
    Asc,
    /// Largest or latest first.
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

/// Length of a list.
pub enum Total {
    Known(u64),
    /// Counted only if it is requested.
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
    /// Creates a connection from a page. `later` counts the list if the page does not have the length.
    pub fn new(page: Page<N::Row>, order: Ordering<N::Row>, later: Total) -> Self {
        let Page { rows, has_previous, has_next, total } = page;
        let nodes = rows.into_iter().map(N::of).collect();
        let total = total.map_or(later, Total::Known);
        Self { nodes, has_previous, has_next, order: Arc::new(order), total }
    }

    fn cursor(&self, node: Option<&N>) -> Option<String> {
        node.map(|node| self.order.cursor(node.row()))
    }
}

impl<N: ConnectionNode> TypeName for Connection<N> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", N::type_name()).into()
    }
}

/// One page of a list, with pagination information.
#[Object(name_type)]
impl<N: ConnectionNode> Connection<N> {
    /// The edges of this page, in the list's order.
    async fn edges(&self) -> Edges<'_, N> {
        Edges { nodes: &self.nodes, order: &self.order }
    }

    /// Pagination information of this page.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_next_page: self.has_next,
            has_previous_page: self.has_previous,
            start_cursor: self.cursor(self.nodes.first()),
            end_cursor: self.cursor(self.nodes.last()),
        }
    }

    /// Total number of items in the list. Counted only if it is selected.
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

/// An item of a page, with its cursor.
#[Object(name_type)]
impl<N: ConnectionNode> Edge<N> {
    /// The item.
    async fn node(&self) -> &N {
        &self.node
    }

    /// Cursor of the item. Use it as `after` or `before` to continue from this item. It is valid only for
    /// this list in this sort order.
    pub(crate) async fn cursor(&self) -> String {
        self.order.cursor(self.node.row())
    }
}

/// Pagination information of a page.
#[derive(SimpleObject)]
pub struct PageInfo {
    /// Whether more items follow this page.
    has_next_page: bool,
    /// Whether items precede this page.
    has_previous_page: bool,
    /// Cursor of the first item of this page. Null if the page is empty.
    start_cursor: Option<String>,
    /// Cursor of the last item of this page. Null if the page is empty.
    end_cursor: Option<String>,
}
