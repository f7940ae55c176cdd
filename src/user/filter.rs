use entity::{grant_policy::Level, user::Status};
use uuid::Uuid;

use crate::db::TimeRange;

/// Verification levels to filter by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct VerificationLevels {
    pub ids: Vec<Uuid>,
    /// The level at index 0, if it is one of them: users without a grant have it.
    pub lowest: Option<Uuid>,
}

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
    /// Levels of identifications, of which a user holds one.
    pub valid_levels: Option<Vec<Level>>,
    /// Verification levels, of which a user has one.
    pub verification_levels: Option<VerificationLevels>,
    pub created_at: Option<TimeRange>,
    pub updated_at: Option<TimeRange>,
}
