use uuid::Uuid;

use crate::db::TimeRange;

/// Filters of a list of grants. A filter that is `None` matches every row; an empty list matches none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct VerificationFilter {
    pub user_id: Option<Uuid>,
    /// The number of the user in the project.
    pub client_number: Option<i64>,
    pub level_ids: Option<Vec<Uuid>>,
    pub created_at: Option<TimeRange>,
}
