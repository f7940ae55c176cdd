use entity::user::Status;
use uuid::Uuid;

use crate::db::TimeRange;

/// Filters of a list of users. A filter that is `None` matches every row; an empty list matches none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct UserFilter {
    pub ids: Option<Vec<Uuid>>,
    pub statuses: Option<Vec<Status>>,
    pub tags: Option<Vec<String>>,
    pub ref_ids: Option<Vec<String>>,
    /// Hashes of e-mail addresses: [`super::lookup::hash`].
    pub emails: Option<Vec<Uuid>>,
    /// Hashes of telephone numbers.
    pub phones: Option<Vec<Uuid>>,
    pub numbers: Option<Vec<i64>>,
    pub created_at: Option<TimeRange>,
    pub updated_at: Option<TimeRange>,
}
