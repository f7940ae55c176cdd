use async_graphql::InputObject;
use sea_orm::sea_query::{Expr, ExprTrait};

use super::DateTime;

/// A stretch of time. What is left out does not bound it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, InputObject)]
#[graphql(name = "DateTimeRangeInput")]
pub struct DateTimeRange {
    /// After this moment.
    pub greater_than: Option<DateTime>,
    /// At this moment or after it.
    pub greater_than_or_equal: Option<DateTime>,
    /// Before this moment.
    pub less_than: Option<DateTime>,
    /// At this moment or before it.
    pub less_than_or_equal: Option<DateTime>,
}

impl DateTimeRange {
    /// What bounds a column of moments.
    pub fn bounds(self, column: &Expr) -> impl Iterator<Item = Expr> {
        let bounds = [
            self.greater_than.map(|at| column.clone().gt(at.0)),
            self.greater_than_or_equal.map(|at| column.clone().gte(at.0)),
            self.less_than.map(|at| column.clone().lt(at.0)),
            self.less_than_or_equal.map(|at| column.clone().lte(at.0)),
        ];
        bounds.into_iter().flatten()
    }
}
