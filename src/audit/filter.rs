use uuid::Uuid;

use crate::db::TimeRange;

/// Filters of a list of audit entries. A filter that is `None` matches every row; an empty list matches none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct AuditFilter {
    pub user_id: Option<Uuid>,
    pub resource_id: Option<Uuid>,
    pub credential_id: Option<Uuid>,
    /// Ids of credentials and of memberships.
    pub actor_ids: Option<Vec<Uuid>>,
    pub actions: Option<Vec<String>>,
    pub created_at: Option<TimeRange>,
}
