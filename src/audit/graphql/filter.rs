use async_graphql::{ID, InputObject};

use crate::graphql::DateTimeRange;

/// Filters of the audit log. A filter that is omitted matches every event; an empty list matches none.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(name = "AuditEventFiltersInput")]
pub struct AuditEventFilters {
    /// Events about the user with this id.
    pub user_id: Option<ID>,
    /// Events about the object with this id.
    pub resource_id: Option<ID>,
    /// Events of actions that the credential with this id requested.
    pub credential_id: Option<ID>,
    /// Events with one of these actions.
    pub actions: Option<Vec<String>>,
    /// Events in this time range.
    pub created_at: Option<DateTimeRange>,
}
