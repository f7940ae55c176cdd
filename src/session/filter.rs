use entity::verification_session::Status;

use crate::db::TimeRange;

/// Filters of a list of sessions. A filter that is `None` matches every row; an empty list matches none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SessionFilter {
    pub statuses: Option<Vec<Status>>,
    /// The `refId` of the user is one of these.
    pub ref_ids: Option<Vec<String>>,
    pub created_at: Option<TimeRange>,
}
