use entity::Timestamp;
use sea_orm::{
    EntityTrait, QueryFilter, Select,
    sea_query::{Expr, ExprTrait},
};

use super::column::column;

/// A range of time. A bound that is `None` does not limit it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TimeRange {
    pub greater_than: Option<Timestamp>,
    pub greater_than_or_equal: Option<Timestamp>,
    pub less_than: Option<Timestamp>,
    pub less_than_or_equal: Option<Timestamp>,
}

impl TimeRange {
    /// The conditions on a column of timestamps.
    pub fn bounds(self, column: &Expr) -> impl Iterator<Item = Expr> {
        let bounds = [
            self.greater_than.map(|at| column.clone().gt(at)),
            self.greater_than_or_equal.map(|at| column.clone().gte(at)),
            self.less_than.map(|at| column.clone().lt(at)),
            self.less_than_or_equal.map(|at| column.clone().lte(at)),
        ];
        bounds.into_iter().flatten()
    }

    /// The first millisecond of the range and the first one after it; `None` for an end without a bound.
    #[must_use]
    pub fn half_open(self) -> (Option<i64>, Option<i64>) {
        let tighter = |one: Option<i64>, other: Option<i64>, by: fn(i64, i64) -> i64| match (one, other) {
            (Some(one), Some(other)) => Some(by(one, other)),
            (one, other) => one.or(other),
        };
        let at = |bound: Option<Timestamp>| bound.map(|at| at.0);
        let next = |bound: Option<Timestamp>| at(bound).map(|at| at.saturating_add(1));
        (
            tighter(next(self.greater_than), at(self.greater_than_or_equal), Ord::max),
            tighter(at(self.less_than), next(self.less_than_or_equal), Ord::min),
        )
    }
}

/// Limits rows to those with the time of a column in a range.
#[must_use]
pub fn within<E: EntityTrait>(rows: Select<E>, of: E::Column, range: Option<TimeRange>) -> Select<E> {
    let at = Expr::col(column::<E>(of));
    range.into_iter().flat_map(|range| range.bounds(&at)).fold(rows, Select::filter)
}
