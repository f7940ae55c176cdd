//! Keyset pagination: a page starts after the values of the row where the last page ended, never at an
//! offset.
//!
//! An [`Ordering`] is total, because its last key is the id, so a [`Position`] is unique in it: rows that are
//! inserted or deleted before that position move nothing. Nulls are last in both directions.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sea_orm::{
    EntityTrait,
    sea_query::{Condition, Expr, ExprTrait, IntoColumnRef, NullOrdering, Order, OrderedStatement},
};
use serde_json::Value as Json;
use uuid::Uuid;

use super::column::column;

/// Sort direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    Asc,
    Desc,
}

impl Direction {
    const fn reversed_if(self, reversed: bool) -> Self {
        match (self, reversed) {
            (Self::Asc, false) | (Self::Desc, true) => Self::Asc,
            (Self::Desc, false) | (Self::Asc, true) => Self::Desc,
        }
    }
}

/// One value of a position.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Cell {
    Null,
    Integer(i64),
    Text(String),
    Boolean(bool),
    Id(Uuid),
}

/// The types of value that a key can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Integer,
    Text,
    Boolean,
    Id,
}

/// One column of an ordering of rows `M`.
#[derive(Debug)]
pub struct Key<M> {
    pub column: (&'static str, &'static str),
    pub direction: Direction,
    /// Whether the column is nullable. This needs a more expensive condition, so use `false` for NOT NULL
    /// columns.
    pub nullable: bool,
    /// The column's few possible values, in ascending order and without null; `None` if any value is
    /// possible.
    pub domain: Option<fn() -> Vec<Cell>>,
    /// The type as which a cursor's value is decoded.
    pub kind: Kind,
    /// Returns the row's value: of that type, or null if the column is nullable.
    pub cell: fn(&M) -> Cell,
}

impl<M> Key<M> {
    /// Creates a key of a column that is never null.
    pub fn of<E: EntityTrait<Model = M>>(
        by: E::Column,
        direction: Direction,
        kind: Kind,
        cell: fn(&M) -> Cell,
    ) -> Self {
        Self { column: column::<E>(by), direction, nullable: false, domain: None, kind, cell }
    }
}

impl<M> Clone for Key<M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for Key<M> {}

/// An order of the rows of a list.
#[derive(Clone, Debug)]
pub struct Ordering<M> {
    pub(super) keys: Vec<Key<M>>,
    tag: String,
    pub(super) only: Option<Cell>,
}

/// A position in an ordering: the cells of one row, the id last.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Position(pub(super) Vec<Cell>);

impl<M> Ordering<M> {
    /// Creates an ordering by these keys, the last of which must be unique: the id.
    ///
    /// `list` names the connection and `scope` the project: a cursor is valid only for one list in one order
    /// in one project.
    #[must_use]
    pub fn new(list: &str, scope: Uuid, keys: Vec<Key<M>>) -> Self {
        let mut name = format!("{list} {scope}");
        for key in &keys {
            let Key { column: (_, column), direction, .. } = key;
            name = format!("{name} {column} {direction:?}");
        }
        let digest = ring::digest::digest(&ring::digest::SHA256, name.as_bytes());
        Self { keys, tag: BASE64_URL_SAFE_NO_PAD.encode(&digest.as_ref()[..6]), only: None }
    }

    /// Returns the same order for a list whose filter leaves only one value of the first key. Otherwise a
    /// search for the other values would read the whole list to find none.
    #[must_use]
    pub fn pinned(self, value: Option<Cell>) -> Self {
        Self { only: value, ..self }
    }

    /// Returns whether the ordering uses a column.
    #[must_use]
    pub fn goes_by(&self, column: &str) -> bool {
        self.keys.iter().any(|key| key.column.1 == column)
    }

    /// Returns the position of a row.
    #[must_use]
    pub fn position(&self, row: &M) -> Position {
        Position(self.keys.iter().map(|key| (key.cell)(row)).collect())
    }

    /// Encodes a position as a cursor: opaque to clients, but without secrets from a client that may read the
    /// row.
    #[must_use]
    pub fn encode(&self, Position(cells): &Position) -> String {
        let mut json = vec![Json::from(self.tag.as_str())];
        json.extend(cells.iter().map(|cell| match cell {
            Cell::Null => Json::Null,
            Cell::Integer(value) => (*value).into(),
            Cell::Text(value) => value.as_str().into(),
            Cell::Boolean(value) => (*value).into(),
            Cell::Id(value) => value.simple().to_string().into(),
        }));
        BASE64_URL_SAFE_NO_PAD.encode(Json::from(json).to_string())
    }

