use entity::verification_result::Status;

use crate::db::TimeRange;

/// Filters of a list of results. A filter that is `None` matches every row; an empty list matches none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ResultFilter {
    pub statuses: Option<Vec<Status>>,
    pub created_at: Option<TimeRange>,
}
