use async_graphql::InputObject;
use sea_orm::sea_query::{Expr, ExprTrait};

use super::DateTime;

/// A range of time. Bounds that are omitted do not limit the range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, InputObject)]
#[graphql(name = "DateTimeRangeInput")]
pub struct DateTimeRange {
    /// After this time.
    pub greater_than: Option<DateTime>,
    /// At or after this time.
    pub greater_than_or_equal: Option<DateTime>,
    /// Before this time.
    pub less_than: Option<DateTime>,
    /// At or before this time.
    pub less_than_or_equal: Option<DateTime>,
}

impl DateTimeRange {
    /// Builds the conditions of the range on a column of times.
    pub fn bounds(self, column: &Expr) -> impl Iterator<Item = Expr> {
        let bounds = [
            self.greater_than.map(|at| column.clone().gt(at.0)),
            self.greater_than_or_equal.map(|at| column.clone().gte(at.0)),
            self.less_than.map(|at| column.clone().lt(at.0)),
            self.less_than_or_equal.map(|at| column.clone().lte(at.0)),
        ];
        bounds.into_iter().flatten()
    }

    /// Returns the first millisecond of the range and the first one after it, where the range is bounded.
    #[must_use]
    pub fn half_open(self) -> (Option<i64>, Option<i64>) {
        let tighter = |one: Option<i64>, other: Option<i64>, by: fn(i64, i64) -> i64| match (one, other) {
            (Some(one), Some(other)) => Some(by(one, other)),
            (one, other) => one.or(other),
        };
        let at = |bound: Option<DateTime>| bound.map(|at| at.0.0);
        let next = |bound: Option<DateTime>| at(bound).map(|at| at.saturating_add(1));
        (
            tighter(next(self.greater_than), at(self.greater_than_or_equal), Ord::max),
            tighter(at(self.less_than), next(self.less_than_or_equal), Ord::min),
        )
    }
}
