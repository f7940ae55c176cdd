use async_graphql::InputObject;

use super::DateTime;
use crate::db::TimeRange;

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

impl From<DateTimeRange> for TimeRange {
    fn from(range: DateTimeRange) -> Self {
        let at = |bound: Option<DateTime>| bound.map(|at| at.0);
        Self {
            greater_than: at(range.greater_than),
            greater_than_or_equal: at(range.greater_than_or_equal),
            less_than: at(range.less_than),
            less_than_or_equal: at(range.less_than_or_equal),
        }
    }
}
