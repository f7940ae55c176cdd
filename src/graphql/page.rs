//! Arguments of connections, by Relay's specification.

use async_graphql::{Context, Enum, InputType, Name, Value};
use keyset::{ColumnMask, Direction, End, InvalidCursor, PageWindow, Position, SortOrder};

use super::{Request, connection::Asked};
use crate::{Error, Result};

/// Page size if neither `first` nor `last` is set. The schema's defaults repeat it.
pub const DEFAULT_PAGE: i32 = 50;

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
        let is_default =
            || Arguments::of(ctx).and_then(|set| set.get::<Option<i32>>("first")).flatten().is_none();
        let first = if last.is_some() && is_default() { None } else { first };
        let reads_beyond = Asked::of(ctx).reads_beyond(last);
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

    /// Returns the arguments of a field that no resolver runs. `None` if one of them is invalid: the resolver reports
    /// the error.
    #[must_use]
    pub fn ahead(arguments: &Arguments, asked: Asked) -> Option<Self> {
        let last = arguments.get("last")?;
        Some(Self {
            first: arguments.get("first")?,
            after: arguments.get("after")?,
            last,
            before: arguments.get("before")?,
            reads_beyond: asked.reads_beyond(last),
        })
    }
}

/// The arguments of a field that no resolver runs.
pub struct Arguments(Vec<(Name, Value)>);

impl Arguments {
    /// The arguments of a field. `None` if one of them is invalid: the resolver reports the error.
    #[must_use]
    pub fn of(ctx: &Context<'_>) -> Option<Self> {
        ctx.field().arguments().ok().map(Self)
    }

    /// An argument. `None` if it is invalid.
    #[must_use]
    pub fn get<T: InputType>(&self, name: &str) -> Option<T> {
        let value = self.0.iter().find(|(found, _)| found == name).map(|(_, value)| value.clone());
        T::parse(value).ok()
    }
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