    /// Decodes a cursor; `None` if it is not a cursor of this ordering.
    #[must_use]
    pub fn decode(&self, cursor: &str) -> Option<Position> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let Json::Array(json) = serde_json::from_slice(&bytes).ok()? else { return None };
        let (tag, values) = json.split_first()?;
        if tag.as_str() != Some(&self.tag) || values.len() != self.keys.len() {
            return None;
        }
        let cells = self.keys.iter().zip(values).map(|(key, value)| key.read(value));
        cells.collect::<Option<_>>().map(Position)
    }

    /// Orders a select or a window of one; `reversed` for reading from the end.
    pub fn sort(&self, rows: &mut impl OrderedStatement, reversed: bool) {
        for key in &self.keys {
            key.sort(rows, key.column, reversed);
        }
    }

    /// Condition for the rows after a position, or with `reversed` before it.
    #[must_use]
    pub fn beyond(&self, Position(cells): &Position, reversed: bool) -> Condition {
        beyond(&self.keys, cells, reversed)
    }
}

pub(super) fn beyond<M>(keys: &[Key<M>], cells: &[Cell], reversed: bool) -> Condition {
    let ([key, rest_keys @ ..], [cell, rest_cells @ ..]) = (keys, cells) else {
        // A row is never beyond its own position.
        return Condition::all().add(Expr::cust("1 = 0"));
    };
    if keys.iter().all(|other| !other.nullable && other.direction == key.direction) {
        // A row comparison lets the database seek its index. The equivalent OR reads every row before the
        // position (measured: 42 ms against 0.1 ms, 200,000 rows).
        let columns = Expr::tuple(keys.iter().map(|key| Expr::col(key.column)));
        let values = Expr::tuple(cells.iter().map(Cell::expr));
        return Condition::all().add(match key.direction.reversed_if(reversed) {
            Direction::Asc => columns.gt(values),
            Direction::Desc => columns.lt(values),
        });
    }
    let column = || Expr::col(key.column);
    let rest = beyond(rest_keys, rest_cells, reversed);
    let value = match (cell, reversed) {
        // Nulls are last, so only other nulls can follow them; in reverse, all other rows do.
        (Cell::Null, false) => return Condition::all().add(column().is_null()).add(rest),
        (Cell::Null, true) => {
            let ties = Condition::all().add(column().is_null()).add(rest);
            return Condition::any().add(column().is_not_null()).add(ties);
        }
        (cell, _) => cell.expr(),
    };
    // `c >= v AND (c > v OR rest)`, not `c > v OR (c = v AND rest)`: the first half is a range that an index
    // can seek.
    let (reached, passed) = match key.direction.reversed_if(reversed) {
        Direction::Asc => (column().gte(value.clone()), column().gt(value)),
        Direction::Desc => (column().lte(value.clone()), column().lt(value)),
    };
    let values = Condition::all().add(reached).add(Condition::any().add(passed).add(rest));
    if key.nullable && !reversed { Condition::any().add(values).add(column().is_null()) } else { values }
}

impl<M> Key<M> {
    /// Orders rows by this key alone, under the column's name in the statement.
    pub(super) fn sort(&self, rows: &mut impl OrderedStatement, column: impl IntoColumnRef, reversed: bool) {
        let order = self.order(reversed);
        match (self.nullable, reversed) {
            (false, _) => rows.order_by(column, order),
            (true, false) => rows.order_by_with_nulls(column, order, NullOrdering::Last),
            (true, true) => rows.order_by_with_nulls(column, order, NullOrdering::First),
        };
    }

    pub(super) const fn order(&self, reversed: bool) -> Order {
        match self.direction.reversed_if(reversed) {
            Direction::Asc => Order::Asc,
            Direction::Desc => Order::Desc,
        }
    }

    pub(super) fn is(&self, cell: &Cell) -> Expr {
        match cell {
            Cell::Null => Expr::col(self.column).is_null(),
            cell => Expr::col(self.column).eq(cell.expr()),
        }
    }

    fn read(&self, json: &Json) -> Option<Cell> {
        let cell = self.read_any(json)?;
        let is_one = self.domain.is_none_or(|values| cell == Cell::Null || values().contains(&cell));
        is_one.then_some(cell)
    }

    fn read_any(&self, json: &Json) -> Option<Cell> {
        match (self.kind, json) {
            (_, Json::Null) => self.nullable.then_some(Cell::Null),
            (Kind::Integer, json) => json.as_i64().map(Cell::Integer),
            // PostgreSQL rejects a text with a NUL in it, so no row has one.
            (Kind::Text, Json::String(text)) => (!text.contains('\0')).then(|| Cell::Text(text.clone())),
            (Kind::Boolean, json) => json.as_bool().map(Cell::Boolean),
            (Kind::Id, Json::String(text)) => Uuid::try_parse(text).ok().map(Cell::Id),
            (Kind::Text | Kind::Id, _) => None,
        }
    }
}

impl Cell {
    fn expr(&self) -> Expr {
        match self {
            Self::Null => Expr::null(),
            Self::Integer(value) => Expr::val(*value),
            Self::Text(value) => Expr::val(value.as_str()),
            Self::Boolean(value) => Expr::val(*value),
            Self::Id(value) => Expr::val(*value),
        }
    }
}
