use sea_orm::sea_query::{Expr, ExprTrait};
use serde_json::Value as Json;
use uuid::Uuid;

/// One value of a position.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Cell {
    Null,
    Integer(i64),
    Text(String),
    Boolean(bool),
    Id(Uuid),
}

/// The types of value that a column can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    Integer,
    Text,
    Boolean,
    Id,
}

impl Cell {
    pub(crate) fn expr(&self) -> Expr {
        match self {
            Self::Null => Expr::null(),
            Self::Integer(value) => Expr::val(*value),
            Self::Text(value) => Expr::val(value.as_str()),
            Self::Boolean(value) => Expr::val(*value),
            Self::Id(value) => Expr::val(*value),
        }
    }

    /// Condition that a column has this value.
    pub(crate) fn is(&self, column: (&'static str, &'static str)) -> Expr {
        match self {
            Self::Null => Expr::col(column).is_null(),
            cell => Expr::col(column).eq(cell.expr()),
        }
    }

    pub(crate) fn to_json(&self) -> Json {
        match self {
            Self::Null => Json::Null,
            Self::Integer(value) => (*value).into(),
            Self::Text(value) => value.as_str().into(),
            Self::Boolean(value) => (*value).into(),
            Self::Id(value) => value.simple().to_string().into(),
        }
    }
}

impl CellKind {
    /// Reads a value that is not null; `None` if it has another type.
    pub(crate) fn read(self, json: &Json) -> Option<Cell> {
        match (self, json) {
            (Self::Integer, json) => json.as_i64().map(Cell::Integer),
            // PostgreSQL rejects a text with a NUL in it, so no row has one.
            (Self::Text, Json::String(text)) => (!text.contains('\0')).then(|| Cell::Text(text.clone())),
            (Self::Boolean, json) => json.as_bool().map(Cell::Boolean),
            (Self::Id, Json::String(text)) => Uuid::try_parse(text).ok().map(Cell::Id),
            (Self::Text | Self::Id, _) => None,
        }
    }
}
