use sea_orm::{
    EntityTrait, IdenStatic,
    sea_query::{IntoColumnRef, NullOrdering, Order, OrderedStatement},
};
use serde_json::Value as Json;

use crate::{Cell, CellKind};

/// Sort direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    Asc,
    Desc,
}

impl Direction {
    pub(crate) const fn reversed_if(self, reversed: bool) -> Self {
        match (self, reversed) {
            (Self::Asc, false) | (Self::Desc, true) => Self::Asc,
            (Self::Desc, false) | (Self::Asc, true) => Self::Desc,
        }
    }
}

/// A column that rows are sorted by. It does not depend on the type of the rows, so that the code that builds
/// statements is compiled once.
#[derive(Clone, Copy, Debug)]
pub struct SortColumn {
    /// The table and the column.
    pub name: (&'static str, &'static str),
    pub direction: Direction,
    /// The type as which a cursor's value is decoded.
    pub kind: CellKind,
    /// Whether the column is nullable. Nullable columns need a more expensive condition.
    pub nullable: bool,
    /// The column's few possible values, in ascending order and without null; `None` if any value is
    /// possible.
    pub domain: Option<fn() -> Vec<Cell>>,
}

/// A column that rows `M` are sorted by, and how to read its value from a row.
#[derive(Debug)]
pub struct Key<M> {
    pub column: SortColumn,
    /// Returns the row's value: of the column's type, or null if the column is nullable.
    pub cell: fn(&M) -> Cell,
}

impl<M> Key<M> {
    /// Creates a key of a column that is never null.
    pub fn of<E: EntityTrait<Model = M>>(
        by: E::Column,
        direction: Direction,
        kind: CellKind,
        cell: fn(&M) -> Cell,
    ) -> Self {
        let name = (E::default().table_name(), by.as_str());
        Self { column: SortColumn { name, direction, kind, nullable: false, domain: None }, cell }
    }

    /// Declares the column nullable.
    #[must_use]
    pub const fn nullable(mut self) -> Self {
        self.column.nullable = true;
        self
    }

    /// Declares the column's few possible values, in ascending order and without null. Lists that are sorted
    /// by this column first are read value by value, each from the index.
    #[must_use]
    pub const fn with_domain(mut self, domain: fn() -> Vec<Cell>) -> Self {
        self.column.domain = Some(domain);
        self
    }
}

impl<M> Clone for Key<M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for Key<M> {}

impl SortColumn {
    /// Orders rows by this column alone, under the name that it has in the statement.
    pub(crate) fn sort(&self, rows: &mut impl OrderedStatement, name: impl IntoColumnRef, reversed: bool) {
        let order = self.order(reversed);
        match (self.nullable, reversed) {
            (false, _) => rows.order_by(name, order),
            (true, false) => rows.order_by_with_nulls(name, order, NullOrdering::Last),
            (true, true) => rows.order_by_with_nulls(name, order, NullOrdering::First),
        };
    }

    pub(crate) const fn order(&self, reversed: bool) -> Order {
        match self.direction.reversed_if(reversed) {
            Direction::Asc => Order::Asc,
            Direction::Desc => Order::Desc,
        }
    }

    /// Reads a cursor's value; `None` if no row has it.
    pub(crate) fn read(&self, json: &Json) -> Option<Cell> {
        if json.is_null() {
            return self.nullable.then_some(Cell::Null);
        }
        let is_possible = |cell: &Cell| self.domain.is_none_or(|values| values().contains(cell));
        self.kind.read(json).filter(is_possible)
    }
}
