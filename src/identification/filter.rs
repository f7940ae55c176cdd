use entity::{
    grant_policy::Level,
    identification::{Process, Reason, Status},
};

use crate::db::TimeRange;

/// Filters of a list of identifications. A filter that is `None` matches every row; an empty list matches none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct IdentificationFilter {
    pub statuses: Option<Vec<Status>>,
    /// The process awards one of these levels.
    pub levels: Option<Vec<Level>>,
    pub processes: Option<Vec<Process>>,
    /// A level is invalid for one of these reasons.
    pub reasons: Option<Vec<Reason>>,
    pub created_at: Option<TimeRange>,
    pub updated_at: Option<TimeRange>,
}
