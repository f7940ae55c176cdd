use std::sync::OnceLock;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sea_orm::sea_query::OrderedStatement;
use uuid::Uuid;

use crate::{Cell, Key, SortColumn};

/// An order of rows, whatever their type.
#[derive(Clone, Debug)]
pub struct SortOrder {
    pub(crate) columns: Vec<SortColumn>,
    list: String,
    scope: Uuid,
    tag: OnceLock<String>,
    pub(crate) pinned: Option<Cell>,
}

/// An order of the rows `M` of a list.
#[derive(Clone, Debug)]
pub struct Ordering<M> {
    sort: SortOrder,
    cells: Vec<fn(&M) -> Cell>,
}

/// A position in an ordering: the cells of one row, the unique one last.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Position(pub(crate) Vec<Cell>);

impl SortOrder {
    fn new(list: &str, scope: Uuid, columns: Vec<SortColumn>) -> Self {
        Self { columns, list: list.to_owned(), scope, tag: OnceLock::new(), pinned: None }
    }

    /// Identifies the list, its scope and its order in cursors. Computed once a cursor needs it.
    pub(crate) fn tag(&self) -> &str {
        self.tag.get_or_init(|| {
            let mut name = format!("{} {}", self.list, self.scope);
            for SortColumn { name: (_, column), direction, .. } in &self.columns {
                name = format!("{name} {column} {direction:?}");
            }
            let digest = ring::digest::digest(&ring::digest::SHA256, name.as_bytes());
            BASE64_URL_SAFE_NO_PAD.encode(&digest.as_ref()[..6])
        })
    }

    /// Returns whether rows are sorted by a column.
    #[must_use]
    pub fn sorts_by(&self, column: &str) -> bool {
        self.columns.iter().any(|by| by.name.1 == column)
    }

    /// Orders a select or a window of one; `reversed` for reading from the end.
    pub fn sort(&self, rows: &mut impl OrderedStatement, reversed: bool) {
        for column in &self.columns {
            column.sort(rows, column.name, reversed);
        }
    }
}

impl<M> Ordering<M> {
    /// Creates an ordering by these keys, the last of which must be unique: the id.
    ///
    /// `list` names the list and `scope` the tenant: a cursor is valid only for one list in one order of one
    /// tenant.
    #[must_use]
    pub fn new(list: &str, scope: Uuid, keys: Vec<Key<M>>) -> Self {
        let (columns, cells) = keys.into_iter().map(|key| (key.column, key.cell)).unzip();
        Self { sort: SortOrder::new(list, scope, columns), cells }
    }

    /// Returns the same order for a list whose filter leaves only one value of the first key. Otherwise a
    /// search for the other values would read the whole list to find none.
    #[must_use]
    pub fn pinned(mut self, value: Option<Cell>) -> Self {
        self.sort.pinned = value;
        self
    }

    /// Returns the order without the type of its rows.
    #[must_use]
    pub const fn sort_order(&self) -> &SortOrder {
        &self.sort
    }

    /// Returns the position of a row.
    #[must_use]
    pub fn position(&self, row: &M) -> Position {
        Position(self.cells.iter().map(|cell| cell(row)).collect())
    }

    /// Returns the cursor of a row: opaque to clients, but without secrets from a client that may read the row.
    #[must_use]
    pub fn cursor(&self, row: &M) -> String {
        self.sort.encode(&self.position(row))
    }
}
